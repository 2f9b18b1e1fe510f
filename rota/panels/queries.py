"""A cell looked at closely: what stands there, what could, and what each choice would break."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from network.access.rules import Actor, Permission
from network.plumbing.database import ENGLAND
from network.plumbing.refusals import NotFound
from network.vocabulary import Activity, SessionKind
from rota.cover.wording import REMOTE, session_said
from rota.edits.queries import history_of
from rota.edits.rules import Cell
from rota.facts.queries import remembered_facts_of
from rota.grid.rules import may_change
from rota.leave.queries import decides_on
from rota.leave.rules import keeps_away
from rota.panels.rules import Broken, Choice, Elsewhere, in_all, without
from rota.panels.wording import change_said
from rota.planning.queries import planned_for
from rota.requests.queries import may_ask_for
from rota.requests.rules import Asked
from rota.requests.wording import said_with_points
from rota.rotas.queries import get_version_for
from rota.rotas.records import DemandLine
from rota.rotas.rules import VersionState
from rota.rows.queries import Week
from rota.rows.rules import mark_of
from rota.rows.wording import away_code
from rota.solver.staff_rota import Breach, Duty, Placement, Plan, Scope, breaches_seen
from rota.solver.staff_rota.solution import Rota
from rota.staff.records import RotaMember
from rota.views.rules import Look


@dataclass(frozen=True)
class Panel:
    """What stands beside the grid when a cell is chosen."""

    version_id: uuid.UUID
    cell: Cell
    name: str
    session: str
    stands: str
    why_empty: str
    wish: str
    leaves: str
    source: str
    is_pinned: bool
    is_placed: bool
    line_id: uuid.UUID | None
    seen: str
    breaks: tuple[Broken, ...]
    anyway: tuple[str, ...]
    choices: tuple[Choice, ...]
    sites: tuple[tuple[str, str], ...]
    activities: tuple[Activity, ...]
    activity: Activity
    may_edit: bool
    may_record_leave: bool
    elsewhere: tuple[Elsewhere, ...]
    history: tuple[tuple[datetime, str], ...]


def panel_for(viewer: Actor, version_id: uuid.UUID, cell: Cell) -> tuple[Panel, Week]:
    """Return a cell looked at closely, and the week it lies in."""
    version = get_version_for(viewer, version_id)
    facts = remembered_facts_of(version.period)
    planned = planned_for(version, facts)
    week = Week(viewer, version, planned, look=Look(week=cell.day))
    member = planned.members.get(cell.member_id)
    if member is None or (cell.day, cell.kind) not in planned.session_of:
        raise NotFound
    return _Close(week, cell, member, facts.roster.requests.get(member.id, ())).panel(), week


class _Close:
    """One cell of a week, looked at."""

    def __init__(self, week: Week, cell: Cell, member: RotaMember, asked: Sequence[Asked]) -> None:
        self.week, self.cell, self.member, self.asked = week, cell, member, asked
        self.planned = week.planned
        self.session = self.planned.session_of[cell.day, cell.kind]
        self.row = week.assigned.get((cell.member_id, cell.day, cell.kind))
        self.person = self.planned.problem.person_by_key[str(member.id)]
        duties = week.rota.duties_of(self.person)
        self.here = [duty for duty in duties if duty.session == self.session.number]
        here_now = {Placement(self.person.key, duty.number) for duty in self.here}
        self.rest = Rota(self.planned.problem, Plan(self.planned.plan.placements - here_now))

    def panel(self) -> Panel:
        may_edit = self.may_edit
        row = self.row
        choices = self._choices() if may_edit else ()
        anyway = in_all(choices)
        return Panel(
            version_id=self.week.version.id,
            cell=self.cell,
            name=self.member.name,
            session=session_said(self.cell.day, self.cell.kind),
            stands=self._stands(),
            why_empty=self._why_empty(),
            wish=self._wish(),
            leaves=self._leaves() if may_edit else "",
            source=row.source.label if row and self.week.is_planner else "",
            is_pinned=bool(row and row.is_pinned and self.week.is_planner),
            is_placed=row is not None,
            line_id=row.line_id if row else None,
            seen=mark_of(row.id if row else None, row.row_version if row else 0),
            breaks=self._now_broken() if self.week.is_planner else (),
            anyway=anyway,
            choices=tuple(replace(choice, breaks=without(choice.breaks, anyway)) for choice in choices),
            sites=tuple(
                (str(site.id), site.name)
                for site in self.planned.sites.values()
                if self._may_use(site.organisation_id)
            ),
            activities=tuple(Activity),
            activity=self._usual_activity(),
            may_edit=may_edit,
            may_record_leave=decides_on(self.week.viewer, self.member),
            elsewhere=self._elsewhere() if may_edit and row else (),
            history=self._history() if self.week.is_planner else (),
        )

    def _wish(self) -> str:
        """Say what the person wished for this session, to those who may know."""
        if not may_ask_for(self.week.viewer, self.member):
            return ""
        asked = (each for each in self.asked if each.span.takes(self.cell.day, self.cell.kind))
        return next(map(said_with_points, asked), "")

    def _elsewhere(self) -> tuple[Elsewhere, ...]:
        """Give the other sessions of the week, for moving this one there."""
        found = []
        for slot in self.week.slots:
            day = slot.session.day
            if (day, slot.kind) == self.cell[1:]:
                continue
            row = self.week.assigned.get((self.member.id, day, slot.kind))
            site = self.planned.sites.get(row.site_id) if row and row.site_id else None
            instead = f", instead of {site.code if site else REMOTE}" if row else ""
            mark = mark_of(row.id, row.row_version) if row else mark_of(None)
            found.append(
                Elsewhere(f"{day} {slot.kind.value} {mark}", f"{session_said(day, slot.kind)}{instead}")
            )
        return tuple(found)

    def _history(self) -> tuple[tuple[datetime, str], ...]:
        names = {str(site.id): site.name for site in self.planned.sites.values()}
        return tuple(
            (
                each.edit.at,
                change_said(each.edit.kind, each.before, each.after, names, each.edit.by, each.edit.why),
            )
            for each in history_of(self.week.version.id, self.cell)
        )

    @property
    def may_edit(self) -> bool:
        """Say whether anything can be done here: their own person, or one of their sites."""
        if self.week.version.state is not VersionState.DRAFT or not self.week.is_planner:
            return False
        if self._may(self.member.engagement.employer_id):
            return True
        current = self.planned.sites.get(self.row.site_id) if self.row and self.row.site_id else None
        if current is not None:
            return self._may(current.organisation_id)
        return self.row is None and any(
            self._may(site.organisation_id) for site in self.planned.sites.values()
        )

    def _may(self, organisation_id: uuid.UUID) -> bool:
        return self.week.viewer.may(Permission.EDIT_ROTA, organisation_id=organisation_id)

    def _may_use(self, organisation_id: uuid.UUID | None) -> bool:
        return may_change(self._may, self.member.engagement.employer_id, [organisation_id])

    def _stands(self) -> str:
        if self.row is None:
            return ""
        site = self.planned.sites.get(self.row.site_id) if self.row.site_id else None
        times = (
            f"{self.row.starts_at.astimezone(ENGLAND):%H:%M} to {self.row.ends_at.astimezone(ENGLAND):%H:%M}"
        )
        return f"{self.row.activity.label} at {site.name if site else 'no fixed place (remote)'}, {times}"

    def _why_empty(self) -> str:
        times = self.planned.times[self.member.id]
        if away := keeps_away(times.absences, self.cell.day, self.cell.kind):
            return away_code(away, self.week.knows_absence(away, self.member))[1]
        if activity := times.fixed(self.cell.day, self.cell.kind):
            return f"{activity.label}, fixed by the working pattern"
        if kept := self.week.meetings.get((self.person.key, self.session.number)):
            return kept
        if self.week.is_planner and (why := times.why_not(self.cell.day, self.cell.kind)):
            return why.capitalize()
        return ""

    def _leaves(self) -> str:
        """Say what is left short where this person goes."""
        is_away = self.session.number in self.person.absent
        if is_away or not self.planned.problem.counts_as_cover(self.person):
            return ""
        for duty in self.here:
            left = self.week.rota.cover_of(duty) - 1
            if left < duty.minimum:
                where = self.planned.problem.site_by_code[duty.site].name if duty.site else "remote"
                return f"Without {self.member.name}, {duty.activity} ({where}) has {left} of {duty.minimum}."
        return ""

    def _now_broken(self) -> tuple[Broken, ...]:
        found = {self.week.said(each): cell_of(self.week, each) for each in self._breaches(self.week.rota)}
        return tuple(Broken(said, cell if cell != self.cell.key else "") for said, cell in found.items())

    def _told(self, seen: Rota) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.week.said(each) for each in self._breaches(seen)))

    def _breaches(self, seen: Rota) -> list[Breach]:
        """Find the rules that a plan breaks for this person, or in this session."""
        scope = Scope(frozenset({self.person.key}), frozenset({self.session.number}))
        return [each for each in breaches_seen(seen, scope) if each.person in (None, self.person.key)]

    def _choices(self) -> tuple[Choice, ...]:
        duties = [
            duty
            for duty in self.planned.problem.duties_in[self.session.number]
            if self.person.role in duty.roles and isinstance(self.planned.places[duty.number], DemandLine)
        ]
        before = set(self._told(self.rest))
        choices = [self._choice(duty, before) for duty in duties if self._reaches(duty)]
        return tuple(
            sorted(choices, key=lambda each: (not each.is_current, len(each.breaks), not each.is_short))
        )

    def _reaches(self, duty: Duty) -> bool:
        place = self.planned.places[duty.number]
        site = self.planned.sites.get(place.site_id) if place.site_id else None
        return self._may_use(site.organisation_id if site else None)

    def _choice(self, duty: Duty, before: set[str]) -> Choice:
        place = self.planned.places[duty.number]
        assert isinstance(place, DemandLine)
        after = self._told(self.rest.adding(self.person, duty))
        site = self.planned.sites.get(place.site_id) if place.site_id else None
        return Choice(
            line_id=place.id,
            code=duty.site or REMOTE,
            said=place.activity.label,
            site=site.name if site else "remote",
            have=self.week.rota.cover_of(duty),
            need=duty.minimum,
            most=duty.maximum,
            breaks=tuple(said for said in after if said not in before),
            is_current=self.row is not None and self.row.line_id == place.id,
        )

    def _usual_activity(self) -> Activity:
        if self.row is not None:
            return Activity(self.row.activity)
        theirs = [
            place.activity
            for place in self.planned.places.values()
            if self.member.engagement.role in place.role_group.roles
        ]
        return max(set(theirs), key=theirs.count, default=Activity.SURGERY)


def cell_of(week: Week, breach: Breach) -> str:
    """Name the cell that a breach is about, or nothing."""
    if breach.person is None or breach.session is None:
        return ""
    session = week.planned.problem.session_by_number[breach.session]
    return Cell(uuid.UUID(breach.person), session.day, SessionKind(session.kind)).key
