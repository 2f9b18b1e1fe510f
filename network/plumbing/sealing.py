"""All sealed texts of a database, read as its owner: told by the key that opens them, and sealed anew."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    Text,
    bindparam,
    create_engine,
    select,
    text,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.pool import NullPool

from network.plumbing.encryption import EncryptedText, keyring
from network.plumbing.row_security import EXCEPTION
from network.plumbing.settings import CannotStart, Settings

ROWS_AT_ONCE = 500
SAYS_SO = text("select set_config(:setting, 'yes', true)").bindparams(setting=EXCEPTION)


@contextmanager
def owner_engine(settings: Settings, what: str) -> Iterator[Engine]:
    """Reach the database as its owner, whom row-level security does not hold, or say what that needs."""
    if not settings.owner_url:
        raise CannotStart(
            f"{what} needs DATABASE_OWNER_URL: the address of the same database for the role that owns it."
        )
    engine = engine_for(settings.owner_url)
    try:
        yield engine
    finally:
        engine.dispose()


def engine_for(url: str) -> Engine:
    """Make an engine that keeps no connection open, and tells no text in what goes wrong."""
    spelt = url.replace("postgresql://", "postgresql+psycopg://", 1)
    return create_engine(spelt, poolclass=NullPool, hide_parameters=True)


def sealed_columns(metadata: MetaData) -> dict[Table, list[Column[str]]]:
    """Find every sealed column there is, by table."""
    found = {
        table: [column for column in table.columns if isinstance(column.type, EncryptedText)]
        for table in metadata.sorted_tables
    }
    return {table: columns for table, columns in found.items() if columns}


def seal_anew(engine: Engine, table: Table, columns: Sequence[Column[str]]) -> int:
    """Seal with the newest key what is sealed with another; return how many texts of the table that were.

    Each batch is a transaction of its own: broken off, the rest is done by the next run.
    """
    changed, last = 0, None
    while True:
        with engine.begin() as owner:
            rows = _batch(owner, table, columns, last)
            changed += sum(_seal_column(owner, table, column, rows) for column in columns)
        if len(rows) < ROWS_AT_ONCE:
            return changed
        last = _key_of(table, rows[-1])


def texts_by_key(owner: Connection, table: Table, columns: Sequence[Column[str]]) -> Counter[str]:
    """Open every sealed text of a table; count them by the fingerprint of the key that does."""
    raw = [type_coerce(column, Text) for column in columns]
    found: Counter[str] = Counter()
    for row in owner.execute(select(*raw).execution_options(yield_per=ROWS_AT_ONCE)):
        found.update(keyring().opened_by(sealed) for sealed in row if sealed is not None)
    return found


def _batch(
    owner: Connection, table: Table, columns: Sequence[Column[str]], last: tuple[Any, ...] | None
) -> list[dict[str, Any]]:
    key = list(table.primary_key.columns)
    raw = [type_coerce(column, Text).label(column.name) for column in columns]
    wanted = select(*key, *raw).order_by(*key).limit(ROWS_AT_ONCE)
    if last is not None:
        wanted = wanted.where(tuple_(*key) > last)
    return [dict(row._mapping) for row in owner.execute(wanted)]


def _seal_column(
    owner: Connection, table: Table, column: Column[str], rows: Sequence[Mapping[str, Any]]
) -> int:
    keys = table.primary_key.columns
    older = [
        {
            "sealed_before": row[column.name],
            "sealed_anew": keyring().seal(keyring().open(row[column.name])),
            **{f"of_{part.name}": row[part.name] for part in keys},
        }
        for row in rows
        if row[column.name] is not None and not keyring().is_newest(row[column.name])
    ]
    if not older:
        return 0
    # What is only ever added to lets its owner change it, where the owner says so.
    owner.execute(SAYS_SO)
    # Somebody may have written a new text meanwhile; that one is sealed with the newest key already.
    statement = (
        update(table)
        .where(*(part == bindparam(f"of_{part.name}") for part in keys))
        .where(type_coerce(column, Text) == bindparam("sealed_before", type_=Text))
        .values({column: type_coerce(bindparam("sealed_anew", type_=Text), Text)})
    )
    owner.execute(statement, older)
    return len(older)


def _key_of(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[part.name] for part in table.primary_key.columns)
