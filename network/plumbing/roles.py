"""The two database roles: one owns and migrates, the other serves and is held by row-level security."""

import hashlib
import hmac
from typing import NamedTuple

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy.engine import make_url

from network.plumbing.settings import CannotStart

OWNER = "quorate_owner"
APP = "quorate_app"
OLDEST_SERVER = 150000
PATIENCE_SECONDS = 10


class Addresses(NamedTuple):
    """Where the owner and the app's role find one and the same database."""

    owner_url: str
    app_url: str


def connect(url: str) -> psycopg.Connection:
    """Open a connection that commits every statement, or refuse with a sentence."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=PATIENCE_SECONDS)
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise CannotStart(
            f"The database does not answer ({reason}): check DATABASE_URL and that the server runs."
        ) from None


def prepare_database(admin_url: str, database: str | None = None) -> Addresses:
    """Make the two roles (and the database, where it is named and absent) for demo and tests."""
    with connect(admin_url) as admin:
        _refuse_old_server(admin)
        # Two runs that alter the same role at the same moment make PostgreSQL refuse one of them.
        admin.execute("select pg_advisory_lock(hashtext('quorate roles'))")
        is_superuser = _is_superuser(admin)
        _make_role(admin, APP, admin_url)
        if is_superuser:
            _make_role(admin, OWNER, admin_url)
        name = database or admin.info.dbname
        if not admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            # A server may have been set up in another encoding, which its default template would hand on.
            admin.execute(
                sql.SQL("create database {} encoding 'UTF8' template template0").format(sql.Identifier(name))
            )
        if is_superuser:
            admin.execute(
                sql.SQL("alter database {} owner to {}").format(sql.Identifier(name), sql.Identifier(OWNER))
            )
        # A role that may create databases but is no superuser stays the owner of its own.
        owner_url = url_for(admin_url, OWNER if is_superuser else None, name)
        return Addresses(owner_url, url_for(admin_url, APP, name))


def url_for(admin_url: str, role: str | None, database: str) -> str:
    """Rewrite an address for another role and database on the same server."""
    url = make_url(admin_url).set(database=database)
    if role:
        url = url.set(username=role, password=_password(admin_url, role))
    return url.render_as_string(hide_password=False)


def refuse_powerful_role(app_url: str) -> None:
    """Refuse to serve as a role that row-level security does not hold."""
    with connect(app_url) as connection:
        _refuse_old_server(connection)
        row = connection.execute(
            "select rolname, rolsuper, rolbypassrls, pg_has_role(datdba, 'member')"
            " from pg_roles, pg_database where rolname = current_user and datname = current_database()"
        ).fetchone()
    if row is None or any(row[1:]):
        raise CannotStart(
            "The role in DATABASE_URL is a superuser, bypasses row-level security or owns the database:"
            " give the app a role of its own there, and the owner's address in DATABASE_OWNER_URL."
        )


def grant_ahead(owner: psycopg.Connection, app_role: str) -> None:
    """Let the app's role use what the owner's migrations are going to make."""
    grants = {
        "tables": "select, insert, update, delete",
        "sequences": "usage, select",
        "functions": "execute",
        "schemas": "usage",
    }
    for kind, rights in grants.items():
        statement = f"alter default privileges grant {rights} on {kind} to {{}}"
        owner.execute(sql.SQL(statement).format(sql.Identifier(app_role)))


def _make_role(admin: psycopg.Connection, role: str, admin_url: str) -> None:
    exists = admin.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
    verb = "alter" if exists else "create"
    statement = f"{verb} role {{}} login nosuperuser nocreatedb nocreaterole nobypassrls password {{}}"
    try:
        admin.execute(
            sql.SQL(statement).format(sql.Identifier(role), sql.Literal(_password(admin_url, role)))
        )
    except psycopg.errors.InsufficientPrivilege:
        raise CannotStart(
            "The role in DATABASE_URL may not create roles: give one that may,"
            f" or create {role} yourself and set both DATABASE_URL and DATABASE_OWNER_URL."
        ) from None


def _password(admin_url: str, role: str) -> str:
    # Derived, not drawn: roles belong to the whole server, and a demo must not lock out tests beside it.
    key = str(conninfo_to_dict(admin_url).get("password") or "")
    return hmac.new(key.encode(), role.encode(), hashlib.sha256).hexdigest()


def _is_superuser(connection: psycopg.Connection) -> bool:
    row = connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
    return bool(row and row[0])


def _refuse_old_server(connection: psycopg.Connection) -> None:
    if connection.info.server_version < OLDEST_SERVER:
        raise CannotStart(
            "Quorate needs PostgreSQL 15 or newer: give the address of a newer server in DATABASE_URL."
        )
