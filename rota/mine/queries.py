"""The viewer's own rota: sessions as published, what their pattern fixes, leave, and what is news to them."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from network.access.rules import Actor
from network.organisations.records import Site
from network.organisations.rules import kinds_on
from network.people.records import Engagement
from network.plumbing.database import ENGLAND, db, today
from network.vocabulary import SessionKind
from rota.cover.wording import KIND_LABELS
from rota.demand.queries import bank_holidays, closures_for_planning
from rota.edits.rules import Cell
from rota.exposure_sessions.queries import exposures_for_planning
from rota.holds.queries import meetings_of
from rota.leave.queries import as_away
from rota.leave.records import Absence
from rota.leave.rules import KEEPS_AWAY, ORDER, Away, keeps_away
from rota.mine.rules import (
    DAYS_AHEAD,
    WEEKS_SHOWN,
    Entry,
    EntryKind,
    OwnDay,
    OwnWeek,
    first_monday,
    in_order,
)
from rota.mine.wording import away_said, half_day_entry, hours_said, meeting_entry
from rota.notices.queries import open_notices
from rota.notices.records import Notice
from rota.notices.rules import Change, merged
from rota.roster.queries import shut_by_site, times_of
from rota.roster.rules import USUAL_HOURS, Time, capped, on_day
from rota.rotas.records import Assignment, RotaPeriod, RotaVersion
from rota.rotas.rules import VersionState, days_between
from rota.staff.records import RotaMember, WorkingPattern
from rota.staff.rules import Availability

EVENING = "Evening"


@dataclass(frozen=True)
class MyRota:
    """The viewer's own page."""

    weeks: tuple[OwnWeek, ...]
    notices: Sequence[Notice]
    changes: tuple[Change, ...]
    is_member: bool

    @property
    def first(self) -> date:
        return self.weeks[0].monday

    @property
    def earlier(self) -> date:
        return self.first - timedelta(weeks=WEEKS_SHOWN)

    @property
    def later(self) -> date:
        return self.first + timedelta(weeks=WEEKS_SHOWN)

    @property
    def has_unseen(self) -> bool:
        return any(notice.seen_at is None for notice in self.notices)

    @property
    def new_rotas(self) -> tuple[Notice, ...]:
        """What was published for the first time and not confirmed yet."""
        return tuple(notice for notice in self.notices if notice.is_first)


@dataclass(frozen=True)
class ComingDays:
    """What the first page shows of somebody's own rota."""

    days: tuple[OwnDay, ...]
    is_member: bool
    unconfirmed: int


def my_rota(viewer: Actor, asked_for: date | None = None) -> MyRota:
    """Return some weeks of the viewer's own rota, from the one asked for."""
    monday = first_monday(asked_for, today())
    own = _Own(viewer, monday, monday + timedelta(weeks=WEEKS_SHOWN, days=-1))
    return MyRota(own.weeks(), own.notices, own.changes, bool(own.members))


def coming_days(viewer: Actor) -> ComingDays:
    """Return what the viewer has in the days from today on: on a Sunday that is the week to come."""
    own = _Own(viewer, today(), today() + timedelta(DAYS_AHEAD - 1))
    days = tuple(day for day in own.days() if day.entries)
    return ComingDays(days, bool(own.members), len(own.changes) or len(own.notices))


@dataclass(frozen=True)
class _Own:
    """The viewer, some days, and what is read about them."""

    viewer: Actor
    first: date
    last: date

    @cached_property
    def members(self) -> Sequence[RotaMember]:
        if self.viewer.person_id is None:
            return ()
        return db.session.scalars(
            select(RotaMember)
            .join(RotaMember.engagement)
            .where(Engagement.person_id == self.viewer.person_id)
            .options(
                joinedload(RotaMember.engagement).joinedload(Engagement.employer),
                joinedload(RotaMember.home_site).selectinload(Site.openings),
                selectinload(RotaMember.patterns).selectinload(WorkingPattern.cells),
            )
            .order_by(RotaMember.planned_from, RotaMember.id)
        ).all()

    @cached_property
    def member_ids(self) -> list[uuid.UUID]:
        return [member.id for member in self.members]

    @cached_property
    def assigned(self) -> Mapping[Cell, Assignment]:
        rows = db.session.scalars(
            select(Assignment)
            .join(Assignment.version)
            .where(
                RotaVersion.state == VersionState.CHOSEN,
                Assignment.member_id.in_(self.member_ids),
                Assignment.day.between(self.first, self.last),
            )
            .options(joinedload(Assignment.site))
        )
        return {Cell(row.member_id, row.day, row.kind): row for row in rows}

    @cached_property
    def times(self) -> Mapping[uuid.UUID, Time]:
        absences: dict[uuid.UUID, tuple[Away, ...]] = {}
        rows = db.session.scalars(
            select(Absence).where(
                Absence.member_id.in_(self.member_ids),
                Absence.state.in_(KEEPS_AWAY),
                Absence.starts_on <= self.last,
                Absence.ends_on >= self.first,
            )
        )
        for row in rows:
            absences[row.member_id] = (*absences.get(row.member_id, ()), as_away(row))
        shut = shut_by_site(closures_for_planning(self.first, self.last))
        return {
            member.id: times_of(member, absences.get(member.id, ()), shut.get(member.home_site_id, {}))
            for member in self.members
        }

    @cached_property
    def published(self) -> frozenset[date]:
        """The days of which a rota is published."""
        periods = db.session.execute(
            select(RotaPeriod.starts_on, RotaPeriod.ends_on)
            .join(RotaPeriod.versions)
            .where(
                RotaVersion.state == VersionState.CHOSEN,
                RotaPeriod.starts_on <= self.last,
                RotaPeriod.ends_on >= self.first,
            )
        )
        return frozenset(day for starts_on, ends_on in periods for day in days_between(starts_on, ends_on))

    @cached_property
    def besides(self) -> list[tuple[date, Entry]]:
        """The meetings and the half-days that the viewer is to come to."""
        meetings = meetings_of(self.viewer.person_id, self.first, self.last)
        booked = exposures_for_planning(self.first, self.last)
        half_days = (each for own in self.member_ids for each in booked.get(own, ()))
        found = [(kept.day, meeting_entry(kept)) for kept in meetings]
        return found + [(each.day, half_day_entry(each)) for each in half_days]

    @cached_property
    def notices(self) -> Sequence[Notice]:
        return open_notices(self.viewer)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        return merged(change.value for notice in self.notices for change in notice.changes)

    @cached_property
    def changed(self) -> Mapping[Cell, Change]:
        return {change.cell: change for change in self.changes}

    def weeks(self) -> tuple[OwnWeek, ...]:
        days = self.days()
        return tuple(
            OwnWeek(days[place].day, days[place : place + 7], days[place].day in self.published)
            for place in range(0, len(days), 7)
        )

    def days(self) -> tuple[OwnDay, ...]:
        holidays = {each.day: each.name for each in bank_holidays(self.first, self.last)}
        return tuple(
            OwnDay(day, in_order(self._entries(day)), holidays.get(day, ""))
            for day in days_between(self.first, self.last)
        )

    def _entries(self, day: date) -> Iterator[Entry]:
        for cell, row in self.assigned.items():
            if cell.day == day:
                yield self._assigned(cell, row)
        for cell, change in self.changed.items():
            if cell.day == day and cell not in self.assigned:
                yield self._gone(cell, change)
        for member in self.members:
            for kind in kinds_on(day.weekday()):
                if (entry := self._besides(member, Cell(member.id, day, kind))) is not None:
                    yield entry
        yield from (entry for when, entry in self.besides if when == day)

    def _assigned(self, cell: Cell, row: Assignment) -> Entry:
        """Give a session of the rota, or the leave that was granted in it since it was published."""
        worked = self._worked(cell, row)
        away = keeps_away(self.times[cell.member_id].absences, cell.day, cell.kind)
        if away is None:
            return worked
        base = Entry(EntryKind.AWAY, worked.order, worked.labels, away_said(away), post=worked.post)
        return replace(base, taken=(f"{worked.title} {worked.where}".strip(),))

    def _worked(self, cell: Cell, row: Assignment) -> Entry:
        starts, ends = (each.astimezone(ENGLAND) for each in (row.starts_at, row.ends_at))
        return Entry(
            kind=EntryKind.WORK,
            order=ORDER[cell.kind],
            labels=(_label(cell.kind),),
            title=row.activity.label,
            hours=f"{starts:%H:%M} to {ends:%H:%M}",
            site=row.site.name if row.site else "",
            address=row.site.address if row.site else "",
            is_remote=row.site is None,
            post=self._post(cell.member_id),
            change=self.changed.get(cell),
        )

    def _gone(self, cell: Cell, change: Change) -> Entry:
        before = change.before
        return Entry(
            kind=EntryKind.GONE,
            order=ORDER[cell.kind],
            labels=(_label(cell.kind),),
            title=before.said if before else "",
            hours=before.hours if before else "",
            change=change,
        )

    def _besides(self, member: RotaMember, cell: Cell) -> Entry | None:
        """Give what somebody has in a session beside the rota: leave, or what their pattern fixes."""
        times = self.times[member.id]
        choice = times.choice(cell.day, cell.kind)
        if cell in self.assigned or choice is None or choice.availability is Availability.NEVER:
            return None
        base = Entry(EntryKind.AWAY, ORDER[cell.kind], (_label(cell.kind),), "", post=self._post(member.id))
        if away := keeps_away(times.absences, cell.day, cell.kind):
            return replace(base, title=away_said(away))
        if (activity := times.fixed(cell.day, cell.kind)) is None:
            return None
        home = member.home_site
        return replace(
            base,
            kind=EntryKind.FIXED,
            title=activity.label,
            hours=hours_said(*_home_hours(member, cell.day, cell.kind)),
            site=home.name if home else "",
            address=home.address if home else "",
        )

    def _post(self, member_id: uuid.UUID) -> str:
        """Name the post, where there are several."""
        if len(self.members) < 2:
            return ""
        post = next(member.engagement for member in self.members if member.id == member_id)
        return f"{post.role.label}, {post.employer.short_name}"


def _home_hours(member: RotaMember, day: date, kind: SessionKind) -> tuple[datetime, datetime]:
    openings: dict[tuple[int, SessionKind], tuple[time, time]] = {
        (opening.weekday, opening.kind): (opening.starts_at, opening.ends_at)
        for opening in (member.home_site.openings if member.home_site else ())
    }
    starts, ends = openings.get((day.weekday(), kind), USUAL_HOURS[kind])
    return capped((on_day(day, starts), on_day(day, ends)), member.engagement.session_minutes)


def _label(kind: SessionKind) -> str:
    return EVENING if kind is SessionKind.EVENING else KIND_LABELS[kind]
