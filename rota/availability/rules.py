"""Whether somebody is free at a time of one day, and what whoever asks may know of why not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from network.organisations.rules import kinds_on
from network.vocabulary import Discipline, SessionKind
from rota.holds.rules import Free, Span
from rota.leave.rules import keeps_away
from rota.roster.rules import OUTSIDE_PATTERN, USUAL_HOURS, Time, capped, on_day

FREE = Free(True)
# Leave and sickness look alike to those who only want to meet somebody.
AWAY = Free(False, "not available then")


@dataclass(frozen=True)
class Duty:
    """Where somebody is placed in the published rota."""

    starts: datetime
    ends: datetime
    said: str


@dataclass(frozen=True)
class Missed:
    """A meeting that somebody's absence would take them from: who is to come, or whose quorum it breaks."""

    starts: datetime
    lacks: Discipline | None


def kinds_at(span: Span) -> list[SessionKind]:
    """Give the kinds of session that some time of a day meets, or else the nearest."""
    day = span[0].date()
    spans = {kind: _hours(day, kind) for kind in kinds_on(day.weekday())}
    met = [kind for kind, hours in spans.items() if meets(span, hours)]
    if met or not spans:
        return met
    return [min(spans, key=lambda kind: max(spans[kind][0] - span[1], span[0] - spans[kind][1]))]


def meets(one: Span, other: Span) -> bool:
    """Say whether two stretches of time share a moment."""
    return one[0] < other[1] and other[0] < one[1]


def is_away(times: Time, span: Span) -> bool:
    """Say whether leave, sickness or the end of a post keeps somebody from some time."""
    day = span[0].date()
    in_post = times.planned[0] <= day <= times.planned[1]
    return not in_post or any(keeps_away(times.absences, day, kind) for kind in kinds_at(span))


def works_at(times: Time, span: Span) -> bool:
    """Say whether the pattern has somebody at work in some time, or in a session beside it."""
    day = span[0].date()
    return any(times.why_not(day, kind) != OUTSIDE_PATTERN for kind in kinds_at(span))


def fixed_at(times: Time, span: Span) -> str:
    """Name what the pattern has fixed in some time, or nothing."""
    day = span[0].date()
    for kind in kinds_at(span):
        activity = times.fixed(day, kind)
        if activity and meets(span, capped(_hours(day, kind), times.session_minutes)):
            return activity.label.lower()
    return ""


def free_of(posts: Sequence[Time], duties: Iterable[Duty], meetings: Iterable[Span], span: Span) -> Free:
    """Say whether somebody is free, under all their posts; a duty is told before a pattern."""
    if not posts:
        return Free(True, "as far as known: no rota here plans them")
    if any(is_away(times, span) for times in posts):
        return AWAY
    for duty in duties:
        if meets(span, (duty.starts, duty.ends)):
            return Free(False, duty.said)
    if any(meets(span, each) for each in meetings):
        return Free(False, "at another meeting then")
    for times in posts:
        if what := fixed_at(times, span):
            return Free(False, f"kept for {what} then")
    if not any(works_at(times, span) for times in posts):
        return Free(False, "not at work then")
    return FREE


def short_of(discipline: Discipline, least: int, asked: Sequence[tuple[str, Free]]) -> str:
    """Say what a quorum lacks of a discipline, and why those who are asked cannot come; or nothing."""
    free = sum(each.is_free for _, each in asked)
    if free >= least:
        return ""
    others = "; ".join(f"{name} is {each.why}" for name, each in asked if not each.is_free)
    said = f"{discipline.label}: {least} needed, {free or 'none'} free"
    return f"{said}: {others}." if others else f"{said}."


def cannot_come(name: str, free: Free) -> str:
    """Say that somebody who is to come cannot, or nothing."""
    return "" if free.is_free else f"{name} is to come, but is {free.why}."


def _hours(day: date, kind: SessionKind) -> Span:
    starts, ends = USUAL_HOURS[kind]
    return on_day(day, starts), on_day(day, ends)
