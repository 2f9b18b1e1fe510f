"""The governance desk: what waits, what stands, how much there is; by references, never by name."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from mdt.agreements.queries import AgreementSeen, agreements_for
from mdt.cases.queries import refs_of
from mdt.emergencies.queries import OpeningSeen, openings_to_review
from mdt.merging.queries import pairs_alike
from mdt.merging.records import PatientMerge
from mdt.objections.queries import Knower, all_told_before
from mdt.register.queries import Figures, figures_for
from mdt.retention.records import PatientHold, Removal
from mdt.sharing.queries import objections_of, sharing_mode
from mdt.sharing.records import ObjectionRecord
from mdt.sharing.rules import SharingMode
from mdt.subject_access.records import SubjectRequest
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.queries import latest_check_for
from network.audit.records import ChainCheck
from network.plumbing.database import db, today

DUE_SOON = timedelta(days=7)


@dataclass(frozen=True)
class ObjectionSeen:
    """An objection that stands, of whom by references, and who had been told before."""

    row: ObjectionRecord
    refs: Sequence[str]
    told: Sequence[Knower]

    @property
    def organisation(self) -> str:
        return self.row.organisation.name if self.row.organisation else ""


@dataclass(frozen=True)
class Desk:
    """All that whoever answers for sharing looks at."""

    openings: Sequence[OpeningSeen]
    agreements: Sequence[AgreementSeen]
    objections: int
    requests: Sequence[SubjectRequest]
    removals: int
    holds: int
    pairs: int
    merges: int
    check: ChainCheck | None
    figures: Figures
    mode: SharingMode

    @property
    def overdue_openings(self) -> int:
        return sum(each.is_overdue for each in self.openings)

    @property
    def amiss(self) -> int:
        return sum(each.is_amiss for each in self.agreements)

    @property
    def late_requests(self) -> int:
        return sum(each.due_on < today() for each in self.requests)

    @property
    def soon_requests(self) -> int:
        return sum(today() <= each.due_on <= today() + DUE_SOON for each in self.requests)


def desk_of(viewer: Actor) -> Desk:
    """Gather what waits, what stands and how much there is."""
    require(viewer.may(Permission.SEE_SHARING))
    removals = select(func.count()).where(Removal.agreed_at.is_(None), Removal.dropped_at.is_(None))
    merges = select(func.count()).where(PatientMerge.undone_at.is_(None))
    figures = figures_for(viewer)
    return Desk(
        openings=openings_to_review(viewer),
        agreements=agreements_for(viewer),
        objections=figures.objections,
        requests=db.session.scalars(
            select(SubjectRequest).where(SubjectRequest.outcome.is_(None)).order_by(SubjectRequest.due_on)
        ).all(),
        removals=db.session.scalar(removals) or 0,
        holds=db.session.scalar(select(func.count()).where(PatientHold.lifted_at.is_(None))) or 0,
        pairs=len(pairs_alike(viewer)) if viewer.may(Permission.MERGE_PEOPLE) else 0,
        merges=db.session.scalar(merges) or 0,
        check=latest_check_for(viewer) if viewer.may(Permission.SEE_AUDIT) else None,
        figures=figures,
        mode=sharing_mode(),
    )


def objections_standing(viewer: Actor) -> list[ObjectionSeen]:
    """Return the objections that stand, the latest first, each with who had been told before."""
    require(viewer.may(Permission.SEE_SHARING))
    people = set(db.session.scalars(select(ObjectionRecord.patient_id).distinct()))
    refs: dict[uuid.UUID, list[str]] = refs_of(people)
    rows = [row for found in objections_of(people).values() for row in found]
    told = all_told_before(viewer, rows)
    return [
        ObjectionSeen(row, refs[row.patient_id], _each_once(told[row.id]))
        for row in sorted(rows, key=lambda row: row.recorded_at, reverse=True)
    ]


def _each_once(told: Sequence[Knower]) -> list[Knower]:
    """Name everybody once, by when they were told last: somebody speaks with them, not with each line."""
    found: dict[str, Knower] = {}
    for each in told:
        found.setdefault(each.told, each)
    return list(found.values())
