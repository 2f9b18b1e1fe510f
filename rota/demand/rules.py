"""What cover is wanted where: a weekly line, what can be wrong with one, and the lines of a dated day."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from network.organisations.rules import WEEKDAYS, WeeklySession, kinds_on
from network.vocabulary import Activity, FundingStream, RoleGroup, RoomKind, SessionKind

MOST_PEOPLE = 99


@dataclass(frozen=True)
class Want:
    """A weekly line of demand (weekday 0 is Monday). Numbers count people; `starts_on` None means today."""

    weekday: int
    kind: SessionKind
    role_group: RoleGroup
    activity: Activity
    minimum: int
    desired: int
    maximum: int
    competencies: tuple[str, ...] = ()
    room: RoomKind | None = None
    funding: FundingStream = FundingStream.CORE
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def session(self) -> WeeklySession:
        return WeeklySession(self.weekday, self.kind)

    @property
    def said(self) -> str:
        """Name the line: 'GP surgery on Monday AM'."""
        return f"{self.role_group.label} {self.activity.label.lower()} on {self.session.said}"

    def is_wanted_on(self, day: date) -> bool:
        begun = self.starts_on is None or self.starts_on <= day
        return self.weekday == day.weekday() and begun and (self.ends_on is None or day <= self.ends_on)

    def asks_the_same(self, other: "Want") -> bool:
        """Say whether two lines ask the same people for the same thing at one time."""
        same = (self.session, self.role_group, self.activity) == (
            other.session,
            other.role_group,
            other.activity,
        )
        ends, other_ends = self.ends_on or date.max, other.ends_on or date.max
        meets = (self.starts_on or date.min) <= other_ends and (other.starts_on or date.min) <= ends
        return same and meets


@dataclass(frozen=True)
class SiteWant:
    """A line of demand at its site."""

    template_id: uuid.UUID
    site_id: uuid.UUID
    want: Want


@dataclass(frozen=True)
class Closed:
    """A site closed for a day, or for one session of it."""

    site_id: uuid.UUID
    day: date
    kind: SessionKind | None
    why: str

    def shuts(self, site_id: uuid.UUID, day: date, kind: SessionKind) -> bool:
        return self.site_id == site_id and self.day == day and self.kind in (None, kind)


def lines_for(day: date, templates: Iterable[SiteWant], closures: Iterable[Closed]) -> tuple[SiteWant, ...]:
    """Return the lines that hold on a day: those of its weekday, without what is closed."""
    closed = [closure for closure in closures if closure.day == day]
    return tuple(
        line
        for line in templates
        if line.want.is_wanted_on(day)
        and not any(closure.shuts(line.site_id, day, line.want.kind) for closure in closed)
    )


@dataclass(frozen=True)
class GridRow:
    """What one group of roles is wanted for, session by session; a cell holds its lines."""

    role_group: RoleGroup
    activity: Activity
    cells: dict[WeeklySession, list[SiteWant]]


def grid_of(lines: Iterable[SiteWant], sessions: Sequence[WeeklySession]) -> list[GridRow]:
    """Lay lines out by who and what, and by session; each row has a cell for every session."""
    rows: dict[tuple[RoleGroup, Activity], GridRow] = {}
    for line in lines:
        want = line.want
        empty = GridRow(want.role_group, want.activity, {session: [] for session in sessions})
        row = rows.setdefault((want.role_group, want.activity), empty)
        # A line may be older than the opening hours; it is shown all the same.
        row.cells.setdefault(want.session, []).append(line)
    groups, activities = list(RoleGroup), list(Activity)
    return sorted(
        rows.values(), key=lambda row: (groups.index(row.role_group), activities.index(row.activity))
    )


def wrong_with_want(want: Want) -> dict[str, str]:
    """Say what is wrong with a line of demand, by the name of its question."""
    wrong: dict[str, str] = {}
    for name, label in (("minimum", "minimum"), ("desired", "desired number"), ("maximum", "most")):
        if not 0 <= getattr(want, name) <= MOST_PEOPLE:
            wrong[name] = f"Enter a {label} from 0 to {MOST_PEOPLE}."
    if not wrong:
        wrong |= _wrong_with_order(want)
    if not 0 <= want.weekday < len(WEEKDAYS) or want.kind not in kinds_on(want.weekday):
        weekday = WEEKDAYS[want.weekday] if 0 <= want.weekday < len(WEEKDAYS) else "such a day"
        wrong["session"] = f"There is no {want.kind.label} session on {weekday}."
    if want.starts_on and want.ends_on and want.ends_on < want.starts_on:
        wrong["ends_on"] = "The last day must be on or after the first day."
    return wrong


def _wrong_with_order(want: Want) -> dict[str, str]:
    if want.maximum < 1:
        return {"maximum": "Enter a most of 1 or more, or remove the line."}
    if want.desired < want.minimum:
        return {"desired": f"The desired number cannot be below the minimum, {want.minimum}."}
    if want.maximum < want.desired:
        return {"maximum": f"The most cannot be below the desired number, {want.desired}."}
    return {}
