"""How sessions and places are called on the grid."""

from datetime import date

from network.vocabulary import Activity, SessionKind
from rota.cover.rules import ENOUGH, OVER, SHORT, TIGHT, Figure

KIND_LABELS = {
    SessionKind.EARLY: "Early",
    SessionKind.MORNING: "AM",
    SessionKind.AFTERNOON: "PM",
    SessionKind.EVENING: "Eve",
    SessionKind.SATURDAY_MORNING: "AM",
    SessionKind.SATURDAY_AFTERNOON: "PM",
}
REMOTE = "REM"
# What a place is besides a session at a site, as a letter beside the site's code.
SIGNS = {Activity.DUTY: "D"}
# A seat in a one-stop clinic, whatever the activity of its line.
CLINIC_SIGN = "C"
TONES_SAID = {
    SHORT: "too few",
    TIGHT: "fewer than wished",
    ENOUGH: "enough",
    OVER: "more than can be used",
}


def session_said(day: date, kind: SessionKind) -> str:
    """Say a session: 'Tuesday 8 December PM'."""
    label = {"Eve": "evening", "Early": "early"}.get(KIND_LABELS[kind], KIND_LABELS[kind])
    return f"{day:%A} {day.day} {day:%B} {label}"


def figure_text(figure: Figure) -> str:
    """Write have and need as a cell does: '2/3', or the number alone where none is asked for."""
    return f"{figure.have}/{figure.need}" if figure.need else str(figure.have or "")


def figure_said(where: str, figure: Figure) -> str:
    """Say how cover stands: 'ELM GP: 2 of 3, too few'."""
    if not figure.need:
        return f"{where}: {figure.have or 'nobody'} there, nobody asked for"
    return f"{where}: {figure.have} of {figure.need}, {TONES_SAID[figure.tone]}"
