"""Emergency openings: finding whom they open, which run, which wait to be reviewed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from mdt.cases.queries import cases_known, refs_of
from mdt.cases.records import Case
from mdt.cases.rules import OPEN, CaseState
from mdt.emergencies.records import EmergencyOpening
from mdt.emergencies.rules import (
    LATELY,
    TRIES_WITHIN,
    Finding,
    Wanted,
    is_full_name,
    is_running,
    may_review,
)
from mdt.letters.queries import due_to_tell
from mdt.patients.queries import find_by_nhs_number
from mdt.patients.records import Patient
from mdt.sharing.records import CareRelation
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.accounts.queries import own_account_ids
from network.audit.records import AuditEntry
from network.plumbing.database import ENGLAND, db, now, today
from network.plumbing.refusals import NotFound

TRIED = "try_emergency"
UNSETTLED = or_(EmergencyOpening.finding.is_(None), EmergencyOpening.finding == Finding.TO_BE_EXPLAINED)


@dataclass(frozen=True)
class OpeningSeen:
    """An opening as its reader sees it: by references, never by name."""

    opening: EmergencyOpening
    refs: Sequence[str]
    is_running: bool
    is_own: bool
    review_by: date
    may_review: bool

    @property
    def is_overdue(self) -> bool:
        return self.opening.finding is None and self.review_by < today()

    @property
    def waits_for_review(self) -> bool:
        return self.opening.finding is None or self.was_explained

    @property
    def was_explained(self) -> bool:
        """Say whether what a review asked for was explained, and is not settled yet."""
        return self.opening.finding is Finding.TO_BE_EXPLAINED and bool(self.opening.explanation)

    @property
    def was_reviewed_lately(self) -> bool:
        return self.opening.reviewed_at is not None and self.opening.reviewed_at > now() - LATELY


def find_in_emergency(wanted: Wanted) -> Patient | None:
    """Return the one person who is meant and of whom there is a case; whoever calls asked for permission."""
    found = [find_by_nhs_number(wanted.number)] if wanted.nhs_number.strip() else _called(wanted)
    known = [patient for patient in found if patient is not None and cases_to_open(patient.id)]
    return known[0] if len(known) == 1 else None


def cases_to_open(patient_id: uuid.UUID) -> Sequence[Case]:
    """Return the cases of somebody that were sent: those that are open first, the latest first."""
    rows = db.session.scalars(
        select(Case)
        .where(Case.patient_id == patient_id, Case.state != CaseState.DRAFT)
        .order_by(Case.number.desc())
    ).all()
    return sorted(rows, key=lambda case: case.state not in OPEN)


def sees_all(viewer: Actor, cases: Sequence[Case]) -> bool:
    """Say whether somebody may look at each of some cases without any emergency."""
    return len(cases_known(viewer, cases)) == len(cases)


def tries_of(account_id: uuid.UUID | None) -> int:
    """Count how often an account tried lately: the trail keeps each try, whatever came of it."""
    tried = select(func.count()).where(
        AuditEntry.about_kind == "account",
        AuditEntry.about_id == account_id,
        AuditEntry.verb == TRIED,
        AuditEntry.at > now() - TRIES_WITHIN,
    )
    return db.session.scalar(tried) or 0


def get_opening_for(viewer: Actor, opening_id: uuid.UUID, *, lock: bool = False) -> OpeningSeen:
    """Return an opening to whoever made it, and to those who keep the register of sharing."""
    opening = db.session.get(
        EmergencyOpening, opening_id, with_for_update=lock or None, populate_existing=lock
    )
    if opening is None or not (_is_own(viewer, opening) or viewer.may(Permission.SEE_SHARING)):
        raise NotFound
    return _seen(viewer, [opening])[0]


def openings_to_review(viewer: Actor) -> list[OpeningSeen]:
    """Return what waits for a review, the oldest first."""
    require(viewer.may(Permission.SEE_SHARING))
    return _seen(viewer, db.session.scalars(_openings().where(UNSETTLED)).all())


def openings_settled(viewer: Actor) -> list[OpeningSeen]:
    """Return what was reviewed, the latest first."""
    require(viewer.may(Permission.SEE_SHARING))
    return _seen(viewer, db.session.scalars(_openings().where(~UNSETTLED)).all())[::-1]


def own_openings(viewer: Actor) -> list[OpeningSeen]:
    """Return what somebody opened themselves, the latest first."""
    rows = db.session.scalars(_openings().where(EmergencyOpening.account_id == viewer.account_id)).all()
    return _seen(viewer, rows)[::-1]


def opened_lately(viewer: Actor) -> list[OpeningSeen]:
    """Return what was opened in the last days, for those who coordinate, the latest first."""
    if not viewer.may(Permission.BUILD_LISTS):
        return []
    rows = db.session.scalars(_openings().where(EmergencyOpening.opened_at > now() - LATELY)).all()
    return _seen(viewer, rows)[::-1]


def running_of(viewer: Actor, patient_id: uuid.UUID) -> list[OpeningSeen]:
    """Return the openings of a person that run now: one's own, and all of them to who coordinates."""
    if not viewer.may_somewhere(Permission.BREAK_GLASS) and not viewer.may(Permission.BUILD_LISTS):
        return []
    running = _openings().where(EmergencyOpening.patient_id == patient_id, CareRelation.ends_at > now())
    if not viewer.may(Permission.BUILD_LISTS):
        running = running.where(EmergencyOpening.account_id == viewer.account_id)
    return _seen(viewer, db.session.scalars(running).all())


def _called(wanted: Wanted) -> list[Patient]:
    if wanted.born_on is None:
        return []
    born = db.session.scalars(
        select(Patient).where(
            Patient.born_index == wanted.born_on.isoformat(), Patient.merged_into_id.is_(None)
        )
    )
    return [
        patient
        for patient in born
        if is_full_name(wanted, patient.family_name, (patient.given_name, patient.preferred_name))
    ]


def _openings() -> Select[EmergencyOpening]:
    return (
        select(EmergencyOpening)
        .join(EmergencyOpening.relation)
        .options(joinedload(EmergencyOpening.relation))
        .order_by(EmergencyOpening.opened_at, EmergencyOpening.id)
    )


def _seen(viewer: Actor, openings: Sequence[EmergencyOpening]) -> list[OpeningSeen]:
    if not openings:
        return []
    refs = refs_of({opening.patient_id for opening in openings})
    reviews = viewer.may(Permission.EDIT_SHARING)
    own = own_account_ids(viewer) if reviews else frozenset()
    return [
        OpeningSeen(
            opening=opening,
            refs=refs[opening.patient_id],
            is_running=is_running(opening.relation.ends_at, now()),
            is_own=_is_own(viewer, opening),
            review_by=due_to_tell(opening.opened_at.astimezone(ENGLAND).date()),
            may_review=reviews and may_review(own, opening.account_id, opening.finding),
        )
        for opening in openings
    ]


def _is_own(viewer: Actor, opening: EmergencyOpening) -> bool:
    return viewer.account_id is not None and opening.account_id == viewer.account_id
