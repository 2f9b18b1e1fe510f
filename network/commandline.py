"""What the ground floor adds to the command line: checking the trail, sealing with a new key."""

from collections.abc import Callable
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.engine import make_url

from network.access.rules import SYSTEM, Actor
from network.audit.chain import check_chain
from network.backups import anchors_in, make_backup, owner_url_of
from network.organisations.commands import join_network
from network.plumbing.database import db, in_network
from network.plumbing.encryption import Unreadable, keyring
from network.plumbing.migrating import require_newest
from network.plumbing.refusals import Refusal
from network.plumbing.sealing import owner_engine, seal_anew, sealed_columns
from network.plumbing.settings import Settings
from network.plumbing.templating import plural
from network.restoring import restore_backup, verify_backup
from network.upkeep.commands import note_rotation
from network.upkeep.queries import chains, networks


@click.group("audit")
def audit() -> None:
    """The audit trail."""


@audit.command("verify")
@click.option(
    "--backup",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Hold the trail against what this backup says of it, too.",
)
@with_appcontext
def verify(file: Path | None) -> None:
    """Check every chain of the trail; name the first break of each, and fail if there is one."""
    names, kept = chains(), anchors_in(file, keyring()) if file else {}
    checked = [check_chain(network_id, kept.get(network_id, ())) for network_id in names]
    broken = [chain.broken for chain in checked if chain.broken]
    for fault in broken:
        click.echo(f"Broken: the chain of {names[fault.network_id]}. {fault.said}", err=True)
    entries = sum(chain.entries for chain in checked if not chain.broken)
    held = plural(len(checked) - len(broken), "chain")
    click.echo(f"Checked and whole: {plural(entries, 'entry', 'entries')} of {held}.")
    if broken:
        raise click.exceptions.Exit(1)


@click.group("network")
def network() -> None:
    """The networks of this installation."""


@network.command("share")
@click.argument("ods_code")
@click.argument("name")
@with_appcontext
def share(ods_code: str, name: str) -> None:
    """Let the organisation with this ODS code serve the network of this name too."""
    named = [one for one in networks() if name.casefold() in (one.name.casefold(), one.short_name.casefold())]
    if len(named) != 1:
        known = ", ".join(one.name for one in networks()) or "there is none yet"
        raise click.ClickException(f"No network is called {name}. Choose one of: {known}.")
    try:
        with in_network(named[0].id):
            join_network(SYSTEM, ods_code=ods_code)
    except Refusal as refused:
        raise click.ClickException(refused.sentence) from None
    click.echo(f"{ods_code} serves {named[0].name} from today.")


@click.group("keys")
def keys() -> None:
    """The keys that seal what only the application may read."""


@keys.command("rotate")
@with_appcontext
def rotate() -> None:
    """Seal everything with the first of QUORATE_KEYS, after which the others can be dropped."""
    settings: Settings = current_app.extensions["settings"]
    try:
        changed = rotate_keys(SYSTEM, settings, click.echo)
    except Unreadable as reason:
        raise click.ClickException(str(reason)) from None
    others = "all others had it already" if changed else "every text had it already"
    click.echo(f"{plural(changed, 'text')} sealed with the newest key; {others}.")


def rotate_keys(actor: Actor, settings: Settings, tell: Callable[[str], None]) -> int:
    """Seal anew, as the owner, whatever is sealed with an older key; return how many texts that were."""
    changed = 0
    with owner_engine(settings, "To seal texts anew") as engine:
        with engine.connect() as reader:
            require_newest(reader)
        note_rotation(actor, "begun", changed)
        # Broken off, it has still changed what it has changed.
        how = "stopped"
        try:
            for table, columns in sealed_columns(db.metadata).items():
                texts = seal_anew(engine, table, columns)
                changed += texts
                if texts:
                    tell(f"{table.name}: {plural(texts, 'text')} sealed anew")
            how = "done"
        finally:
            note_rotation(actor, how, changed)
    return changed


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--verify", is_flag=True, help="Make none: prove that this one can be put back.")
@with_appcontext
def backup(file: Path, verify: bool) -> None:
    """Copy the whole database into one file, which holds no key; or prove such a file."""
    settings: Settings = current_app.extensions["settings"]
    if verify:
        click.echo(f"Proved: {verify_backup(keyring(), db.metadata, file, click.echo)}")
        return
    made = make_backup(settings, keyring(), db.metadata, file, click.echo)
    click.echo(f"Written: {file} ({file.stat().st_size / 2**20:,.1f} MB), SHA-256 {made.sha256}.")
    click.echo("Without QUORATE_KEYS and QUORATE_INDEX_KEY no patient is read in it: keep those elsewhere.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Throw away what the database holds; its name is asked for.")
@with_appcontext
def restore(file: Path, replace: bool) -> None:
    """Put a backup into the database, and prove that everything is there."""
    settings: Settings = current_app.extensions["settings"]
    if replace:
        _ask_for_its_name(settings)
    found = restore_backup(settings, keyring(), db.metadata, file, replaces=replace, tell=click.echo)
    click.echo(f"Restored: {found}")


def _ask_for_its_name(settings: Settings) -> None:
    # What the owner's address leads to is what goes, whatever the app's says.
    name = make_url(owner_url_of(settings, "To restore")).database or ""
    if click.prompt(f"All that {name} holds now will be gone. Type the name of the database") != name:
        raise click.ClickException("That is not its name: nothing was touched.")
