"""How sessions and places are called on the grid."""

from datetime import date

from network.vocabulary import SessionKind

KIND_LABELS = {
    SessionKind.EARLY: "Early",
    SessionKind.MORNING: "AM",
    SessionKind.AFTERNOON: "PM",
    SessionKind.EVENING: "Eve",
    SessionKind.SATURDAY_MORNING: "AM",
    SessionKind.SATURDAY_AFTERNOON: "PM",
}
REMOTE = "REM"


def session_said(day: date, kind: SessionKind) -> str:
    """Say a session: 'Tuesday 8 December PM'."""
    label = {"Eve": "evening", "Early": "early"}.get(KIND_LABELS[kind], KIND_LABELS[kind])
    return f"{day:%A} {day.day} {day:%B} {label}"
