"""How absences are told, and to whom."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from network.vocabulary import SessionKind
from rota.leave.rules import NEED_TO_KNOW, ORDER, AbsenceState, Away
from rota.limits.rules import Over
from rota.limits.wording import group_said

NOT_AVAILABLE = "Not available"

LISTS = {"waiting": "Waiting", "coming": "Coming up", "past": "Past"}


class StateTag(NamedTuple):
    """A state's word, its tone, and the mark that says the same without colour."""

    text: str
    tone: str
    mark: str


TAGS = {
    AbsenceState.REQUESTED: ("warning", "?"),
    AbsenceState.APPROVED: ("good", "\N{CHECK MARK}"),
    AbsenceState.DECLINED: ("bad", "\N{MULTIPLICATION SIGN}"),
    AbsenceState.WITHDRAWN: ("plain", "\N{EN DASH}"),
    AbsenceState.REPORTED: ("warning", "!"),
    AbsenceState.ENDED: ("done", "\N{CHECK MARK}"),
}


def state_tag(state: AbsenceState | None) -> StateTag:
    """Say a state; who may not know it is told that the person is not available."""
    return StateTag(state.label, *TAGS[state]) if state else StateTag(NOT_AVAILABLE, "plain", "")


def peers_are_told(away: Away) -> str:
    """Say to colleagues why somebody is away: sickness and the like are not theirs to know."""
    return NOT_AVAILABLE if away.kind in NEED_TO_KNOW else away.kind.label


def by_rule(code: str) -> str:
    """Say who decided where no person did."""
    return f"rule {code}"


def over_said(overs: Sequence[Over]) -> str:
    """Say which limit absences break: '3 GPs away on Tue 8 December, 2 is the most', and how often."""
    if not overs:
        return ""
    first = overs[0]
    more = f", and on {len(overs) - 1} more" if len(overs) > 1 else ""
    day = f"{first.day:%a} {first.day.day} {first.day:%B}"
    group = group_said(first.limit.group)
    return f"{len(first.members)} away ({group}) on {day}{more}; {first.limit.most} is the most"


def told(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def span(away: Away) -> str:
    """Say the time away: '7 December 2026', '7 December from midday to 9 December 2026'."""
    late_start = ORDER[away.starts_with] >= ORDER[SessionKind.AFTERNOON]
    early_end = ORDER[away.ends_with] <= ORDER[SessionKind.MORNING]
    if away.starts_on == away.ends_on:
        half = "afternoon of " if late_start else "morning of " if early_end else ""
        return f"{half}{told(away.starts_on)}"
    same_year = away.starts_on.year == away.ends_on.year
    first = f"{away.starts_on.day} {away.starts_on:%B}" if same_year else told(away.starts_on)
    begins = first + (" from midday" if late_start else "")
    ends = told(away.ends_on) + (" until midday" if early_end else "")
    return f"{begins} to {ends}"
