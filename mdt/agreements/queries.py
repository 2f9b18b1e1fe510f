"""Sharing agreements: how each organisation's stands, its history, and what to warn of."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from mdt.agreements.records import SharingAgreement
from mdt.agreements.rules import AMISS, AgreementState, state_of
from mdt.agreements.wording import uncovered_said
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.organisations.queries import memberships_for
from network.organisations.records import Organisation
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound


@dataclass(frozen=True)
class AgreementSeen:
    """An organisation, the agreement that counts, and how that stands today."""

    organisation: Organisation
    latest: SharingAgreement | None
    state: AgreementState

    @property
    def is_amiss(self) -> bool:
        return self.state in AMISS


def agreements_for(viewer: Actor) -> list[AgreementSeen]:
    """Return how the agreement of each organisation of the network stands, by name."""
    require(viewer.may(Permission.SEE_SHARING))
    day = today()
    organisations = {
        each.organisation_id: each.organisation
        for each in memberships_for(viewer)
        if each.joined_on <= day and each.organisation.closed_on is None
    }
    return _seen(organisations.values())


def agreement_of(viewer: Actor, organisation_id: uuid.UUID) -> AgreementSeen:
    """Return how the agreement of one organisation of the network stands."""
    for seen in agreements_for(viewer):
        if seen.organisation.id == organisation_id:
            return seen
    raise NotFound


def history_of(organisation_id: uuid.UUID) -> Sequence[SharingAgreement]:
    """Return all that an organisation signed, the latest first; whoever calls asked for access."""
    return db.session.scalars(_latest_first([organisation_id])).all()


def get_agreement_for(viewer: Actor, agreement_id: uuid.UUID) -> SharingAgreement:
    """Return an agreement of the network."""
    agreement = db.session.get(SharingAgreement, agreement_id)
    if agreement is None or not viewer.may(Permission.SEE_SHARING):
        raise NotFound
    return agreement


def uncovered_by_agreements(organisation_ids: Iterable[uuid.UUID]) -> list[str]:
    """Warn of those of some organisations whose agreement is missing, ended or overdue for review.

    A network that has recorded no agreement keeps them elsewhere, and is not warned at every step.
    """
    if db.session.scalar(select(SharingAgreement.id).limit(1)) is None:
        return []
    wanted = (
        select(Organisation).where(Organisation.id.in_(set(organisation_ids))).order_by(Organisation.name)
    )
    said = [
        uncovered_said(
            seen.organisation.name,
            seen.state,
            seen.latest.review_on if seen.latest else None,
            seen.latest.ended_on if seen.latest else None,
        )
        for seen in _seen(db.session.scalars(wanted))
    ]
    return [each for each in said if each]


def _seen(organisations: Iterable[Organisation]) -> list[AgreementSeen]:
    found = list(organisations)
    latest: dict[uuid.UUID, SharingAgreement] = {}
    for row in db.session.scalars(_latest_first([each.id for each in found])):
        latest.setdefault(row.organisation_id, row)
    return [_as_seen(each, latest.get(each.id)) for each in found]


def _as_seen(organisation: Organisation, row: SharingAgreement | None) -> AgreementSeen:
    state = state_of(row.review_on if row else None, row.ended_on if row else None, today())
    return AgreementSeen(organisation, row, state)


def _latest_first(organisation_ids: Iterable[uuid.UUID]) -> Select[SharingAgreement]:
    return (
        select(SharingAgreement)
        .where(SharingAgreement.organisation_id.in_(list(organisation_ids)))
        .order_by(SharingAgreement.signed_on.desc(), SharingAgreement.recorded_at.desc())
    )
