"""The sheet of demand: who is wanted at a site, in one or more sessions of the week, on each row."""

from dataclasses import dataclass, replace

from network.organisations.rules import WEEKDAYS, WeeklySession, sessions_of_the_week
from network.plumbing.typed import plain
from network.vocabulary import Activity, FundingStream, RoleGroup, RoomKind, SessionKind
from rota.demand.rules import MOST_PEOPLE, Want, wrong_with_want
from rota.tables.rules import KIND_NAMES, Cells, Place

NO_SESSION = "Enter a session such as Mon AM, or Mon-Fri PM."


@dataclass(frozen=True)
class DemandLine:
    """A line of demand for each session it names."""

    place: Place
    site: str
    wants: tuple[Want, ...]


def read_demand(cells: Cells) -> DemandLine | None:
    """Read a row of the sheet of demand."""
    site = cells.text("site")
    sessions = cells.parts("session", sessions_in, NO_SESSION)
    group = cells.word("role_group", RoleGroup, "groups")
    activity = cells.word("activity", Activity, "activities")
    minimum = cells.whole("minimum", 0, MOST_PEOPLE)
    desired = cells.whole("desired", 0, MOST_PEOPLE)
    maximum = cells.whole("maximum", 0, MOST_PEOPLE)
    competencies = cells.parts("competencies", str)
    room = cells.word("room", RoomKind, "rooms")
    funding = cells.word("funding", FundingStream, "streams") or FundingStream.CORE
    starts_on, ends_on = cells.day("starts_on"), cells.day("ends_on")
    if not cells.is_good or group is None or activity is None or minimum is None:
        return None
    desired = minimum if desired is None else desired
    maximum = max(desired, 1) if maximum is None else maximum
    line = Want(0, SessionKind.MORNING, group, activity, minimum, desired, maximum)
    line = replace(
        line, competencies=competencies, room=room, funding=funding, starts_on=starts_on, ends_on=ends_on
    )
    wants = [replace(line, weekday=each.weekday, kind=each.kind) for several in sessions for each in several]
    for name, said in (wrong_with_want(wants[0]) if wants else {"session": NO_SESSION}).items():
        cells.wrong(name, said)
    return DemandLine(cells.place, site, tuple(wants)) if cells.is_good else None


def sessions_in(text: str) -> tuple[WeeklySession, ...]:
    """Read 'Mon AM' or 'Mon-Fri PM', or raise ValueError."""
    *days, kind = plain(text).split() or [""]
    numbers = [_weekday_in(day) for day in days if day != "to"]
    if not numbers or len(numbers) > 2:
        raise ValueError
    found = tuple(
        session
        for session in sessions_of_the_week()
        if numbers[0] <= session.weekday <= numbers[-1] and kind in KIND_NAMES[session.kind]
    )
    if not found:
        raise ValueError
    return found


def _weekday_in(text: str) -> int:
    for number, name in enumerate(WEEKDAYS):
        if len(text) >= 2 and name.casefold().startswith(text):
            return number
    raise ValueError
