"""A cell looked at closely: what stands there, what could, and what each choice would break."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from network.access.rules import Actor, Permission
from network.plumbing.database import ENGLAND
from network.plumbing.refusals import NotFound
from network.vocabulary import Activity
from rota.cover.wording import REMOTE, session_said
from rota.edits.rules import Cell
from rota.facts.queries import remembered_facts_of
from rota.grid.rules import may_change
from rota.leave.rules import keeps_away
from rota.planning.queries import planned_for
from rota.rotas.queries import get_version_for
from rota.rotas.records import DemandLine
from rota.rotas.rules import VersionState
from rota.rows.queries import Week
from rota.rows.rules import mark_of
from rota.rows.wording import away_code
from rota.solver.staff_rota import Breach, Duty, Placement, Plan, Scope, breaches
from rota.staff.records import RotaMember
from rota.views.rules import Look


@dataclass(frozen=True)
class Choice:
    """A duty that somebody could be put on: how it is staffed, and the rules that would then be broken."""

    line_id: uuid.UUID
    code: str
    said: str
    site: str
    have: int
    need: int
    most: int
    breaks: tuple[str, ...]
    is_current: bool

    @property
    def is_short(self) -> bool:
        return self.have < self.need

    @property
    def is_full(self) -> bool:
        return not self.is_current and self.have >= self.most


@dataclass(frozen=True)
class Panel:
    """What stands beside the grid when a cell is chosen."""

    version_id: uuid.UUID
    cell: Cell
    name: str
    session: str
    stands: str
    why_empty: str
    leaves: str
    source: str
    is_pinned: bool
    is_placed: bool
    seen: str
    breaks: tuple[str, ...]
    anyway: tuple[str, ...]
    choices: tuple[Choice, ...]
    sites: tuple[tuple[str, str], ...]
    activities: tuple[Activity, ...]
    activity: Activity
    may_edit: bool


def panel_for(viewer: Actor, version_id: uuid.UUID, cell: Cell) -> tuple[Panel, Week]:
    """Return a cell looked at closely, and the week it lies in."""
    version = get_version_for(viewer, version_id)
    planned = planned_for(version, remembered_facts_of(version.period))
    week = Week(viewer, version, planned, look=Look(week=cell.day))
    member = planned.members.get(cell.member_id)
    if member is None or (cell.day, cell.kind) not in planned.session_of:
        raise NotFound
    return _Close(week, cell, member).panel(), week


class _Close:
    """One cell of a week, looked at."""

    def __init__(self, week: Week, cell: Cell, member: RotaMember) -> None:
        self.week, self.cell, self.member = week, cell, member
        self.planned = week.planned
        self.session = self.planned.session_of[cell.day, cell.kind]
        self.row = week.assigned.get((cell.member_id, cell.day, cell.kind))
        self.person = self.planned.problem.person_by_key[str(member.id)]
        duties = week.rota.duties_of(self.person)
        self.here = [duty for duty in duties if duty.session == self.session.number]
        self.rest = Plan.of(
            each
            for each in self.planned.plan.placements
            if each.person != self.person.key or each.duty not in {duty.number for duty in self.here}
        )

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
            leaves=self._leaves() if may_edit else "",
            source=row.source.label if row and self.week.is_planner else "",
            is_pinned=bool(row and row.is_pinned and self.week.is_planner),
            is_placed=row is not None,
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
        if self.week.is_planner and (why := times.why_not(self.cell.day, self.cell.kind)):
            return why.capitalize()
        return ""

    def _leaves(self) -> str:
        """Say what is left short where this person goes."""
        if not self.planned.problem.counts_as_cover(self.person):
            return ""
        for duty in self.here:
            left = self.week.rota.cover_of(duty) - 1
            if left < duty.minimum:
                where = self.planned.problem.site_by_code[duty.site].name if duty.site else "remote"
                return f"Without {self.member.name}, {duty.activity} ({where}) has {left} of {duty.minimum}."
        return ""

    def _now_broken(self) -> tuple[str, ...]:
        return self._told(self.planned.plan)

    def _told(self, plan: Plan) -> tuple[str, ...]:
        """Tell the rules that a plan breaks for this person, or in this session."""
        scope = Scope(frozenset({self.person.key}), frozenset({self.session.number}))
        found = breaches(self.planned.problem, plan, scope)
        return tuple(dict.fromkeys(self.week.said(each) for each in found if self._concerns(each)))

    def _concerns(self, breach: Breach) -> bool:
        return breach.person in (None, self.person.key)

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
        after = self._told(self.rest.adding(Placement(self.person.key, duty.number)))
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


def in_all(choices: Sequence[Choice]) -> tuple[str, ...]:
    """Tell what every choice would break: it lies with the person and the session, not with the place."""
    if len(choices) < 2:
        return ()
    shared = set.intersection(*(set(choice.breaks) for choice in choices))
    return tuple(said for said in choices[0].breaks if said in shared)


def without(breaks: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    return tuple(said for said in breaks if said not in known)
