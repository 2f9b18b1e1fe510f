"""Short texts for cells, and the same in full for those who hear the page."""

from collections.abc import Sequence

from network.vocabulary import Activity
from rota.cover.wording import REMOTE
from rota.leave.rules import AbsenceKind, Away
from rota.leave.wording import NOT_AVAILABLE

AWAY_CODES = {
    AbsenceKind.ANNUAL: "A/L",
    AbsenceKind.STUDY: "S/L",
    AbsenceKind.SICKNESS: "Sick",
    AbsenceKind.PARENTAL: "Par",
    AbsenceKind.COMPASSIONATE: "C/L",
    AbsenceKind.OTHER: "Away",
}
FIXED_CODES = {
    Activity.PROTECTED: "CPD",
    Activity.SELF_DIRECTED_LEARNING: "SDL",
    Activity.TEACHING: "TCH",
    Activity.STUDY: "STU",
    Activity.MEETING: "MTG",
    Activity.ADMIN: "ADM",
    Activity.EXPOSURE: "EXP",
}
# A cell somebody has no right to look behind.
HIDDEN_AWAY = "N/A"


def away_code(away: Away, knows_why: bool) -> tuple[str, str]:
    """Give an absence as a cell shows it and as it is read out."""
    if not knows_why:
        return HIDDEN_AWAY, NOT_AVAILABLE
    return AWAY_CODES[away.kind], away.kind.label


def fixed_code(activity: Activity) -> str:
    return FIXED_CODES.get(activity, activity.label[:3].upper())


def states_said(words: Sequence[str]) -> str:
    return ", ".join(word for word in words if word)


def was_said(told: tuple[str, str] | None) -> str:
    """Say what somebody was told who is somewhere else now: 'changed, was OAK Surgery'."""
    if told is None:
        return "changed, was free"
    site, activity = told
    return f"changed, was {site or REMOTE} {activity}"


def count_said(minutes: int, session_minutes: int) -> str:
    """Say minutes as sessions: '8' or '7½'."""
    halves = round(2 * minutes / session_minutes)
    whole, half = divmod(halves, 2)
    return f"{whole or '' if half else whole}{'½' if half else ''}"
