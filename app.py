"""The whole application, put together from the ground floor and its two wings."""

from types import ModuleType

from flask import Flask

import network.web
import rota.web
from network.plumbing.commandline import make_cli
from network.plumbing.database import db
from network.plumbing.error_pages import install_error_pages
from network.plumbing.health import blueprint as health
from network.plumbing.pages import Pages
from network.plumbing.settings import Settings
from network.plumbing.templating import install_templating
from network.plumbing.web_security import install_security

PACKAGES: tuple[ModuleType, ...] = (network.web, rota.web)
LARGEST_BODY = 8 * 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application for these settings, by default those of the environment."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__, template_folder="templates", static_folder="static")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url.replace("postgresql://", "postgresql+psycopg://", 1),
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10},
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
    )
    app.extensions["settings"] = settings
    install_templating(app, network.web.furniture)
    install_security(app)
    install_error_pages(app)
    db.init_app(app)
    pages = Pages(app)
    app.register_blueprint(health)
    for package in PACKAGES:
        package.install(app, pages)
    return app


cli = make_cli(create_app)
