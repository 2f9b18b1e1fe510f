"""Bring a database to the newest migration, as its owner."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from network.plumbing.encryption import Keyring
from network.plumbing.roles import connect, grant_ahead
from network.plumbing.settings import CannotStart, Settings

SCRIPTS = Path(__file__).parents[2] / "migrations"


def migrate(owner_url: str, app_role: str, keys: Keyring | None = None) -> None:
    """Run what is missing of the migrations; the app's role may use all that they make, the keys seal."""
    with connect(owner_url) as owner:
        grant_ahead(owner, app_role)
    command.upgrade(_config(owner_url=owner_url, app_role=app_role, keyring=keys), "head")


def is_known(migration: str) -> bool:
    """Is it one of this version's migrations?"""
    return migration in {
        script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()
    }


def migrate_for(settings: Settings) -> None:
    """Migrate the database of these settings, or say why that cannot be."""
    app_role = make_url(settings.database_url).username
    if not settings.owner_url or not app_role:
        raise CannotStart(
            "Migrations need two addresses: DATABASE_OWNER_URL of the role that owns the database,"
            " and DATABASE_URL with the name of the app's role."
        )
    migrate(settings.owner_url, app_role, Keyring(settings.keys, settings.index_key))


def newest() -> str:
    """Return the last of this version's migrations."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def require_newest(reader: Connection) -> None:
    """Refuse to work on tables of another version than ours."""
    if reader.scalars(text("select version_num from alembic_version")).one() != newest():
        raise CannotStart("The database's tables are those of another version: run `quorate migrate` first.")


def _config(**attributes: object) -> Config:
    config = Config(attributes=attributes)
    config.set_main_option("script_location", str(SCRIPTS))
    return config
