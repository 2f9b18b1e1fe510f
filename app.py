"""The whole application, put together from the ground floor and its two wings."""

from types import ModuleType

from flask import Flask
from sqlalchemy import select

import mdt.web
import network.web
import rota.web
from network.access.rules import SYSTEM, Actor
from network.organisations.records import Organisation
from network.plumbing.arriving import install_arriving
from network.plumbing.commandline import make_cli
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.error_pages import install_error_pages
from network.plumbing.health import blueprint as health
from network.plumbing.logging import configure_logging, install_request_log
from network.plumbing.pace import install_pace
from network.plumbing.pages import Pages
from network.plumbing.roles import refuse_powerful_role
from network.plumbing.settings import Settings
from network.plumbing.supervisor import DemoNetwork
from network.plumbing.templating import install_templating
from network.plumbing.web_security import install_security

PACKAGES: tuple[ModuleType, ...] = (network.web, rota.web, mdt.web)


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application for these settings, by default those of the environment."""
    settings = settings or Settings.from_environment()
    if settings.is_production:
        configure_logging(settings.environment)
        refuse_powerful_role(settings.database_url)
    app = Flask(__name__, template_folder="templates", static_folder="static")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url.replace("postgresql://", "postgresql+psycopg://", 1),
        SQLALCHEMY_ENGINE_OPTIONS={
            "pool_pre_ping": True,
            "pool_size": 10,
            "max_overflow": 10,
            # An error of the database says what was asked, never with which values.
            "hide_parameters": True,
        },
    )
    app.extensions["settings"] = settings
    install_request_log(app)
    install_templating(app, network.web.furniture)
    install_arriving(app)
    install_pace(app)
    install_security(app)
    install_error_pages(app)
    db.init_app(app)
    pages = Pages(app)
    app.register_blueprint(health)
    for package in PACKAGES:
        package.install(app, pages)
    if settings.is_demo:
        app.extensions["demo"] = DemoNetwork(_demo_exists, _make_demo, network.web.demo_sign_ins)
    return app


def _demo_exists() -> bool:
    return db.session.scalar(select(Organisation.id).limit(1)) is not None


def _make_demo(size: str) -> None:
    # Only here: the demo plans in this process, and the solver is a heavy thing to carry in every other.
    import mdt.demo
    import network.demo
    import network.invented
    import rota.demo

    @command
    def make_network(actor: Actor, number: int, plan: network.invented.DemoNetwork) -> network.demo.Made:
        """Make one network as a whole, or nothing of it."""
        made = network.demo.make(plan, number)
        rota.demo.make(made)
        mdt.demo.make(made)
        return made

    for number, plan in enumerate(network.invented.networks(size)):
        rota.demo.open_rotas(make_network(SYSTEM, number, plan))


cli = make_cli(create_app)
