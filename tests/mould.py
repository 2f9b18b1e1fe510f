"""Rows that many tests begin with: made once by the records themselves, laid again with other ids."""

import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

import psycopg
from psycopg import sql

from network.plumbing.database import db

# With dashes as a key, without them where a word has to be one of a kind.
ID = re.compile(r"[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}")


class Ids(dict[uuid.UUID, uuid.UUID]):
    """Gives each id of a mould one that was never there before."""

    def __missing__(self, old: uuid.UUID) -> uuid.UUID:
        new = self[old] = uuid.uuid4()
        return new


@dataclass(frozen=True)
class Mould:
    """The statements that lay the rows of some tables."""

    statements: str

    def lay(self, connection: psycopg.Connection) -> Ids:
        """Put the rows into empty tables, all of them under new ids."""
        ids = Ids()

        def anew(found: re.Match[str]) -> str:
            new = ids[uuid.UUID(found[0])]
            return str(new) if found[1] else new.hex

        connection.execute(f"begin; {ID.sub(anew, self.statements)} commit")
        return ids


def mould_of(connection: psycopg.Connection, tables: Iterable[str]) -> Mould:
    """Take a mould of all rows of these tables, each named after those that it points at."""
    return Mould("".join(_statement(connection, table) for table in tables))


def _statement(connection: psycopg.Connection, table: str) -> str:
    name = sql.Identifier(table)
    rows = connection.execute(sql.SQL("select to_jsonb({0}) from {0}").format(name)).fetchall()
    kept = json.dumps([row for (row,) in rows])
    laid = "insert into {0} select * from jsonb_populate_recordset(null::{0}, {1});"
    return sql.SQL(laid).format(name, sql.Literal(kept)).as_string(connection)


def empty(sweeper: psycopg.Connection) -> None:
    """Empty what a test has filled: most tables are empty, and to truncate them all takes half a second."""
    full = full_tables(sweeper)
    # Who may not pass by the triggers is the owner of the tables, and may switch some of them off.
    guarded = sweeper.execute(
        "select distinct tgrelid::regclass::text from pg_trigger"
        " where not tgisinternal and current_setting('session_replication_role') <> 'replica'"
    )
    held = {name for (name,) in guarded}.intersection(full)
    off, on = (
        "".join(f"alter table {name} {switch} trigger user;" for name in sorted(held))
        for switch in ("disable", "enable")
    )
    emptied = "".join(f"delete from {name};" for name in reversed(full))
    sweeper.execute(f"begin; {off} {emptied} {on} commit")
    if sweeper.execute("select exists (select from jobs.procrastinate_jobs)").fetchone() == (True,):
        sweeper.execute("truncate jobs.procrastinate_jobs cascade")


def full_tables(sweeper: psycopg.Connection) -> list[str]:
    """Name the tables that hold rows, each after those that it points at."""
    tables = [table.name for table in db.metadata.sorted_tables]
    asked = " union all ".join(f"select '{name}' where exists (select from {name})" for name in tables)
    full = {name for (name,) in sweeper.execute(asked)}
    return [name for name in tables if name in full]
