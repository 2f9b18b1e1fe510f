"""Who may be the same person as somebody who is referred, as far as the viewer may know of them."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from mdt.cases.queries import CaseSeen, cases_for, cases_known, open_cases_of
from mdt.cases.records import Case
from mdt.cases.rules import OPEN, URGENCY_ORDER, CaseState
from mdt.patients.queries import Match, matches_of
from mdt.patients.records import Patient
from mdt.patients.rules import Identity
from mdt.sharing.queries import access_to, accesses, matches_for
from mdt.sharing.records import CareRelation
from mdt.sharing.rules import Reason
from network.access.rules import TABLE, Actor, Permission
from network.plumbing.database import db, now
from network.plumbing.refusals import NotFound
from network.plumbing.shown import note_shown

# A refusal stays in sight until its referrer has had the time to act on it.
REFUSAL_SHOWN = timedelta(days=14)
REFUSED = frozenset({CaseState.DECLINED, CaseState.REDIRECTED})


@dataclass(frozen=True)
class Known:
    """Somebody known here who may be the person referred, and the open cases that the viewer knows of."""

    patient: Patient
    because: str
    open_cases: Sequence[Case]


@dataclass(frozen=True)
class Draft:
    """A referral kept for later: about somebody typed, or chosen and perhaps no longer to be known."""

    case: Case
    patient: Patient | None
    is_typed: bool


def refers_for(viewer: Actor) -> frozenset[uuid.UUID]:
    """Return for which organisations somebody refers: where their role lets them, not wherever they work."""
    return frozenset(
        grant.organisation_id for grant in viewer.grants if Permission.REFER_CASES in TABLE[grant.role]
    )


def known_to(
    viewer: Actor, nhs_number: str, family_name: str, given_name: str, born_on: date | None
) -> list[Known]:
    """Return who may be meant: only those the viewer may know of, as if there were nobody else."""
    return _known(viewer, matches_for(viewer, nhs_number, family_name, given_name, born_on))


def get_known(viewer: Actor, patient_id: uuid.UUID) -> Known:
    """Return somebody whom the viewer may know of, to refer them again."""
    access = access_to(viewer, patient_id)
    return Known(access.patient, "", _open_cases(viewer, patient_id))


def maybe_the_same(viewer: Actor, patient: Patient) -> list[Known]:
    """Return who was known before and may be this person, for the coordinator who takes them on."""
    identity = Identity(
        family_name=patient.family_name,
        given_name=patient.given_name,
        born_on=patient.born_on,
        nhs_number=patient.nhs_number or "",
        preferred_name=patient.preferred_name,
    )
    found = [match for match in matches_of(identity) if match.patient.made_at < patient.made_at]
    seen = accesses(viewer, [match.patient.id for match in found])
    return _known(viewer, (match for match in found if match.patient.id in seen))


def waiting_for_triage(viewer: Actor) -> list[CaseSeen]:
    """Return what waits for the coordinator's answer: the most urgent first, then who waits longest."""
    waiting = cases_for(viewer, {CaseState.SUBMITTED})
    return sorted(waiting, key=lambda seen: (URGENCY_ORDER[seen.case.urgency], seen.case.number))


def own_under_way(viewer: Actor) -> Sequence[Case]:
    """Return what the viewer referred and is not over: questions to the referrer first, then the latest."""
    refused = Case.state.in_(REFUSED)
    lately = refused & (Case.answered_at > now() - REFUSAL_SHOWN)
    rows = db.session.scalars(
        select(Case)
        .where(Case.referrer_id == viewer.account_id, Case.state.in_(OPEN) | lately)
        .options(joinedload(Case.organisation))
        .order_by(Case.number.desc())
    )
    return sorted(rows, key=lambda case: case.state is not CaseState.RETURNED)


def drafts_of(viewer: Actor) -> list[Draft]:
    """Return what the viewer keeps for later, the latest first."""
    rows = db.session.scalars(
        select(Case)
        .where(Case.referrer_id == viewer.account_id, Case.state == CaseState.DRAFT)
        .options(joinedload(Case.patient))
        .order_by(Case.made_at.desc())
    ).all()
    return _as_drafts(viewer, rows) if rows else []


def get_draft_for(viewer: Actor, case_id: uuid.UUID) -> Draft:
    """Return a draft to whoever keeps it, and to nobody else."""
    case = db.session.get(Case, case_id)
    is_own = case is not None and viewer.account_id is not None and case.referrer_id == viewer.account_id
    if case is None or case.state is not CaseState.DRAFT or not is_own:
        raise NotFound
    return _as_drafts(viewer, [case])[0]


def relation_of_draft(case: Case) -> CareRelation | None:
    """Return what ties a draft to somebody of whom nothing else speaks, None where somebody was chosen."""
    found = select(CareRelation).where(CareRelation.from_id == case.id, CareRelation.reason == Reason.DRAFTED)
    return db.session.scalars(found).one_or_none()


def _as_drafts(viewer: Actor, cases: Sequence[Case]) -> list[Draft]:
    own = select(CareRelation.from_id).where(
        CareRelation.from_id.in_([case.id for case in cases]), CareRelation.reason == Reason.DRAFTED
    )
    typed = set(db.session.scalars(own))
    known = accesses(viewer, {case.patient_id for case in cases})
    return [
        Draft(case, case.patient if case.id in typed or case.patient_id in known else None, case.id in typed)
        for case in cases
    ]


def _known(viewer: Actor, found: Iterable[Match]) -> list[Known]:
    matches = list(found)
    note_shown(match.patient.id for match in matches)
    return [Known(match.patient, match.because, _open_cases(viewer, match.patient.id)) for match in matches]


def _open_cases(viewer: Actor, patient_id: uuid.UUID) -> list[Case]:
    seen = cases_known(viewer, open_cases_of(patient_id))
    return [each.case for each in seen.values()]
