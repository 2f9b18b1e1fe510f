"""How requests and what became of them are told."""

from network.organisations.rules import WEEKDAYS
from network.vocabulary import SessionKind
from rota.requests.rules import Asked, Outcome, Span

PARTS = {
    None: "all day",
    SessionKind.EARLY: "early",
    SessionKind.MORNING: "morning",
    SessionKind.AFTERNOON: "afternoon",
    SessionKind.EVENING: "evening",
    SessionKind.SATURDAY_MORNING: "morning",
    SessionKind.SATURDAY_AFTERNOON: "afternoon",
}


def said_span(span: Span) -> str:
    """Say when: 'Monday 7 December, morning', 'every Friday, all day'."""
    if span.day:
        return f"{span.day:%A} {span.day.day} {span.day:%B}, {PARTS[span.kind]}"
    return f"every {WEEKDAYS[span.weekday or 0]}, {PARTS[span.kind]}"


def said(asked: Asked) -> str:
    """Say a request: 'Off every Friday, all day'."""
    return f"{'Work' if asked.works else 'Off'} {said_span(asked.span)}"


def said_points(points: int) -> str:
    return "1 point" if points == 1 else f"{points} points"


def said_with_points(asked: Asked) -> str:
    """Say a request and what it is worth: 'Off every Friday, all day (3 points)'."""
    return f"{said(asked)} ({said_points(asked.points)})"


def said_outcome(outcome: Outcome | None) -> tuple[str, str, str]:
    """Say what became of a request: words, tone and the mark that says the same without colour."""
    if outcome is None:
        return "Not decided yet", "plain", ""
    if not outcome.sessions:
        return "Settled by leave or pattern", "plain", ""
    if outcome.is_met:
        return "Met", "good", "\N{CHECK MARK}"
    if not outcome.as_wished:
        return "Not met", "bad", "\N{MULTIPLICATION SIGN}"
    return f"{outcome.as_wished} of {outcome.sessions} sessions", "warning", "\N{BLACK UP-POINTING TRIANGLE}"
