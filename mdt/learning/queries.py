"""Examples to learn from: the library for all who learn, and what waits for those who know the case."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from mdt.cases.queries import CaseSeen, cases_known, get_case_for
from mdt.learning.records import LearningExample
from mdt.learning.rules import ExampleState, Known, Telling
from mdt.patients.records import Patient
from mdt.sharing.queries import objections_of
from mdt.sharing.rules import ObjectionScope
from mdt.story.queries import carers_of
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline


@dataclass(frozen=True)
class ExampleSeen:
    """An example whose case the reader knows of, and what they may do with it."""

    example: LearningExample
    seen: CaseSeen
    may_decide: bool

    @property
    def telling(self) -> Telling:
        return telling_of(self.example)


def library_for(viewer: Actor, discipline: Discipline | None = None) -> list[LearningExample]:
    """Return what can be learnt from, the latest first; of a discipline, where one is named."""
    require(viewer.may_somewhere(Permission.SEE_LEARNING))
    rows = db.session.scalars(
        select(LearningExample)
        .where(LearningExample.state == ExampleState.APPROVED)
        .order_by(LearningExample.approved_at.desc(), LearningExample.id)
    )
    return [row for row in rows if discipline is None or discipline in row.disciplines]


def get_example_in_library(viewer: Actor, example_id: uuid.UUID) -> LearningExample:
    """Return one example that all who learn may read; from which case it is, they are not told."""
    require(viewer.may_somewhere(Permission.SEE_LEARNING))
    row = db.session.get(LearningExample, example_id)
    if row is None or row.state is not ExampleState.APPROVED:
        raise NotFound
    return row


def examples_of(viewer: Actor, case_id: uuid.UUID) -> Sequence[LearningExample]:
    """Return the examples written from a case, the latest first, to those who may write one."""
    require(may_teach(viewer, get_case_for(viewer, case_id)))
    return db.session.scalars(
        select(LearningExample)
        .where(LearningExample.case_id == case_id)
        .order_by(LearningExample.written_at.desc())
    ).all()


def get_example_for(viewer: Actor, example_id: uuid.UUID) -> ExampleSeen:
    """Return an example to somebody who knows the case that it is from."""
    row = db.session.get(LearningExample, example_id)
    if row is None:
        raise NotFound
    seen = get_case_for(viewer, row.case_id)
    require(may_teach(viewer, seen))
    return ExampleSeen(row, seen, may_decide=row.author_id != viewer.account_id)


def waiting_for_second(viewer: Actor) -> list[LearningExample]:
    """Return the examples that the viewer may approve: of cases they know, written by somebody else."""
    if not viewer.may_somewhere(Permission.CONTRIBUTE):
        return []
    rows = db.session.scalars(
        select(LearningExample)
        .where(LearningExample.state == ExampleState.OFFERED, LearningExample.author_id != viewer.account_id)
        .options(joinedload(LearningExample.case))
        .order_by(LearningExample.written_at)
    ).all()
    known = cases_known(viewer, {row.case for row in rows})
    return [row for row in rows if row.case_id in known and may_teach(viewer, known[row.case_id])]


def may_teach(viewer: Actor, seen: CaseSeen) -> bool:
    """Say whether somebody may tell a case to others: who takes part in it and reads what is clinical."""
    return seen.access.standing.is_clinical and viewer.may_somewhere(Permission.CONTRIBUTE)


def objects_to_all(patient_id: uuid.UUID) -> bool:
    """Say whether somebody wants nothing shared at all."""
    return any(row.scope is ObjectionScope.ALL for row in objections_of([patient_id]).get(patient_id, ()))


def known_of(patient: Patient) -> Known:
    """Gather what would give somebody away."""
    return Known(
        names=(patient.family_name, patient.given_name, patient.preferred_name),
        born_on=patient.born_on,
        places=(patient.address, patient.care_home),
        others=tuple(carer.name for carer in carers_of(patient.id)),
        topics=tuple(row.topic for row in objections_of([patient.id]).get(patient.id, ())),
    )


def telling_of(row: LearningExample) -> Telling:
    """Read an example as it is told."""
    return Telling(row.title, row.vignette, row.lesson, row.question, as_disciplines(row.disciplines))


def as_disciplines(names: Iterable[str]) -> tuple[Discipline, ...]:
    return tuple(Discipline(name) for name in names)


def examples_from(patient_id: uuid.UUID) -> Sequence[LearningExample]:
    """Return what was written from the cases of a person; whoever calls has asked for access."""
    return db.session.scalars(
        select(LearningExample)
        .join(LearningExample.case)
        .where(LearningExample.case.has(patient_id=patient_id))
    ).all()
