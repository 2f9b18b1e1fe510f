"""How far the cover of an absence has come, what a repair that is sent may change, and when to ring."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from network.vocabulary import SessionKind, Word
from rota.edits.rules import Cell, Content
from rota.notices.rules import NoticeState

# Whoever has not read by then has not seen the letter: there is a session to be covered.
RING_AFTER = timedelta(minutes=10)
# No repair asks more people than this to change their day.
MOST_OTHERS = 3
LONGEST_REASON = 200
MOST_DAYS = 14
# How the edit of a repair is known.
SAID = "short-notice cover"
# What those read who are called in or moved: that somebody is ill is not theirs to know.
WHY = "cover is needed at short notice"
WHY_BACK = "the cover is not needed any more"


class CoverState(Word):
    REPORTED = "reported", "Reported"
    COVERING = "covering", "Being covered"
    COVERED = "covered", "Covered"
    ACCEPTED = "accepted", "Gaps left open"
    ENDED = "ended", "Ended"


S = CoverState

MOVES: dict[CoverState, set[CoverState]] = {
    S.REPORTED: {S.COVERING, S.COVERED, S.ACCEPTED, S.ENDED},
    S.COVERING: {S.COVERING, S.COVERED, S.ACCEPTED, S.ENDED},
    # Stand-ins may fall ill as well, and what was left uncovered may be covered after all.
    S.COVERED: {S.COVERING, S.COVERED, S.ACCEPTED, S.ENDED},
    S.ACCEPTED: {S.COVERING, S.COVERED, S.ACCEPTED, S.ENDED},
    S.ENDED: set(),
}
# Somebody has to look at these.
OPEN = frozenset({S.REPORTED, S.COVERING})


class Opens(Word):
    """What an absence leaves open in the rotas that people know."""

    NOTHING = "nothing", "Nothing to cover"
    NO_GAP = "no_gap", "No gap"
    GAPS = "gaps", "Gaps"


def may_move(state: CoverState, to: CoverState) -> bool:
    return to in MOVES[state]


@dataclass(frozen=True)
class Wanted:
    """One cell that a repair changes: the line that somebody is put on, None where they are taken off."""

    cell: Cell
    line_id: uuid.UUID | None

    @property
    def text(self) -> str:
        """The change as a page sends it back."""
        member_id, day, kind = self.cell
        return f"{member_id}/{day}/{kind.value}/{self.line_id or ''}"

    @classmethod
    def of_text(cls, text: str) -> "Wanted":
        """Read what a page sent back; a ValueError where it cannot be meant."""
        member_id, day, kind, line_id = text.split("/")
        cell = Cell(uuid.UUID(member_id), date.fromisoformat(day), SessionKind(kind))
        return cls(cell, uuid.UUID(line_id) if line_id else None)


def must_be_rung(state: NoticeState, made_at: datetime, moment: datetime) -> bool:
    """Say whether somebody who was written to has left it unread for too long."""
    return state is NoticeState.UNSEEN and moment - made_at >= RING_AFTER


Changes = Mapping[Cell, tuple[Content, Content]]


def hanging_on(member_id: uuid.UUID, others: Collection[uuid.UUID], changes: Changes) -> Changes | None:
    """Give the part of a repair that was made for one person: their own cells, and those who came for them.

    `others` fell out too, and were covered with the same repair. None where their parts cannot be told
    apart: they left the same duty.
    """
    if not others:
        return changes
    found = {cell: pair for cell, pair in changes.items() if cell.member_id == member_id}
    lines = {before["line_id"] for before, _ in found.values() if before}
    while new := {
        cell: (before, after)
        for cell, (before, after) in changes.items()
        if cell not in found and cell.member_id not in others and after and after["line_id"] in lines
    }:
        found |= new
        lines |= {before["line_id"] for before, _ in new.values() if before}
    theirs = {
        before["line_id"] for cell, (before, _) in changes.items() if cell.member_id in others and before
    }
    return None if lines & theirs else found


def one_after_another(first: Changes, second: Changes) -> Changes:
    """Put two changes of one rota together: what cells held before the first, and hold after the last."""
    began = {cell: first[cell][0] if cell in first else before for cell, (before, _) in second.items()}
    return {**first, **{cell: (began[cell], after) for cell, (_, after) in second.items()}}
