"""What publishing a draft would mean: who changes and why, what is short, broken or out of date."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Select, except_, func, select, union
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.people.records import Engagement
from network.plumbing.database import ENGLAND, db, now, today
from network.plumbing.refusals import NotAllowed
from rota.cover.wording import session_said
from rota.edits.queries import changes_since
from rota.edits.rules import Cell
from rota.jobs.queries import find_running_job
from rota.jobs.wording import Summary, summary_of
from rota.notices.rules import Change, Duty, is_late, notice_said, weeks_owed
from rota.planning.queries import Planned, planned_for
from rota.publishing.rules import (
    BY_HAND,
    DOCTORS_IN_TRAINING,
    FILLED_AGAIN,
    Cause,
    EditStep,
    Standing,
    cause_by_facts,
    changes_between,
    standing_edits,
)
from rota.roster.rules import local
from rota.rotas.queries import find_chosen_version, get_version_for
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import VersionState, said_period
from rota.solver.staff_rota import breaches, shortfalls
from rota.staff.records import RotaMember


@dataclass(frozen=True)
class ChangeLine:
    """One change as the publisher looks at it; `change` is as the person will read it."""

    change: Change
    why: str
    wants_reason: bool
    notice: str
    is_late: bool
    must_be_rung: bool

    @property
    def when(self) -> str:
        return session_said(self.change.cell.day, self.change.cell.kind)

    @property
    def what(self) -> str:
        return self.change.said


@dataclass(frozen=True)
class PersonChanges:
    """What one person will be told."""

    person_id: uuid.UUID
    name: str
    lines: tuple[ChangeLine, ...]

    @property
    def wants_reason(self) -> bool:
        return any(line.wants_reason for line in self.lines)

    @property
    def must_be_rung(self) -> bool:
        return any(line.must_be_rung for line in self.lines)


@dataclass(frozen=True)
class Publishing:
    """Everything to be looked at before a rota is published."""

    version: RotaVersion
    is_first: bool
    people: tuple[PersonChanges, ...]
    everybody: frozenset[uuid.UUID]
    late: int
    sessions: int
    summary: Summary
    short: tuple[str, ...]
    blocking: tuple[str, ...]
    overridable: tuple[str, ...]
    is_stale: bool
    is_running: bool
    hash: str

    @property
    def said(self) -> str:
        return said_period(self.version.period.starts_on, self.version.period.ends_on)

    @property
    def may_go(self) -> bool:
        return not (self.blocking or self.is_stale or self.is_running or not self.sessions)

    @property
    def people_told(self) -> int:
        return len(self.everybody) if self.is_first else len(self.people)

    @property
    def unexplained(self) -> tuple[PersonChanges, ...]:
        """Those who would not learn why their rota changes."""
        return tuple(person for person in self.people if person.wants_reason)

    @property
    def to_ring(self) -> tuple[PersonChanges, ...]:
        return tuple(person for person in self.people if person.must_be_rung)

    @property
    def notice(self) -> str:
        """How long before its first day the rota is published."""
        return notice_said(self.version.period.starts_on, today())


@dataclass(frozen=True)
class Untold:
    """What a draft has that people were not told of."""

    changes: int
    people: int


def publishing_for(viewer: Actor, version_id: uuid.UUID) -> Publishing:
    """Look a draft over before it is published."""
    version = get_version_for(viewer, version_id)
    if not viewer.may(Permission.PUBLISH_ROTA):
        raise NotAllowed
    return look_over(viewer, version)


def look_over(viewer: Actor, version: RotaVersion) -> Publishing:
    """Compare a draft with what people were told, and check it."""
    planned = planned_for(version)
    told = find_chosen_version(version.period_id)
    news = _News(viewer, version, told, planned)
    found = breaches(planned.problem, planned.plan)
    return Publishing(
        version=version,
        is_first=told is None,
        people=news.people() if told else (),
        everybody=news.everybody,
        late=news.late(),
        sessions=len(planned.plan.placements),
        summary=summary_of(planned.problem, planned.plan),
        short=tuple(each.said for each in shortfalls(planned.problem, planned.plan) if each.missing),
        blocking=tuple(dict.fromkeys(each.said for each in found if each.severity == "H0")),
        overridable=tuple(dict.fromkeys(each.said for each in found if each.severity != "H0")),
        is_stale=bool(version.input_hash) and version.input_hash != planned.hash,
        is_running=find_running_job(version.id) is not None,
        hash=planned.hash,
    )


def untold_for(viewer: Actor, version_id: uuid.UUID) -> tuple[RotaVersion, Untold | None]:
    """Count what a draft would change for people; nothing where no version was published before it."""
    version = get_version_for(viewer, version_id)
    told = find_chosen_version(version.period_id)
    if told is None or version.state is not VersionState.DRAFT:
        return version, None
    draft, before = _contents(version), _contents(told)
    differs = union(except_(draft, before), except_(before, draft)).subquery()
    # Who was moved differs twice, and is told once.
    cells = select(differs.c.member_id, differs.c.day, differs.c.kind).distinct().subquery()
    changes, people = db.session.execute(
        select(func.count(), func.count(func.distinct(Engagement.person_id)))
        .select_from(cells, RotaMember, Engagement)
        .where(RotaMember.id == cells.c.member_id, Engagement.id == RotaMember.engagement_id)
    ).one()
    return version, Untold(changes, people)


def _contents(version: RotaVersion) -> Select[*tuple[Any, ...]]:
    """Ask for what stands where in a version, as far as it matters to people."""
    row = Assignment
    columns = (row.member_id, row.day, row.kind, row.site_id, row.activity, row.starts_at, row.ends_at)
    return select(*columns).where(row.version_id == version.id)


@dataclass(frozen=True)
class _News:
    """A draft beside what people were told, and the questions about the difference."""

    viewer: Actor
    version: RotaVersion
    told: RotaVersion | None
    planned: Planned

    @cached_property
    def drafted(self) -> Mapping[Cell, Assignment]:
        return _cells(self.version)

    @cached_property
    def before(self) -> Mapping[Cell, Assignment]:
        return _cells(self.told) if self.told else {}

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        told, drafted = (
            {cell: _duty(row) for cell, row in rows.items()} for rows in (self.before, self.drafted)
        )
        return changes_between(told, drafted)

    @cached_property
    def members(self) -> Mapping[uuid.UUID, RotaMember]:
        """Everybody concerned, those who are not planned any more among them."""
        return _members({cell.member_id for cell in (*self.drafted, *self.before)})

    @cached_property
    def everybody(self) -> frozenset[uuid.UUID]:
        return frozenset(self.members[cell.member_id].engagement.person_id for cell in self.drafted)

    @cached_property
    def edits(self) -> Mapping[Cell, Standing]:
        steps: dict[uuid.UUID, EditStep] = {}
        for event in changes_since(self.version.id, 0):
            edit = event.edit
            blank = EditStep(edit.id, edit.kind, edit.why, frozenset(), edit.takes_back_id)
            step = steps.get(edit.id, blank)
            cell = Cell(event.member_id, event.day, event.kind)
            steps[edit.id] = replace(step, cells=step.cells | {cell})
        return standing_edits(list(steps.values()))

    def people(self) -> tuple[PersonChanges, ...]:
        """Give the changes of each person, by name."""
        found: dict[uuid.UUID, list[ChangeLine]] = {}
        names: dict[uuid.UUID, str] = {}
        for change in self.changes:
            person = self.members[change.cell.member_id].engagement.person
            names[person.id] = person.name
            found.setdefault(person.id, []).append(self._line(change))
        people = (PersonChanges(person_id, names[person_id], tuple(found[person_id])) for person_id in found)
        return tuple(sorted(people, key=lambda each: each.name))

    def late(self) -> int:
        """Count the changes told with less notice than is owed; of a first rota, the people told so."""
        if self.told is not None:
            return sum(self._is_late(change) for change in self.changes)
        learners = {cell.member_id for cell in self.drafted if self._weeks(cell)}
        starts_on = self.version.period.starts_on
        return len(learners) if is_late(starts_on, today(), weeks_owed(True)) else 0

    def _line(self, change: Change) -> ChangeLine:
        cause = self._cause(change)
        edit = self.edits.get(change.cell)
        happened = BY_HAND if edit and edit.is_by_hand else FILLED_AGAIN
        said = cause.said_to(*self._knows(change.cell.member_id)) if cause else happened
        return ChangeLine(
            change=replace(change, why=cause.said if cause else ""),
            why=said,
            wants_reason=cause is None,
            notice=notice_said(change.cell.day, today()),
            is_late=self._is_late(change),
            must_be_rung=change.must_be_rung(local(now())),
        )

    def _cause(self, change: Change) -> Cause | None:
        cell = change.cell
        if (edit := self.edits.get(cell)) and edit.why:
            return Cause(edit.why)
        if change.before is None:
            return None
        return cause_by_facts(self.planned.times.get(cell.member_id), cell, self._shut(cell))

    def _shut(self, cell: Cell) -> str:
        number = self.planned.number_of.get(self.before[cell].line_id or uuid.UUID(int=0))
        return (self.planned.problem.duty_by_number[number].shut or "") if number is not None else ""

    def _knows(self, member_id: uuid.UUID) -> tuple[bool, bool]:
        employer_id = self.members[member_id].engagement.employer_id
        leave, why = (
            self.viewer.may(permission, organisation_id=employer_id)
            for permission in (Permission.SEE_LEAVE, Permission.SEE_SICKNESS)
        )
        return leave, why

    def _weeks(self, cell: Cell) -> int:
        return weeks_owed(self.members[cell.member_id].engagement.role in DOCTORS_IN_TRAINING)

    def _is_late(self, change: Change) -> bool:
        return is_late(change.cell.day, today(), self._weeks(change.cell))


def _cells(version: RotaVersion) -> dict[Cell, Assignment]:
    rows = db.session.scalars(
        select(Assignment).where(Assignment.version_id == version.id).options(joinedload(Assignment.site))
    )
    return {Cell(row.member_id, row.day, row.kind): row for row in rows}


def _members(member_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, RotaMember]:
    rows: Sequence[RotaMember] = db.session.scalars(
        select(RotaMember)
        .where(RotaMember.id.in_(member_ids))
        .options(joinedload(RotaMember.engagement).joinedload(Engagement.person))
    ).all()
    return {row.id: row for row in rows}


def _duty(row: Assignment) -> Duty:
    starts, ends = (each.astimezone(ENGLAND).replace(tzinfo=None) for each in (row.starts_at, row.ends_at))
    return Duty(row.site.name if row.site else "", row.activity.label, starts, ends)
