"""States of a rota, the moves between them, and the weeks it covers."""

from datetime import date, timedelta

from network.vocabulary import Word


class PeriodState(Word):
    COLLECTING = "collecting", "Collecting requests"
    DRAFTING = "drafting", "Draft"
    PROPOSED = "proposed", "Proposed"
    PUBLISHED = "published", "Published"
    CLOSED = "closed", "Closed"


PERIOD_MOVES: dict[PeriodState, set[PeriodState]] = {
    PeriodState.COLLECTING: {PeriodState.DRAFTING},
    PeriodState.DRAFTING: {PeriodState.COLLECTING, PeriodState.PROPOSED, PeriodState.PUBLISHED},
    PeriodState.PROPOSED: {PeriodState.DRAFTING, PeriodState.PUBLISHED},
    PeriodState.PUBLISHED: {PeriodState.CLOSED},
    # A closed rota is opened again with a reason only: payroll has counted it.
    PeriodState.CLOSED: {PeriodState.PUBLISHED},
}


class Stage(Word):
    """Where a rota is in its life, as people see it: what its state and the dates come to."""

    COLLECTING = "collecting", "Collecting requests"
    DRAFTING = "drafting", "Drafting"
    PROPOSED = "proposed", "Proposed"
    PUBLISHED = "published", "Published"
    LIVE = "live", "Live"
    CLOSED = "closed", "Closed"


def stage_of(state: PeriodState, starts_on: date, today: date) -> Stage:
    """Name the stage of a rota on a day: a published one is live from its first day until it is closed."""
    if state is PeriodState.PUBLISHED and starts_on <= today:
        return Stage.LIVE
    return Stage(state.value)


class VersionState(Word):
    DRAFT = "draft", "Draft"
    CHOSEN = "chosen", "Published"
    SUPERSEDED = "superseded", "Superseded"
    DISCARDED = "discarded", "Discarded"


VERSION_MOVES: dict[VersionState, set[VersionState]] = {
    VersionState.DRAFT: {VersionState.CHOSEN, VersionState.DISCARDED},
    VersionState.CHOSEN: {VersionState.SUPERSEDED},
    VersionState.SUPERSEDED: set(),
    # A draft put aside by mistake is taken up again.
    VersionState.DISCARDED: {VersionState.DRAFT},
}
LONGEST_LABEL = 80


class AssignmentSource(Word):
    MANUAL = "manual", "Set by hand"
    SOLVER = "solver", "Filled"


USUAL_WEEKS = 4
MOST_WEEKS = 12
# A first rota starts this long from now, so that there is time to make it and to tell people.
WEEKS_AHEAD = 2


def wrong_with_period(starts_on: date, weeks: int) -> str:
    """Say what is wrong with the weeks of a new rota, or nothing."""
    if starts_on.weekday() != 0:
        return "Choose a Monday as the first day."
    if not 1 <= weeks <= MOST_WEEKS:
        return f"Choose 1 to {MOST_WEEKS} weeks."
    return ""


def wrong_with_requests_until(day: date, starts_on: date, today: date) -> str:
    """Say what is wrong with a last day for requests, or nothing."""
    if day < today:
        return "Choose today or a later day as the last day for requests."
    if day >= starts_on:
        return "The last day for requests must be before the rota starts."
    return ""


def last_day(starts_on: date, weeks: int) -> date:
    """Return the Sunday that ends so many weeks."""
    return starts_on + timedelta(7 * weeks - 1)


def days_between(starts_on: date, ends_on: date) -> list[date]:
    """List the days from one to the other, both included."""
    return [starts_on + timedelta(days) for days in range((ends_on - starts_on).days + 1)]


def proposed_start(last_end: date | None, today: date) -> date:
    """Propose the Monday after the last rota, or a Monday soon where there is none."""
    earliest = today + timedelta(weeks=WEEKS_AHEAD)
    following = last_end + timedelta(1) if last_end and last_end >= today else earliest
    return following + timedelta(-following.weekday() % 7)


def said_period(starts_on: date, ends_on: date) -> str:
    """Say the dates of a rota: '7 December 2026 to 3 January 2027', the first year only where it differs."""
    first = f"{starts_on.day} {starts_on:%B}" + (
        f" {starts_on.year}" if starts_on.year != ends_on.year else ""
    )
    return f"{first} to {ends_on.day} {ends_on:%B} {ends_on.year}"
