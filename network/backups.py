"""`quorate backup`: one copy of everything, with what must be found again when it is put back."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, MetaData, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from network.access.rules import SYSTEM
from network.audit.chain import Anchor, check_chain_in
from network.plumbing.backup_file import Backup, Manifest, read_backup, refuse_what_is_there, write_backup
from network.plumbing.database import now
from network.plumbing.dumping import NoBackup, dumped, find_tool, server_version, version_of
from network.plumbing.encryption import Keyring, Unreadable
from network.plumbing.migrating import newest
from network.plumbing.sealing import engine_for, sealed_columns, texts_by_key
from network.plumbing.settings import Settings
from network.plumbing.templating import plural
from network.upkeep.commands import note_backup

Tell = Callable[[str], None]
TABLES = text(
    "select quote_ident(n.nspname) || '.' || quote_ident(c.relname) from pg_class c"
    " join pg_namespace n on n.oid = c.relnamespace"
    " where c.relkind = 'r' and n.nspname in ('public', 'jobs') order by 1"
)
VERSION = "public.alembic_version"


def make_backup(settings: Settings, keys: Keyring, metadata: MetaData, path: Path, tell: Tell) -> Backup:
    """Copy the database as it stands at one moment, with what it holds at that moment."""
    refuse_what_is_there(path)
    url = owner_url_of(settings, "A backup")
    tool = find_tool("pg_dump", server_version(url))
    with one_moment(url) as (reader, snapshot):
        tell("Counting rows and opening every sealed text.")
        manifest = look(reader, metadata, roles_of(settings, url), version_of(tool))
        if manifest.migration == newest():
            for broken in breaks(reader, manifest):
                tell(f"Warning: the audit trail does not hold. {broken}")
        tell(f"Copying {plural(manifest.rows, 'row')} of {plural(len(manifest.counts), 'table')}.")
        dump = dumped(url, tool, "--format=custom", f"--snapshot={snapshot}")
        backup = write_backup(path, dump, manifest, keys)
    note_backup(SYSTEM, backup.sha256, manifest.rows)
    return backup


def look(reader: Connection, metadata: MetaData, roles: tuple[str, str], tool: int) -> Manifest:
    """Say what a database holds at one moment."""
    tables = list(reader.scalars(TABLES))
    if VERSION not in tables:
        raise NoBackup(
            "The database holds nothing of Quorate: check DATABASE_OWNER_URL, or run `quorate migrate`."
        )
    migration = reader.scalars(text("select version_num from alembic_version")).one()
    heads = reader.execute(text("select network_id, number, hash from audit_head order by network_id"))
    return Manifest(
        made_at=now(),
        tool=tool,
        migration=migration,
        roles=roles,
        counts={table: _count(reader, table) for table in tables},
        chains={str(row.network_id): (row.number, row.hash) for row in heads},
        # What is sealed in an older database, only its own version knows.
        texts=dict(texts_of(reader, metadata)) if migration == newest() else {},
    )


def texts_of(reader: Connection, metadata: MetaData) -> Counter[str]:
    """Open every sealed text; count them by the fingerprint of the key that does."""
    texts: Counter[str] = Counter()
    for table, columns in sealed_columns(metadata).items():
        texts.update(texts_by_key(reader, table, columns))
    return texts


def breaks(reader: Connection, manifest: Manifest) -> list[str]:
    """Check every chain of the trail; say what is broken."""
    checked = [check_chain_in(reader, uuid.UUID(chain), ()) for chain in manifest.chains]
    return [chain.broken.said for chain in checked if chain.broken]


def anchors_in(path: Path, keys: Keyring) -> dict[uuid.UUID, list[Anchor]]:
    """Return where each chain ended when a backup was made: who rewrites the trail cannot reach that file."""
    manifest = read_backup(path, keys).manifest
    return {
        uuid.UUID(chain): [Anchor(manifest.made_at, number, last)]
        for chain, (number, last) in manifest.chains.items()
    }


@contextmanager
def one_moment(url: str) -> Iterator[tuple[Connection, str]]:
    """Read a database as its owner, as it stands at one moment that others can be shown too."""
    engine = engine_for(url)
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as reader:
            reader.execute(text("set transaction read only"))
            yield reader, reader.scalars(text("select pg_export_snapshot()")).one()
    except Unreadable as reason:
        raise NoBackup(str(reason)) from None
    except DBAPIError as error:
        raise NoBackup(f"The database refused: {str(error.orig).splitlines()[0]}.") from None
    finally:
        engine.dispose()


def owner_url_of(settings: Settings, what: str) -> str:
    """Return the owner's address, or say that it is needed."""
    if not settings.owner_url:
        raise NoBackup(
            f"{what} needs DATABASE_OWNER_URL: the address of the same database for the role that owns it."
        )
    return settings.owner_url


def roles_of(settings: Settings, url: str) -> tuple[str, str]:
    """Name the owner and the app's role."""
    return make_url(url).username or "", make_url(settings.database_url).username or ""


def _count(reader: Connection, table: str) -> int:
    # The name comes from the catalogue, quoted by it.
    return int(reader.scalars(text(f"select count(*) from {table}")).one())  # noqa: S608
