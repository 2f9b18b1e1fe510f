"""Links to a person's own page, what keeps them shut, and what was said there."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from mdt.cases.queries import refs_of
from mdt.cases.records import Case
from mdt.cases.rules import OPEN, Risk
from mdt.letters.queries import letter_head
from mdt.letters.records import LetterHead
from mdt.own_door.records import DoorNote, DoorStop, OwnDoor
from mdt.own_door.rules import (
    Bar,
    Circumstances,
    DoorState,
    Part,
    bars_of,
    door_state,
    is_secret_of,
    parts_shown,
    read_token,
)
from mdt.patients.records import Patient
from mdt.sharing.queries import Access, access_to, accesses, latest_sharing, objections_of
from mdt.sharing.rules import ObjectionScope, SharingBasis
from mdt.story.queries import carers_of
from mdt.story.records import Carer
from mdt.story.rules import CarerRole
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.organisations.records import Organisation
from network.plumbing.database import db, in_network, today
from network.plumbing.encryption import keyring
from network.plumbing.refusals import NotFound
from network.vocabulary import OrganisationKind

PERSON_BY_LINK, CARER_BY_LINK = "The person, by their own link", "A carer, by their own link"


@dataclass(frozen=True)
class DoorSeen:
    """A link, whom it is about, and how it stands."""

    row: OwnDoor
    patient: Patient
    state: DoorState
    bars: tuple[Bar, ...]

    @property
    def is_for_carer(self) -> bool:
        return self.row.carer_id is not None

    @property
    def parts(self) -> tuple[Part, ...]:
        return parts_shown(self.row.reads, self.is_for_carer)

    def shows(self, part: Part) -> bool:
        return part in self.parts


@dataclass(frozen=True)
class Holder:
    """Somebody who can have a link: the person, or a carer of theirs; and what stands against it."""

    carer: Carer | None
    bars: tuple[Bar, ...]

    @property
    def carer_id(self) -> uuid.UUID | None:
        return self.carer.id if self.carer else None


@dataclass(frozen=True)
class NoteSeen:
    """What somebody did at their door, with the person it is about and the references of their cases."""

    row: DoorNote
    access: Access
    refs: str


def access_to_doors(viewer: Actor, patient_id: uuid.UUID) -> Patient:
    """Return a person to those who give out links to their page."""
    patient = access_to(viewer, patient_id).patient
    require(viewer.may(Permission.BUILD_LISTS))
    return patient


def doors_for(viewer: Actor, patient_id: uuid.UUID) -> list[DoorSeen]:
    """Return the links that were made to somebody's page, the latest first."""
    patient = access_to_doors(viewer, patient_id)
    rows = db.session.scalars(_doors().where(OwnDoor.patient_id == patient_id)).all()
    return [_seen(row, patient) for row in rows]


def get_door_for(viewer: Actor, door_id: uuid.UUID) -> DoorSeen:
    """Return a link to the page of somebody whom the viewer gives links."""
    row = db.session.get(OwnDoor, door_id)
    if row is None:
        raise NotFound
    return _seen(row, access_to_doors(viewer, row.patient_id))


def holders_of(patient: Patient) -> list[Holder]:
    """Return who can have a link: the person first, then their carers."""
    shared = _circumstances(patient)
    own = Holder(None, bars_of(shared))
    return [own, *(Holder(each, bars_of(_with_carer(shared, each))) for each in carers_of(patient.id))]


def bars_to(patient: Patient, carer: Carer | None) -> tuple[Bar, ...]:
    """Return what keeps doors to somebody shut, for themselves or for one carer."""
    found = _circumstances(patient)
    return bars_of(_with_carer(found, carer) if carer else found)


def standing_stop(patient_id: uuid.UUID) -> DoorStop | None:
    """Return the word that nobody gets a link for now, if it stands."""
    rows = select(DoorStop).where(DoorStop.patient_id == patient_id, DoorStop.lifted_at.is_(None))
    return db.session.scalars(rows.order_by(DoorStop.stopped_at.desc()).limit(1)).one_or_none()


def open_doors_of(patient_id: uuid.UUID) -> Sequence[OwnDoor]:
    """Return the links to somebody's page that nobody has turned off."""
    rows = select(OwnDoor).where(OwnDoor.patient_id == patient_id, OwnDoor.ended_at.is_(None))
    return db.session.scalars(rows).all()


def works_somewhere(patient_id: uuid.UUID) -> bool:
    """Say whether a link to somebody's page was given out and would still open it, now or later."""
    rows = open_doors_of(patient_id)
    return any(row.expires_on >= today() for row in rows)


def notes_for(viewer: Actor, patient_id: uuid.UUID) -> Sequence[DoorNote]:
    """Return what was done at somebody's door, the latest first."""
    access_to_doors(viewer, patient_id)
    rows = select(DoorNote).where(DoorNote.patient_id == patient_id)
    return db.session.scalars(rows.order_by(DoorNote.said_at.desc())).all()


def unread_notes(viewer: Actor) -> list[NoteSeen]:
    """Return what was done at doors and no coordinator has read, the oldest first."""
    if not viewer.may(Permission.BUILD_LISTS):
        return []
    rows = db.session.scalars(
        select(DoorNote).where(DoorNote.read_at.is_(None)).order_by(DoorNote.said_at, DoorNote.id)
    ).all()
    known = accesses(viewer, {row.patient_id for row in rows})
    refs = refs_of(known)
    return [
        NoteSeen(row, known[row.patient_id], ", ".join(refs[row.patient_id]))
        for row in rows
        if row.patient_id in known
    ]


def get_note_for(viewer: Actor, note_id: uuid.UUID) -> DoorNote:
    """Return what was done at the door of somebody whom the viewer gives links."""
    note = db.session.get(DoorNote, note_id)
    if note is None:
        raise NotFound
    access_to_doors(viewer, note.patient_id)
    return note


def find_door_by(token: str) -> tuple[uuid.UUID, uuid.UUID, bytes] | None:
    """Return the network, the door and the secret that a link names, where we signed it."""
    return read_token(token, keyring().sign)


def find_open_door(door_id: uuid.UUID, secret: bytes | None = None) -> DoorSeen | None:
    """Return a door of the current network that is open now, and of that secret where one is given."""
    row = db.session.get(OwnDoor, door_id, populate_existing=True)
    if row is None or (secret is not None and not is_secret_of(secret, row.key_hash)):
        return None
    patient = db.session.get(Patient, row.patient_id, populate_existing=True)
    # Of entries that were joined the one is nobody's any more.
    if patient is None or patient.merged_into_id is not None:
        return None
    seen = _seen(row, patient)
    return seen if seen.state is DoorState.OPEN else None


def visitor_of(seen: DoorSeen) -> Actor:
    """Name whoever comes by a link as the trail knows them: by no name, and with no right to anything."""
    return Actor(name=CARER_BY_LINK if seen.is_for_carer else PERSON_BY_LINK, network_id=seen.row.network_id)


def everybody_to_ring() -> list[tuple[str, LetterHead]]:
    """Return whom people may ring in each network: a link that nobody knows tells not even which it was."""
    networks = select(Organisation).where(Organisation.kind == OrganisationKind.NETWORK)
    found = []
    for each in db.session.scalars(networks.order_by(Organisation.name)).all():
        name, network_id = each.name, each.id
        # Each network's letter head is hidden from all others.
        with in_network(network_id):
            head = letter_head()
            if head.phone:
                found.append((head.team or name, head))
    return found


def _doors() -> Select[OwnDoor]:
    return select(OwnDoor).options(joinedload(OwnDoor.carer)).order_by(OwnDoor.made_at.desc(), OwnDoor.id)


def _seen(row: OwnDoor, patient: Patient) -> DoorSeen:
    bars = bars_to(patient, row.carer)
    return DoorSeen(row, patient, door_state(row.ended_at is not None, row.expires_on, bars, today()), bars)


def _circumstances(patient: Patient) -> Circumstances:
    scopes = {each.scope for each in objections_of([patient.id]).get(patient.id, ())}
    return Circumstances(
        died=patient.died_on is not None,
        stopped=standing_stop(patient.id) is not None,
        safeguarding=_is_safeguarded(patient.id),
        objects=ObjectionScope.ALL in scopes,
    )


def _is_safeguarded(patient_id: uuid.UUID) -> bool:
    sharing = latest_sharing(patient_id)
    if sharing is not None and sharing.basis is SharingBasis.PUBLIC_INTEREST:
        return True
    of_open = select(Case.risks).where(Case.patient_id == patient_id, Case.state.in_(OPEN))
    return any(Risk.SAFEGUARDING.value in risks for risks in db.session.scalars(of_open))


def _with_carer(found: Circumstances, carer: Carer) -> Circumstances:
    return replace(
        found,
        carer_is_involved=carer.ended_on is None and carer.role is not CarerRole.NOT_INVOLVED,
        agrees_to_carer=carer.patient_agrees is True,
    )
