"""The register of sharing: on what basis, what was objected to, who was told; by case, never by name."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from mdt.cases.queries import refs_of
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.sharing.queries import objections_of
from mdt.sharing.records import Disclosure, ObjectionRecord, SharingRecord
from mdt.sharing.rules import SharingBasis
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.plumbing.database import db

LATEST = 60
# Of a draft nobody is told.
_SENT = Case.state != CaseState.DRAFT


@dataclass(frozen=True)
class Entry:
    """Something that was recorded about sharing, without a word of the person's."""

    at: datetime
    refs: str
    said: str
    by: str


@dataclass(frozen=True)
class Figures:
    """How many people there are, on what basis their story is shared, and how many objections stand."""

    people: int
    by_basis: dict[SharingBasis, int]
    objections: int

    @property
    def without_basis(self) -> int:
        return self.people - sum(self.by_basis.values())


def figures_for(viewer: Actor) -> Figures:
    """Count people by the basis that counts for each."""
    require(viewer.may(Permission.SEE_SHARING))
    latest = (
        select(SharingRecord.patient_id, SharingRecord.basis)
        .ext(distinct_on(SharingRecord.patient_id))
        .order_by(SharingRecord.patient_id, SharingRecord.recorded_at.desc())
    )
    counted = Counter(basis for _, basis in db.session.execute(latest))
    ids = db.session.scalars(select(ObjectionRecord.patient_id).distinct()).all()
    return Figures(
        people=db.session.scalar(select(func.count(func.distinct(Case.patient_id))).where(_SENT)) or 0,
        by_basis={basis: counted[basis] for basis in SharingBasis if counted[basis]},
        objections=sum(map(len, objections_of(ids).values())),
    )


def recorded_for(viewer: Actor) -> list[Entry]:
    """Return the bases and objections recorded lately, the latest first."""
    require(viewer.may(Permission.SEE_SHARING))
    bases = db.session.scalars(
        select(SharingRecord).order_by(SharingRecord.recorded_at.desc()).limit(LATEST)
    ).all()
    objected = db.session.scalars(
        select(ObjectionRecord).order_by(ObjectionRecord.recorded_at.desc()).limit(LATEST)
    ).all()
    refs = refs_of({*(row.patient_id for row in bases), *(row.patient_id for row in objected)})
    entries = [
        Entry(row.recorded_at, ", ".join(refs[row.patient_id]), _basis(row), row.recorded_by) for row in bases
    ]
    entries += [
        Entry(row.recorded_at, ", ".join(refs[row.patient_id]), _objected(row), row.recorded_by)
        for row in objected
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:LATEST]


def told_for(viewer: Actor) -> list[Entry]:
    """Return who was told of whom lately, the latest first."""
    require(viewer.may(Permission.SEE_SHARING))
    told = db.session.scalars(select(Disclosure).order_by(Disclosure.at.desc()).limit(LATEST)).all()
    refs = refs_of({row.patient_id for row in told})
    return [Entry(row.at, ", ".join(refs[row.patient_id]), row.what, row.told) for row in told]


def _basis(row: SharingRecord) -> str:
    return f"Basis: {row.basis.label}"


def _objected(row: ObjectionRecord) -> str:
    return f"Objection{' lifted' if row.lifts_id else ''}: {row.scope.label.lower()}"
