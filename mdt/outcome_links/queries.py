"""Links by which people answer how they fare, and what they lead to."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mdt.cases.queries import get_case_for
from mdt.outcome_links.rules import LinkState, link_state, read_token, token_of
from mdt.outcomes.queries import MeasureSeen, may_ask, waiting_for
from mdt.outcomes.records import MeasureLink
from mdt.own_door.queries import bars_to
from mdt.patients.records import Patient
from network.access.guard import require
from network.access.rules import Actor
from network.plumbing.database import db, today
from network.plumbing.encryption import keyring
from network.plumbing.refusals import NotFound


@dataclass(frozen=True)
class LinkOpened:
    """A link that can be used, and what it asks. Who it is about is on no page that it leads to."""

    link: MeasureLink
    patient: Patient
    asked: tuple[MeasureSeen, ...]


def links_of(case_id: uuid.UUID) -> Sequence[MeasureLink]:
    """Return the links made for a case, the latest first; whoever calls has asked for access."""
    return db.session.scalars(
        select(MeasureLink).where(MeasureLink.case_id == case_id).order_by(MeasureLink.made_at.desc())
    ).all()


def get_link_for(viewer: Actor, link_id: uuid.UUID) -> MeasureLink:
    """Return a link to whoever may ask the person."""
    link = db.session.get(MeasureLink, link_id)
    if link is None:
        raise NotFound
    require(may_ask(viewer, get_case_for(viewer, link.case_id)))
    return link


def state_of_link(link: MeasureLink) -> LinkState:
    """Say whether a link can still be used."""
    return link_state(link.used_at is not None, link.ended_at is not None, link.expires_on, today())


def find_named(token: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """Return the network and the id that a link names."""
    return read_token(token, keyring().sign)


def find_opened(link_id: uuid.UUID) -> LinkOpened | None:
    """Return what an open link asks, where anything of it waits still and no door to them is shut."""
    link = db.session.get(MeasureLink, link_id)
    if link is None or state_of_link(link) is not LinkState.OPEN:
        return None
    case = link.case
    # What keeps somebody's own page shut shows no page of ours at their home either.
    if bars_to(case.patient, None):
        return None
    asked = tuple(
        each
        for each in waiting_for(case.patient_id)
        if each.measure.case_id == case.id and each.measure.wave is link.wave
    )
    return LinkOpened(link, case.patient, asked) if asked else None


def token_for(link: MeasureLink) -> str:
    """Write the token of a link."""
    return token_of(link.network_id, link.id, keyring().sign)
