"""The grid of a week: who works where, what is short, which rules are broken, as far as viewers may know."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import select

from network.access.rules import Actor, Permission
from network.plumbing.database import db, today
from network.vocabulary import Discipline, SessionKind
from rota.cover.queries import Cover, StripView
from rota.cover.rules import CellView
from rota.cover.wording import KIND_LABELS, REMOTE
from rota.demand.queries import bank_holidays
from rota.edits.queries import last_number
from rota.edits.rules import Cell
from rota.facts.queries import remembered_facts_of
from rota.grid.rules import mark_of
from rota.grid.wording import SIGNS, away_code, count_said, fixed_code, states_said
from rota.jobs.queries import find_running_job
from rota.jobs.wording import Summary, summary_of
from rota.leave.rules import NEED_TO_KNOW, Away, keeps_away
from rota.planning.queries import Planned, planned_for
from rota.roster.rules import monday_of
from rota.rotas.queries import find_draft, get_version_for, sees_drafts
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import PeriodState, VersionState, said_period
from rota.solver.staff_rota import Breach, Session, breaches
from rota.solver.staff_rota.solution import Rota
from rota.staff.records import RotaMember


@dataclass(frozen=True)
class DayView:
    """A day's heading: its number in the week counts from 1."""

    day: date
    number: int
    sessions: tuple[tuple[SessionKind, str], ...]
    is_today: bool
    holiday: str
    is_short: bool = False


@dataclass(frozen=True)
class RowView:
    """A person's week."""

    member_id: uuid.UUID
    name: str
    count: str
    is_over: bool
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class Grid:
    """One week of a version, ready to be drawn."""

    version: RotaVersion
    monday: date
    mondays: tuple[date, ...]
    days: tuple[DayView, ...]
    groups: tuple[tuple[Discipline, tuple[RowView, ...]], ...]
    strips: tuple[StripView, ...]
    shorts: tuple[CellView, ...]
    summary: Summary
    breaches: tuple[str, ...]
    is_stale: bool
    job_id: uuid.UUID | None
    may_fill: bool
    may_publish: bool
    may_edit: bool
    is_planner: bool
    may_copy: bool
    draft_id: uuid.UUID | None
    sites: tuple[tuple[str, str], ...]
    number: int

    @property
    def said(self) -> str:
        period = self.version.period
        return said_period(period.starts_on, period.ends_on)

    @property
    def day_shown(self) -> int:
        """The day of the week that a phone shows first: today, or the first."""
        return next(
            (day.number for day in self.days if day.is_today), self.days[0].number if self.days else 1
        )

    @property
    def is_draft(self) -> bool:
        return self.version.state is VersionState.DRAFT

    @property
    def week_number(self) -> int:
        return self.mondays.index(self.monday) + 1

    @property
    def before(self) -> date | None:
        return self.mondays[self.week_number - 2] if self.week_number > 1 else None

    @property
    def after(self) -> date | None:
        return self.mondays[self.week_number] if self.week_number < len(self.mondays) else None

    @property
    def width(self) -> int:
        return sum(len(day.sessions) for day in self.days)


def grid_for(viewer: Actor, version_id: uuid.UUID, monday: date | None = None) -> Grid:
    """Return a week of a version; where none is named, this week or the first."""
    version = get_version_for(viewer, version_id)
    return Week(viewer, version, planned_for(version, remembered_facts_of(version.period)), monday).grid()


@dataclass(frozen=True)
class Week:
    """Rows at hand, and the questions that drawing a week asks."""

    viewer: Actor
    version: RotaVersion
    planned: Planned
    asked_for: date | None = None

    def grid(self) -> Grid:
        draft = self.version.state is VersionState.DRAFT
        may_fill = self.viewer.may(Permission.FILL_ROTA)
        return Grid(
            version=self.version,
            monday=self.monday,
            mondays=self.mondays,
            days=self.days,
            groups=self._groups(),
            strips=self.cover.strips() if self.is_planner else (),
            shorts=self.cover.shorts() if self.is_planner else (),
            summary=self.summary,
            breaches=tuple(dict.fromkeys(self.said(each) for each in self.breaches)),
            is_stale=draft and self.is_stale,
            job_id=find_running_job(self.version.id) if self.is_planner else None,
            may_fill=may_fill and draft,
            may_publish=self.viewer.may(Permission.PUBLISH_ROTA) and draft,
            may_edit=draft and self.is_planner,
            is_planner=self.is_planner,
            may_copy=may_fill and self.version.state is VersionState.CHOSEN and not self.is_closed,
            draft_id=find_draft(self.version.period_id) if self.is_planner else None,
            sites=tuple((site.code, site.name) for site in self.planned.sites.values()),
            number=last_number(self.version.id) if draft else 0,
        )

    @property
    def is_closed(self) -> bool:
        return self.version.period.state is PeriodState.CLOSED

    @cached_property
    def is_planner(self) -> bool:
        return sees_drafts(self.viewer)

    @cached_property
    def is_stale(self) -> bool:
        return bool(self.version.input_hash) and self.version.input_hash != self.planned.hash

    @cached_property
    def summary(self) -> Summary:
        return summary_of(self.planned.problem, self.planned.plan)

    @cached_property
    def mondays(self) -> tuple[date, ...]:
        period = self.version.period
        weeks = (period.ends_on - period.starts_on).days // 7 + 1
        return tuple(period.starts_on + timedelta(weeks=number) for number in range(weeks))

    @cached_property
    def monday(self) -> date:
        wanted = monday_of(self.asked_for or today())
        return wanted if wanted in self.mondays else self.mondays[0]

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions that the week shows: early ones only where somebody is wanted or works then."""
        problem = self.planned.problem
        used = {duty.session for duty in problem.duties}
        return tuple(
            session
            for session in problem.weeks.get(self.monday, ())
            if session.kind != SessionKind.EARLY or session.number in used
        )

    @cached_property
    def days(self) -> tuple[DayView, ...]:
        last = self.monday + timedelta(6)
        holidays = {holiday.day: holiday.name for holiday in bank_holidays(self.monday, last)}
        kinds: dict[date, list[SessionKind]] = {}
        for session in self.sessions:
            kinds.setdefault(session.day, []).append(SessionKind(session.kind))
        short = {
            session.day for session in self.sessions if self.is_planner and self.cover.missing[session.number]
        }
        return tuple(
            DayView(
                day=day,
                number=day.weekday() + 1,
                sessions=tuple((kind, KIND_LABELS[kind]) for kind in on_day),
                is_today=day == today(),
                holiday=holidays.get(day, ""),
                is_short=day in short,
            )
            for day, on_day in kinds.items()
        )

    @cached_property
    def rota(self) -> Rota:
        return Rota(self.planned.problem, self.planned.plan)

    @cached_property
    def cover(self) -> Cover:
        return Cover(self.planned, self.rota, self.sessions, self.places_in_week)

    @cached_property
    def assigned(self) -> dict[tuple[uuid.UUID, date, SessionKind], Assignment]:
        rows = db.session.scalars(
            select(Assignment).where(
                Assignment.version_id == self.version.id,
                Assignment.day.between(self.monday, self.monday + timedelta(6)),
            )
        )
        return {(row.member_id, row.day, row.kind): row for row in rows}

    @cached_property
    def breaches(self) -> tuple[Breach, ...]:
        """The hard rules that the plan breaks; those who do not plan are not told."""
        return breaches(self.planned.problem, self.planned.plan) if self.is_planner else ()

    @cached_property
    def broken(self) -> set[tuple[str, int | None]]:
        return {(each.person, each.session) for each in self.breaches if each.person}

    def said(self, breach: Breach) -> str:
        """Tell a breach: to those who may not know why somebody is away, without the why."""
        return breach.said if self.knows_why(breach.person) else breach.said_to_peers

    def knows_why(self, person: str | None) -> bool:
        member = self.planned.members.get(uuid.UUID(person)) if person else None
        return member is None or self._may(Permission.SEE_SICKNESS, member)

    def _may(self, permission: Permission, member: RotaMember) -> bool:
        post = member.engagement
        return self.viewer.may(permission, organisation_id=post.employer_id, person_id=post.person_id)

    # People

    def _groups(self) -> tuple[tuple[Discipline, tuple[RowView, ...]], ...]:
        found: dict[Discipline, list[RotaMember]] = {}
        for member in self.planned.members.values():
            found.setdefault(member.engagement.role.discipline, []).append(member)
        order = list(Discipline)
        return tuple(
            (discipline, tuple(self.row(member) for member in found[discipline]))
            for discipline in sorted(found, key=order.index)
        )

    def row(self, member: RotaMember) -> RowView:
        """Draw a person's week."""
        post = member.engagement
        person = self.planned.problem.person_by_key[str(member.id)]
        own = self.own_minutes(member)
        credited = sum(person.credits.get(session.number, 0) for session in self.sessions)
        owed = max(0, post.weekly_minutes - credited)
        is_over = own > owed + member.tolerance_minutes + post.session_minutes // 2
        count = f"{count_said(own, post.session_minutes)}/{count_said(owed, post.session_minutes)}"
        return RowView(
            member_id=member.id,
            name=member.name,
            count=count if self.is_planner else "",
            is_over=is_over and self.is_planner,
            cells=tuple(self.cell(member, session) for session in self.sessions),
        )

    def own_minutes(self, member: RotaMember) -> int:
        """Add up a person's week: duties and what the pattern fixes."""
        person = self.planned.problem.person_by_key[str(member.id)]
        shown = {session.number for session in self.planned.problem.weeks.get(self.monday, ())}
        duties = sum(
            person.counted_minutes(duty) for duty in self.rota.duties_of(person) if duty.session in shown
        )
        return duties + sum(each.minutes for each in person.commitments if each.session in shown)

    def cell(self, member: RotaMember, session: Session) -> CellView:
        """Draw one person in one session."""
        kind = SessionKind(session.kind)
        key = Cell(member.id, session.day, kind).key
        base = self.places_in_week[session.number]
        row = self.assigned.get((member.id, session.day, kind))
        is_broken = (str(member.id), session.number) in self.broken
        breach, told = (" breach", "breaks a rule") if is_broken else ("", "")
        if row is not None:
            return self._worked(key, base, row, breach, told)
        times = self.planned.times[member.id]
        if away := keeps_away(times.absences, session.day, kind):
            text, label = away_code(away, self.knows_absence(away, member))
            return CellView(key, text, f"{base} away{breach}", states_said((label, told)))
        if activity := times.fixed(session.day, kind):
            return CellView(
                key, fixed_code(activity), f"{base} away{breach}", states_said((activity.label, told))
            )
        return CellView(key, "", base + breach, told)

    def _worked(self, key: str, base: str, row: Assignment, breach: str, told: str) -> CellView:
        site = self.planned.sites.get(row.site_id) if row.site_id else None
        draft = self.version.state is VersionState.DRAFT
        pinned = row.is_pinned and self.is_planner
        classes = f"{base} on{' draft' if draft else ''}{' pinned' if pinned else ''}{breach}"
        words = (site.name if site else "Remote", row.activity.label, "draft" if draft else "")
        label = states_said((*words, "pinned" if pinned else "", told))
        return CellView(
            key,
            site.code if site else REMOTE,
            classes,
            label,
            sign=SIGNS.get(row.activity, ""),
            seen=mark_of(row.id, row.row_version) if draft else "",
        )

    def knows_absence(self, away: Away, member: RotaMember) -> bool:
        if not self._may(Permission.SEE_LEAVE, member):
            return False
        is_own = member.engagement.person_id == self.viewer.person_id
        return away.kind not in NEED_TO_KNOW or is_own or self._may(Permission.SEE_SICKNESS, member)

    @cached_property
    def places_in_week(self) -> dict[int, str]:
        firsts: dict[date, int] = {}
        for session in self.sessions:
            firsts.setdefault(session.day, session.number)
        return {
            session.number: f"day-{session.day.weekday() + 1}"
            + (" first" if firsts[session.day] == session.number else "")
            for session in self.sessions
        }
