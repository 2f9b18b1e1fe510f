"""The command line `quorate`: demo, worker, migrate, and whatever the packages add."""

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
from flask import Flask
from flask.cli import FlaskGroup, ScriptInfo

from network.plumbing.logging import configure_logging
from network.plumbing.migrating import migrate_for
from network.plumbing.settings import CannotStart, Settings
from network.plumbing.supervisor import Wishes, demo_environment, run_demo
from network.plumbing.worker import run_worker

DEFAULT_PORT = 8000
# Shorter than the time after which other workers take a silent one for dead.
DEFAULT_GRACE = 10.0


class CommandLine(FlaskGroup):
    """Flask's command line, which can be asked for help also where the settings are missing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        try:
            ctx.ensure_object(ScriptInfo).load_app()
        except CannotStart as reason:
            click.echo(f"More commands once this is settled: {reason.message}\n", err=True)
            return sorted(self.commands)
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        try:
            return super().get_command(ctx, name)
        except CannotStart as reason:
            raise CannotStart(
                f"No command {name} is known before this is settled: {reason.message}"
            ) from None


def make_cli(create_app: Callable[[Settings], Flask]) -> CommandLine:
    """Make the command line of an application."""

    def create() -> Flask:
        # In the demo every command finds the demo's own database and secrets, without being told.
        os.environ.update(demo_environment(os.environ))
        settings = Settings.from_environment()
        configure_logging(settings.environment)
        return create_app(settings)

    cli = CommandLine(create_app=create, add_default_commands=False, add_version_option=False, help=__doc__)
    cli.add_command(_demo(create_app))
    cli.add_command(_worker(create))
    cli.add_command(_migrate())
    return cli


def load_tasks(root: Path) -> None:
    """Import the `tasks.py` of every subject, so that a worker knows them all by name."""
    for path in sorted(root.glob("*/*/tasks.py")):
        package, subject = path.parent.parent.name, path.parent.name
        # Not what lies in .venv and the like.
        if package.isidentifier():
            import_module(f"{package}.{subject}.tasks")


def _demo(create_app: Callable[[Settings], Flask]) -> click.Command:
    @click.command("demo")
    @click.option(
        "--port",
        default=DEFAULT_PORT,
        show_default=True,
        type=click.IntRange(1, 65535),
        help="Where it answers.",
    )
    @click.option(
        "--size",
        default="s",
        show_default=True,
        type=click.Choice(["s", "m"]),
        help="How large a network; for one that is there, add --fresh.",
    )
    @click.option("--fresh", is_flag=True, help="Throw the demo's database away and begin again.")
    def demo(port: int, size: str, fresh: bool) -> None:
        """Run Quorate on this machine with a made-up network, until Ctrl+C."""
        run_demo(create_app, Wishes(port=port, size=size, fresh=fresh))

    return demo


def _worker(create: Callable[[], Flask]) -> click.Command:
    @click.command("worker")
    @click.option(
        "--grace",
        default=DEFAULT_GRACE,
        show_default=True,
        help="Seconds a running task has to end on SIGTERM.",
    )
    def worker(grace: float) -> None:
        """Do background work: solves, letters, reminders. Run as many as you like."""
        app = create()
        load_tasks(Path(app.root_path))
        run_worker(app, app.extensions["settings"].database_url, grace)

    return worker


def _migrate() -> click.Command:
    @click.command("migrate")
    def migrate() -> None:
        """Bring the database to this version's tables."""
        os.environ.update(demo_environment(os.environ))
        migrate_for(Settings.from_environment())
        click.echo("The database is up to date.")

    return migrate
