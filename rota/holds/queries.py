"""Time that is kept for meetings in the current network."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from network.plumbing.database import db
from network.vocabulary import Discipline
from rota.holds.records import Hold
from rota.holds.rules import Kept, Need


def find_hold(key: uuid.UUID) -> Hold | None:
    """Find the time that is or was kept for a meeting, locked so that two who change it follow each other."""
    return db.session.scalars(
        select(Hold)
        .where(Hold.key == key)
        .options(selectinload(Hold.people))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def holds_between(starts_on: date, ends_on: date) -> Sequence[Hold]:
    """Return the time that is kept for meetings on these days, in order, with its people and site."""
    return db.session.scalars(
        select(Hold)
        .where(Hold.day.between(starts_on, ends_on), Hold.released_at.is_(None))
        .options(selectinload(Hold.people), selectinload(Hold.site))
        .order_by(Hold.day, Hold.starts, Hold.key)
    ).all()


def holds_by(keys: Sequence[uuid.UUID]) -> Sequence[Hold]:
    """Return the time that is kept for some meetings."""
    return db.session.scalars(
        select(Hold)
        .where(Hold.key.in_(keys), Hold.released_at.is_(None))
        .options(selectinload(Hold.people))
        .order_by(Hold.day, Hold.starts, Hold.key)
    ).all()


def holds_for_planning(starts_on: date, ends_on: date) -> tuple[Kept, ...]:
    """Return the time that is kept for meetings on these days, as a rota plans around it."""
    return tuple(kept_of(row) for row in holds_between(starts_on, ends_on))


def meetings_of(person_id: uuid.UUID | None, starts_on: date, ends_on: date) -> list[Kept]:
    """Return the meetings on these days that somebody is to come to."""
    everything = holds_for_planning(starts_on, ends_on) if person_id else ()
    return [kept for kept in everything if person_id in kept.needed]


def kept_of(row: Hold) -> Kept:
    """Give a row as the rules take it."""
    people: dict[str, set[uuid.UUID]] = {}
    for each in row.people:
        if each.discipline is not None:
            people.setdefault(each.discipline.value, set()).add(each.person_id)
    return Kept(
        row.key,
        datetime.combine(row.day, row.starts),
        datetime.combine(row.day, row.ends),
        row.site.code if row.site else None,
        frozenset(each.person_id for each in row.people if each.is_needed),
        tuple(
            Need(Discipline(word), least, frozenset(people.get(word, ())))
            for word, least in sorted(row.least.items())
        ),
    )
