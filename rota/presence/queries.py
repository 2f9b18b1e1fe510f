"""Who else has a version open, and what they changed since one looked."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from network.access.rules import Actor
from network.plumbing.database import db, now
from rota.edits.queries import changes_since
from rota.edits.rules import Cell
from rota.presence.rules import JUST_LEFT, is_here
from rota.rotas.records import Visit


@dataclass(frozen=True)
class Visitor:
    """Somebody else with the page open, and the cell they are at."""

    name: str
    cell: str


@dataclass(frozen=True)
class Pulse:
    """What is new for somebody who looks at a version: who is here, and the cells others changed.

    `number` is that of the last edit told of: what comes while the answer is drawn is told by the next.
    """

    here: tuple[Visitor, ...]
    has_left: bool
    changed: frozenset[Cell]
    by: tuple[str, ...]
    number: int

    @property
    def is_news(self) -> bool:
        return bool(self.here or self.has_left or self.changed)


def pulse_for(viewer: Actor, version_id: uuid.UUID, number: int) -> Pulse:
    """Return what is new since an edit of a version."""
    visits = db.session.scalars(
        select(Visit)
        .where(
            Visit.version_id == version_id,
            Visit.account_id != viewer.account_id,
            Visit.seen_at > now() - JUST_LEFT,
        )
        .order_by(Visit.name)
    ).all()
    here = tuple(Visitor(each.name, each.cell) for each in visits if is_here(each.seen_at, now()))
    changes = changes_since(version_id, number)
    others = [each.edit.by for each in changes if each.edit.account_id != viewer.account_id]
    # One's own changes too: they may have been made in another window.
    return Pulse(
        here=here,
        has_left=len(here) < len(visits),
        changed=frozenset(each.cell for each in changes),
        by=tuple(dict.fromkeys(others)),
        number=max((each.edit.number for each in changes), default=number),
    )
