"""What is known of carers in their own right; whoever calls has asked for access before."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from mdt.carers.records import CarerAgreement, CarerAssessmentStep, CarerSaid
from mdt.carers.rules import AgreementScope, CarerStands, Duty, SaidKind, duties_of, latest
from mdt.story.records import Carer
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound


@dataclass(frozen=True)
class CarerKnown:
    """A carer with what they said and agreed to, how their assessment went, and what is owed to them."""

    carer: Carer
    said: Sequence[CarerSaid]
    steps: Sequence[CarerAssessmentStep]
    agreements: Mapping[AgreementScope, CarerAgreement]
    stands: CarerStands
    duties: Sequence[Duty]


def known_of(carers: Collection[Carer]) -> dict[uuid.UUID, CarerKnown]:
    """Return what is known of some carers, at one go."""
    ids = [carer.id for carer in carers]
    said, steps, agreements = _said_of(ids), _steps_of(ids), agreements_of(ids)
    return {
        carer.id: _known(carer, said[carer.id], steps[carer.id], agreements[carer.id]) for carer in carers
    }


def as_told(known: CarerKnown, said: Sequence[CarerSaid]) -> CarerKnown:
    """Return what is known of a carer by some of their words alone: what is owed for others tells of them."""
    return _known(known.carer, said, known.steps, known.agreements)


def agreements_of(
    carer_ids: Collection[uuid.UUID],
) -> dict[uuid.UUID, dict[AgreementScope, CarerAgreement]]:
    """Return what some carers agreed to or not: the latest of each scope counts."""
    found: dict[uuid.UUID, dict[AgreementScope, CarerAgreement]] = defaultdict(dict)
    rows = select(CarerAgreement).where(CarerAgreement.carer_id.in_(carer_ids))
    for row in db.session.scalars(rows.order_by(CarerAgreement.recorded_at, CarerAgreement.id)):
        found[row.carer_id][row.scope] = row
    return found


def get_said(said_id: uuid.UUID, *, is_ended: bool = False) -> CarerSaid:
    """Return what a carer said."""
    row = db.session.get(CarerSaid, said_id)
    if row is None or (row.ended_on is not None) is not is_ended:
        raise NotFound
    return row


def _said_of(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, list[CarerSaid]]:
    found: dict[uuid.UUID, list[CarerSaid]] = defaultdict(list)
    rows = select(CarerSaid).where(CarerSaid.carer_id.in_(ids), CarerSaid.ended_on.is_(None))
    for row in db.session.scalars(rows.order_by(CarerSaid.heard_on.desc(), CarerSaid.noted_at.desc())):
        found[row.carer_id].append(row)
    return found


def _steps_of(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, list[CarerAssessmentStep]]:
    found: dict[uuid.UUID, list[CarerAssessmentStep]] = defaultdict(list)
    rows = select(CarerAssessmentStep).where(CarerAssessmentStep.carer_id.in_(ids))
    wanted = rows.options(joinedload(CarerAssessmentStep.organisation))
    for row in db.session.scalars(wanted.order_by(CarerAssessmentStep.recorded_at.desc())):
        found[row.carer_id].append(row)
    return found


def _known(
    carer: Carer,
    said: Sequence[CarerSaid],
    steps: Sequence[CarerAssessmentStep],
    agreements: Mapping[AgreementScope, CarerAgreement],
) -> CarerKnown:
    strained = next((row for row in said if row.strain is not None), None)
    stands = CarerStands(
        role=carer.role,
        assessment=carer.assessment,
        stepped_on=latest(row.on_day for row in steps),
        needs_on=tuple(row.heard_on for row in said if row.kind is SaidKind.NEED),
        has_needs=bool(carer.own_needs),
        strain=strained.strain if strained else None,
        strain_on=strained.heard_on if strained else None,
        has_contingency=bool(carer.contingency) or any(row.kind is SaidKind.CONTINGENCY for row in said),
        agreements=frozenset(agreements),
    )
    return CarerKnown(carer, said, steps, agreements, stands, duties_of(stands, today()))
