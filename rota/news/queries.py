"""What a draft would tell people: each change with its cause, and how much notice they get."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.people.records import Engagement
from network.plumbing.database import ENGLAND, db, now, today
from rota.cover.wording import session_said
from rota.edits.queries import changes_since
from rota.edits.rules import Cell
from rota.news.rules import (
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
from rota.notices.rules import Change, Duty, is_late, notice_said, weeks_owed
from rota.planning.queries import Planned
from rota.roster.rules import local
from rota.rotas.records import Assignment, RotaVersion
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
class News:
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
