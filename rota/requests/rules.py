"""What can be asked for, what it costs, until when, and what became of it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from network.organisations.rules import WEEKDAYS, kinds_on
from network.vocabulary import SessionKind
from rota.rotas.rules import PeriodState, days_between

MOST_POINTS = 10
FULL_POST = 100

Cell = tuple[date, SessionKind]


@dataclass(frozen=True)
class Span:
    """The sessions of a request: of one day or of a weekday throughout; `kind` None is all of the day."""

    day: date | None = None
    weekday: int | None = None
    kind: SessionKind | None = None

    def takes(self, day: date, kind: SessionKind) -> bool:
        """Say whether the request is about this session."""
        is_then = day == self.day if self.day else day.weekday() == self.weekday
        return is_then and self.kind in (None, kind)


@dataclass(frozen=True)
class Asked:
    """A request: to work or to be off, with the points spent on it, which are its strength (R32)."""

    works: bool
    points: int
    span: Span


@dataclass(frozen=True)
class Outcome:
    """What became of a request: of so many sessions, so many are as wished."""

    as_wished: int
    sessions: int

    @property
    def is_met(self) -> bool:
        return self.as_wished == self.sessions


def budget_of(points: int, wte: int) -> int:
    """Return the points somebody may spend on a rota; a full post, 100 hundredths, has all of them."""
    return max(1, round(points * min(wte, FULL_POST) / FULL_POST)) if points else 0


def why_not_now(state: PeriodState, requests_until: date | None, today: date) -> str:
    """Say why a rota takes no requests today, or nothing."""
    if state not in (PeriodState.COLLECTING, PeriodState.DRAFTING):
        return f"This rota is {state.label.lower()}: it takes no requests any more. Speak to your manager."
    if requests_until and today > requests_until:
        last = f"{requests_until.day} {requests_until:%B}"
        return f"{last} was the last day for requests for this rota. Speak to your manager."
    return ""


def wrong_with_request(asked: Asked, starts_on: date, ends_on: date) -> str:
    """Say what is wrong with a request for a rota of these days, or nothing."""
    span = asked.span
    if (span.day is None) == (span.weekday is None):
        return "Choose one day, or a weekday throughout."
    if span.day and not starts_on <= span.day <= ends_on:
        return "Choose a day of this rota."
    weekday = span.day.weekday() if span.day else span.weekday
    if weekday is None or not 0 <= weekday < len(WEEKDAYS) or not kinds_on(weekday):
        return "Nobody is planned on Sundays. Choose another day."
    if span.kind and span.kind not in kinds_on(weekday):
        return f"There is no such session on a {WEEKDAYS[weekday]}. Choose another part of the day."
    if not 1 <= asked.points <= MOST_POINTS:
        return f"Spend 1 to {MOST_POINTS} points on a wish."
    return ""


def wrong_with_points(points: int, left: int) -> str:
    """Say that a request costs more than is left, or nothing."""
    if left <= 0:
        return "No points are left. Take points off another wish first, or withdraw it."
    is_or_are = "point is" if left == 1 else "points are"
    return "" if points <= left else f"{left} {is_or_are} left. Spend {left} or fewer on this wish."


def sessions_of_request(
    span: Span, cells: Iterable[Cell], may_be_asked: Callable[[date, SessionKind], bool]
) -> list[Cell]:
    """List the sessions that a request is about: those in which the person could be asked to work."""
    return [(day, kind) for day, kind in cells if span.takes(day, kind) and may_be_asked(day, kind)]


def cells_between(starts_on: date, ends_on: date) -> list[Cell]:
    """List the sessions that the days of a rota have."""
    return [(day, kind) for day in days_between(starts_on, ends_on) for kind in kinds_on(day.weekday())]


def outcome_of(asked: Asked, sessions: Sequence[Cell], worked: Collection[Cell]) -> Outcome:
    """Say how far a request was met by the sessions that the person works."""
    return Outcome(sum((cell in worked) == asked.works for cell in sessions), len(sessions))
