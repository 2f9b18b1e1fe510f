"""`quorate restore`: a backup put into a database, counted, checked and opened; elsewhere, as a proof."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import LiteralString

import psycopg
from psycopg import sql
from sqlalchemy import Connection, MetaData

from network.access.rules import SYSTEM
from network.backups import Tell, breaks, look, one_moment, owner_url_of, roles_of, texts_of
from network.plumbing.backup_file import Backup, Manifest, read_backup
from network.plumbing.dumping import NoBackup, find_tool, put_back, server_version
from network.plumbing.embedded import embedded_server
from network.plumbing.encryption import Keyring
from network.plumbing.migrating import is_known, migrate
from network.plumbing.roles import connect, url_for
from network.plumbing.settings import Settings
from network.plumbing.templating import plural
from network.upkeep.commands import note_restore

SCRATCH = "quorate_check"
SCHEMAS = ("public", "jobs")
ASIDE = "before_restore_"
OUTLIVED = "outlived_"
TABLES = "select count(*) from pg_tables where schemaname = any(%s)"
# The server's own helpers have no user.
OTHERS = (
    "select count(*) from pg_stat_activity where datname = current_database()"
    " and pid <> pg_backend_pid() and usesysid is not null"
)


def restore_backup(
    settings: Settings, keys: Keyring, metadata: MetaData, path: Path, *, replaces: bool, tell: Tell
) -> str:
    """Put the database back to where a backup had it, or leave it as it is; say what was found."""
    url = owner_url_of(settings, "To restore")
    backup = fitting_backup(path, keys)
    roles = roles_of(settings, url)
    if roles != backup.manifest.roles:
        raise NoBackup(
            f"The backup belongs to the owner {backup.manifest.roles[0]} and the app's role"
            f" {backup.manifest.roles[1]}, not to {roles[0]} and {roles[1]}: make roles of those names,"
            " and give their addresses."
        )
    with connect(url) as owner, _room(owner, replaces):
        tell(f"Putting {plural(backup.manifest.rows, 'row')} back.")
        found = put_and_prove(url, keys, metadata, backup, tell)
    note_restore(SYSTEM, backup.sha256, backup.manifest.made_at)
    return found


def verify_backup(keys: Keyring, metadata: MetaData, path: Path, tell: Tell) -> str:
    """Put a backup into a server of its own, check everything and throw it away; say what was found."""
    backup = fitting_backup(path, keys)
    with TemporaryDirectory(prefix="quorate-") as folder, embedded_server(Path(folder) / "server") as admin:
        with connect(admin) as connection:
            for role in dict.fromkeys(backup.manifest.roles):
                connection.execute(sql.SQL("create role {}").format(sql.Identifier(role)))
            create = sql.SQL("create database {} encoding 'UTF8' template template0")
            connection.execute(create.format(sql.Identifier(SCRATCH)))
        tell(f"Putting {plural(backup.manifest.rows, 'row')} into a database of their own.")
        return put_and_prove(url_for(admin, None, SCRATCH), keys, metadata, backup, tell)


def fitting_backup(path: Path, keys: Keyring) -> Backup:
    """Read a backup that is whole, ours, no newer than we are and opened by our keys, or say why not."""
    backup = read_backup(path, keys)
    if not is_known(backup.manifest.migration):
        raise NoBackup(
            f"{path} was made by a newer version of Quorate (migration {backup.manifest.migration}):"
            " install that version, then try again."
        )
    missing = sorted(set(backup.manifest.texts) - set(keys.fingerprints))
    if missing:
        raise NoBackup(
            f"{path} holds texts that none of QUORATE_KEYS opens: add the key that sealed them there."
            f" Its fingerprint is {' or '.join(missing)}."
        )
    return backup


def put_and_prove(url: str, keys: Keyring, metadata: MetaData, backup: Backup, tell: Tell) -> str:
    """Put a backup into an empty database and check that everything is there; say what was found."""
    manifest = backup.manifest
    put_back(url, find_tool("pg_restore", max(manifest.tool, server_version(url))), backup.chunks())
    tell("Counting its rows, checking the audit trail and opening every sealed text.")
    with one_moment(url) as (reader, _):
        # Texts are opened below, when the tables are those that this version knows.
        _compare(manifest, look(reader, MetaData(), manifest.roles, manifest.tool))
    migrate(url, manifest.roles[1], keys)
    with one_moment(url) as (reader, _):
        texts = _texts(reader, metadata, manifest)
        broken = breaks(reader, manifest)
    if broken:
        raise NoBackup(f"The audit trail in the backup does not hold. {broken[0]}")
    return (
        f"{plural(len(manifest.counts), 'table')} with {plural(manifest.rows, 'row')} as counted,"
        f" {plural(len(manifest.chains), 'chain')} of the audit trail whole,"
        f" {plural(texts, 'sealed text')} opened."
    )


def _compare(manifest: Manifest, found: Manifest) -> None:
    for table in sorted(manifest.counts.keys() | found.counts.keys()):
        were, are = manifest.counts.get(table, 0), found.counts.get(table, 0)
        if were != are:
            raise NoBackup(f"{table} has {plural(are, 'row')}, but {were:,} were copied: use another backup.")
    if (manifest.chains, manifest.migration) != (found.chains, found.migration):
        raise NoBackup("What was put back is not what was copied: use another backup.")


def _texts(reader: Connection, metadata: MetaData, manifest: Manifest) -> int:
    texts = texts_of(reader, metadata)
    if manifest.texts and manifest.texts != texts:
        raise NoBackup("Not every sealed text was put back: use another backup.")
    return texts.total()


@contextmanager
def _room(owner: psycopg.Connection, replaces: bool) -> Iterator[None]:
    """Set aside what the database holds, until what is put into it has proved itself; else bring it back."""
    # Broken off by force, an earlier restore has left here what was there before it.
    _bring_back(owner)
    _drop(owner, OUTLIVED)
    tables = _count(owner, TABLES, list(SCHEMAS))
    if tables and not replaces:
        raise NoBackup(
            f"The database {owner.info.dbname} holds {plural(tables, 'table')}: restore into an empty one,"
            " or say --replace to throw away what it holds."
        )
    if _count(owner, OTHERS):
        raise NoBackup("Somebody else is connected to the database: stop web and workers, then try again.")
    _set_aside(owner)
    try:
        yield
    except BaseException:
        _bring_back(owner)
        raise
    # From here on nothing brings it back: people work with what was restored as soon as they are let in.
    with owner.transaction():
        for schema in _there(owner, [ASIDE + name for name in SCHEMAS]):
            _rename(owner, schema, OUTLIVED + schema.removeprefix(ASIDE))
    _drop(owner, OUTLIVED)


def _set_aside(owner: psycopg.Connection) -> None:
    with owner.transaction():
        for schema in _there(owner, list(SCHEMAS)):
            _rename(owner, schema, ASIDE + schema)
        # As every new database has it.
        owner.execute("create schema public")
        owner.execute("alter schema public owner to pg_database_owner")
        owner.execute("grant usage on schema public to public")


def _bring_back(owner: psycopg.Connection) -> None:
    kept = _there(owner, [ASIDE + name for name in SCHEMAS])
    with owner.transaction():
        if kept:
            _drop(owner)
        for schema in kept:
            _rename(owner, schema, schema.removeprefix(ASIDE))


def _drop(owner: psycopg.Connection, prefix: str = "") -> None:
    for schema in _there(owner, [prefix + name for name in SCHEMAS]):
        owner.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(schema)))


def _rename(owner: psycopg.Connection, schema: str, name: str) -> None:
    rename = sql.SQL("alter schema {} rename to {}")
    owner.execute(rename.format(sql.Identifier(schema), sql.Identifier(name)))


def _there(owner: psycopg.Connection, schemas: list[str]) -> list[str]:
    found = owner.execute("select nspname from pg_namespace where nspname = any(%s)", [schemas])
    return sorted(name for (name,) in found)


def _count(owner: psycopg.Connection, question: LiteralString, *values: object) -> int:
    row = owner.execute(question, values).fetchone()
    assert row is not None
    return int(row[0])
