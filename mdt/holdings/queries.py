"""Everything that hangs on a person, found by the keys of the tables: later subjects join by themselves."""

import uuid
from collections.abc import Collection, Iterator

from sqlalchemy import Column, ForeignKeyConstraint, Table, or_, select

from mdt.holdings.rules import APART, NAMED
from mdt.patients.records import Patient
from network.plumbing.database import db


def tables_of_people() -> list[Table]:
    """Return the tables whose rows hang on a person, what others hang on last."""
    names = {Patient.__tablename__}
    known = 0
    while known < len(names):
        known = len(names)
        names |= {table.name for table in db.metadata.sorted_tables if any(_links(table, names))}
    return [table for table in reversed(db.metadata.sorted_tables) if table.name in names]


def rows_of(*patient_ids: uuid.UUID) -> dict[str, list[uuid.UUID]]:
    """Return the ids of all rows that hang on a person, by table: those that others hang on come last.

    Entries that were joined to theirs are theirs too. Meetings are nobody's, and are left alone.
    """
    tables = tables_of_people()
    held: dict[str, set[uuid.UUID]] = {table.name: set() for table in tables}
    held[Patient.__tablename__] = set(patient_ids)
    known = -1
    # A second time round finds what hangs on rows of its own table: who was joined to who was joined.
    while known < sum(map(len, held.values())):
        known = sum(map(len, held.values()))
        for table in reversed(tables):
            held[table.name] |= _hanging(table, held)
    return {name: sorted(ids) for name, ids in held.items() if ids}


def _hanging(table: Table, held: dict[str, set[uuid.UUID]]) -> set[uuid.UUID]:
    links = [column.in_(held[target]) for column, target in _links(table, held) if held[target]]
    return set(db.session.scalars(select(table.c.id).where(or_(*links)))) if links else set()


def _links(table: Table, targets: Collection[str]) -> Iterator[tuple[Column[uuid.UUID], str]]:
    """Yield the columns of a table that point at some tables, each with the one it points at."""
    if table.name in APART:
        return
    for key in table.constraints:
        if isinstance(key, ForeignKeyConstraint) and key.referred_table.name in targets:
            yield key.columns[0], key.referred_table.name
    for name, target in NAMED.items():
        if name in table.c and not table.c[name].foreign_keys and target in targets:
            yield table.c[name], target
