"""What is shown of a rota version, and what its viewer may know."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Row, select

from network.access.rules import Actor, Permission
from network.plumbing.database import db, today
from network.vocabulary import SessionKind
from rota.clinic_series.records import ClinicSession
from rota.clinics.records import ClinicType
from rota.cover.queries import Cover
from rota.cover.wording import KIND_LABELS
from rota.demand.queries import bank_holidays
from rota.edits.rules import session_key
from rota.leave.rules import NEED_TO_KNOW, Away
from rota.planning.queries import Planned
from rota.roster.rules import monday_of
from rota.rotas.queries import sees_drafts
from rota.rotas.records import Assignment, DemandLine, RotaVersion
from rota.rotas.rules import VersionState
from rota.solver.staff_rota import Breach, Session
from rota.solver.staff_rota.solution import Plan, Rota
from rota.staff.records import RotaMember
from rota.views.rules import Look, short_names, weeks_shown

USUAL = Look()


# What pages tell of a placement: bare columns, for a page has hundreds.
TOLD = (
    "id",
    "row_version",
    "member_id",
    "day",
    "kind",
    "line_id",
    "site_id",
    "role_group",
    "activity",
    "starts_at",
    "ends_at",
    "source",
    "is_pinned",
)


@dataclass(frozen=True)
class DayView:
    """A day's heading: its number in the week counts from 1."""

    day: date
    number: int
    sessions: tuple[tuple[SessionKind, str], ...]
    is_today: bool
    holiday: str
    begins_week: bool


@dataclass(frozen=True)
class Slot:
    """A session's place on the page: the end of its cells' ids, and the classes that put them there."""

    session: Session
    kind: SessionKind
    key: str
    classes: str


@dataclass(frozen=True)
class View:
    """The sessions of a version that are shown, and to whom."""

    viewer: Actor
    version: RotaVersion
    planned: Planned
    asked_for: date | None = None
    look: Look = USUAL

    @property
    def is_draft(self) -> bool:
        return self.version.state is VersionState.DRAFT

    @cached_property
    def is_planner(self) -> bool:
        return sees_drafts(self.viewer)

    @cached_property
    def rota(self) -> Rota:
        return self.planned.rota

    @cached_property
    def meetings(self) -> dict[tuple[str, int], str]:
        """Say by person and session which meeting somebody's time is kept for: 'MDT meeting at 10:00'."""
        return {
            (person.key, each.session): f"{each.activity} at {each.starts:%H:%M}"
            for person in self.planned.problem.people
            for each in person.commitments
            if each.meeting
        }

    @cached_property
    def cover(self) -> Cover:
        return Cover(self.planned, self.rota, self.sessions, self.places_in_week)

    @cached_property
    def mondays(self) -> tuple[date, ...]:
        period = self.version.period
        weeks = (period.ends_on - period.starts_on).days // 7 + 1
        return tuple(period.starts_on + timedelta(weeks=number) for number in range(weeks))

    @cached_property
    def monday(self) -> date:
        """The week asked for, else this week or the first."""
        wanted = monday_of(self.asked_for or self.look.week or today())
        return wanted if wanted in self.mondays else self.mondays[0]

    @cached_property
    def weeks(self) -> tuple[date, ...]:
        """The weeks shown; somebody's own sheet has all of them."""
        if self.look.person:
            return self.mondays
        return weeks_shown(self.mondays, self.monday, self.look.weeks)

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions shown: early ones only where somebody is wanted or works then."""
        problem = self.planned.problem
        used = {duty.session for duty in problem.duties}
        return tuple(
            session
            for monday in self.weeks
            for session in problem.weeks.get(monday, ())
            if session.kind != SessionKind.EARLY or session.number in used
        )

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        firsts, weeks = self._firsts(lambda day: day), self._firsts(monday_of)
        return tuple(
            Slot(
                session,
                SessionKind(session.kind),
                session_key(session.day, SessionKind(session.kind)),
                f"day-{session.day.weekday() + 1}"
                + (" first" if session.number in firsts else "")
                + (" week" if session.number in weeks and len(self.weeks) > 1 else ""),
            )
            for session in self.sessions
        )

    def _firsts(self, part: Callable[[date], date]) -> set[int]:
        """Number the first session shown of each day, or of each week."""
        found: dict[date, int] = {}
        for session in self.sessions:
            found.setdefault(part(session.day), session.number)
        return set(found.values())

    @cached_property
    def places_in_week(self) -> dict[int, str]:
        """The classes that place each session on the page."""
        return {slot.session.number: slot.classes for slot in self.slots}

    @cached_property
    def days(self) -> tuple[DayView, ...]:
        holidays = {
            holiday.day: holiday.name
            for holiday in bank_holidays(self.weeks[0], self.weeks[-1] + timedelta(6))
        }
        kinds: dict[date, list[Slot]] = {}
        for slot in self.slots:
            kinds.setdefault(slot.session.day, []).append(slot)
        return tuple(
            DayView(
                day=day,
                number=day.weekday() + 1,
                sessions=tuple((slot.kind, KIND_LABELS[slot.kind]) for slot in on_day),
                is_today=day == today(),
                holiday=holidays.get(day, ""),
                begins_week=on_day[0].classes.endswith("week"),
            )
            for day, on_day in kinds.items()
        )

    @cached_property
    def assigned(self) -> dict[tuple[uuid.UUID, date, SessionKind], Row[Any]]:
        """What stands in the cells shown, as far as pages tell it."""
        rows = db.session.execute(
            select(*(getattr(Assignment, name) for name in TOLD)).where(
                Assignment.version_id == self.version.id,
                Assignment.day.between(self.weeks[0], self.weeks[-1] + timedelta(6)),
            )
        )
        return {(row.member_id, row.day, row.kind): row for row in rows}

    @cached_property
    def clinics(self) -> dict[uuid.UUID, str]:
        """Name the clinics in which lines of demand are seats, by line."""
        rows = db.session.execute(
            select(DemandLine.id, ClinicType.name)
            .join(DemandLine.clinic_session)
            .join(ClinicSession.clinic_type)
            .where(DemandLine.period_id == self.version.period_id)
        )
        return {line_id: name for line_id, name in rows}

    # Rules

    @cached_property
    def breaches(self) -> tuple[Breach, ...]:
        """The hard rules that the plan breaks; those who do not plan are not told."""
        return self.planned.breaches if self.is_planner else ()

    @cached_property
    def broken(self) -> set[tuple[str, int | None]]:
        return {(each.person, each.session) for each in self.breaches if each.person}

    def said(self, breach: Breach) -> str:
        """Tell a breach: to those who may not know why somebody is away, without the why."""
        return breach.said if self.knows_why(breach.person) else breach.said_to_peers

    # What people were told

    @cached_property
    def told(self) -> dict[tuple[str, int], tuple[str, str]]:
        """Where and what people were told to work, by person and session, if it was in another version."""
        return self._where(Plan.of(self.planned.problem.published))

    @cached_property
    def changed(self) -> set[tuple[str, int]]:
        """Who is somewhere else than they were told, and when; only planners see it."""
        if not (self.told and self.is_planner and self.is_draft):
            return set()
        now = self._where(self.planned.plan)
        return {key for key in self.told.keys() | now.keys() if self.told.get(key) != now.get(key)}

    def _where(self, plan: Plan) -> dict[tuple[str, int], tuple[str, str]]:
        duties = ((each.person, self.planned.problem.duty_by_number[each.duty]) for each in plan.placements)
        return {(person, duty.session): (duty.site or "", duty.activity) for person, duty in duties}

    # What the viewer may know

    def knows_why(self, person: str | None) -> bool:
        """Say whether the viewer may know why somebody is away."""
        member = self.planned.members.get(uuid.UUID(person)) if person else None
        return member is None or self._may(Permission.SEE_SICKNESS, member)

    def knows_absence(self, away: Away, member: RotaMember) -> bool:
        """Say whether the viewer may know what kind of leave this is."""
        if not self._may(Permission.SEE_LEAVE, member):
            return False
        is_own = member.engagement.person_id == self.viewer.person_id
        return away.kind not in NEED_TO_KNOW or is_own or self._may(Permission.SEE_SICKNESS, member)

    def _may(self, permission: Permission, member: RotaMember) -> bool:
        post = member.engagement
        return self.viewer.may(permission, organisation_id=post.employer_id, person_id=post.person_id)

    @cached_property
    def called(self) -> dict[str, str]:
        """What people are called where there is little room, by key."""
        people = ((str(member.id), member.engagement.person) for member in self.planned.members.values())
        return short_names({key: (person.given_name, person.family_name) for key, person in people})
