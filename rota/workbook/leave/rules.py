"""The sheet of leave: one absence on each row."""

from dataclasses import dataclass

from network.vocabulary import SessionKind
from rota.leave.rules import AbsenceKind, AbsenceState, Away
from rota.tables.rules import Cells, Half, Place, Who


@dataclass(frozen=True)
class LeaveLine:
    """Leave as it was agreed, or as it is asked for."""

    place: Place
    who: Who
    away: Away
    approved: bool


def read_leave(cells: Cells) -> LeaveLine | None:
    """Read a row of the sheet of leave."""
    who, starts_on = cells.who(), cells.day("starts_on")
    kind = cells.word("kind", AbsenceKind, "kinds") or AbsenceKind.ANNUAL
    ends_on = cells.day("ends_on") or starts_on
    begins, ends = cells.word("begins", Half), cells.word("ends", Half)
    state = cells.word("state", AbsenceState)
    if state not in (None, AbsenceState.APPROVED, AbsenceState.REQUESTED):
        cells.wrong("state", "Enter approved or requested.")
    if not cells.is_good or starts_on is None or ends_on is None:
        return None
    starts_with = SessionKind.AFTERNOON if begins is Half.AFTERNOON else SessionKind.EARLY
    ends_with = SessionKind.MORNING if ends is Half.MORNING else SessionKind.SATURDAY_AFTERNOON
    away = Away(kind, starts_on, ends_on, starts_with, ends_with)
    if away.is_back_to_front:
        cells.wrong("ends_on", "The last day must be on or after the first day.")
        return None
    return LeaveLine(cells.place, who, away, state is not AbsenceState.REQUESTED)
