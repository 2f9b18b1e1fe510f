"""Cases, as far as the viewer may know of the person they are about."""

import re
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import defer, joinedload, load_only

from mdt.cases.records import Case, CaseEvent
from mdt.cases.rules import OPEN, URGENCY_ORDER, CaseState
from mdt.cases.wording import LISTS
from mdt.patients.queries import find_by_nhs_number, ids_found_by_name, names_of
from mdt.patients.records import Patient
from mdt.patients.rules import is_called, tidy_nhs_number
from mdt.sharing.queries import Access, accesses
from network.access.rules import Actor
from network.plumbing.database import db
from network.plumbing.refusals import NotFound

FULL_NHS_NUMBER = 10


@dataclass(frozen=True)
class CaseSeen:
    """A case, and why the viewer may know of it."""

    case: Case
    access: Access


def get_case_for(viewer: Actor, case_id: uuid.UUID) -> CaseSeen:
    """Return a case that the viewer may know of."""
    case = db.session.get(Case, case_id)
    seen = cases_known(viewer, [case]) if case is not None else {}
    if case_id not in seen:
        raise NotFound
    return seen[case_id]


def cases_known(viewer: Actor, cases: Iterable[Case]) -> dict[uuid.UUID, CaseSeen]:
    """Return by id those of some cases that the viewer may know of, each with the relation to that case."""
    sent = [case for case in cases if case.state is not CaseState.DRAFT]
    known = accesses(viewer, {case.patient_id for case in sent})
    found = {}
    for case in sent:
        access = known[case.patient_id].to_case(case.id) if case.patient_id in known else None
        if access is not None:
            found[case.id] = CaseSeen(case, access)
    return found


def cases_for(viewer: Actor, states: Collection[CaseState] = OPEN) -> list[CaseSeen]:
    """Return the cases in some states that the viewer may know of, the oldest first."""
    rows = db.session.scalars(_joined().where(Case.state.in_(states)).order_by(Case.number)).all()
    return list(cases_known(viewer, rows).values())


def listed_for(viewer: Actor, name: str) -> list[CaseSeen]:
    """Return one list of cases: the most urgent first, then the oldest; of what is over, the latest."""
    found = cases_for(viewer, LISTS[name][1])
    if name == "over":
        return found[::-1]
    if name == "mine":
        me = viewer.account_id
        found = [seen for seen in found if me in (seen.case.coordinator_id, seen.case.referrer_id)]
    return sorted(found, key=lambda seen: (URGENCY_ORDER[seen.case.urgency], seen.case.number))


def referrals_of(viewer: Actor) -> Sequence[Case]:
    """Return what the viewer referred, the latest first: where it stands, whatever became of their access."""
    return db.session.scalars(
        select(Case)
        .where(Case.referrer_id == viewer.account_id, Case.state != CaseState.DRAFT)
        .order_by(Case.number.desc())
    ).all()


def get_own_referral(viewer: Actor, case_id: uuid.UUID) -> Case:
    """Return a case that the viewer referred."""
    case = db.session.get(Case, case_id)
    if case is None or case.state is CaseState.DRAFT or not _is_own(viewer, case):
        raise NotFound
    return case


def search(viewer: Actor, words: str) -> list[CaseSeen]:
    """Return the cases whose person or reference fits what was typed: only what the viewer could open."""
    of_them = db.session.scalars(_joined().where(Case.patient_id.in_(_people_meant(viewer, words))))
    found = cases_known(viewer, [*_by_reference(words), *of_them])
    return sorted(found.values(), key=lambda each: each.case.number)


def _by_reference(words: str) -> Sequence[Case]:
    number = _number_in(words)
    return db.session.scalars(_joined().where(Case.number == number)).all() if number else ()


def _number_in(words: str) -> int:
    """Read the number of a reference as it is said or typed, 0 where it is none."""
    found = re.fullmatch(r"c-?0*(\d{1,9})", words.strip(), re.IGNORECASE | re.ASCII)
    return int(found[1]) if found else 0


def search_without_case(viewer: Actor, words: str) -> list[Patient]:
    """Return the people who fit what was typed and of whom the viewer knows no case."""
    known = _people_meant(viewer, words)
    of_them = db.session.scalars(_joined().where(Case.patient_id.in_(known)))
    with_case = {seen.case.patient_id for seen in cases_known(viewer, of_them).values()}
    people = [access.patient for patient_id, access in known.items() if patient_id not in with_case]
    return sorted(people, key=lambda patient: patient.made_at)


def open_cases_of(patient_id: uuid.UUID) -> Sequence[Case]:
    """Return the cases of somebody that are not over; whoever calls asks who may know of each."""
    return db.session.scalars(
        select(Case).where(Case.patient_id == patient_id, Case.state.in_(OPEN)).order_by(Case.number)
    ).all()


def history_of(case_id: uuid.UUID) -> Sequence[CaseEvent]:
    """Return what happened to a case, the latest first."""
    return db.session.scalars(
        select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.at.desc())
    ).all()


def refs_of(patient_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """Return the references of the cases of some people: what may be said of them to whoever may not look."""
    found: dict[uuid.UUID, list[str]] = {patient_id: [] for patient_id in patient_ids}
    rows = select(Case).where(Case.patient_id.in_(found), Case.state != CaseState.DRAFT)
    wanted = rows.order_by(Case.number).options(load_only(Case.patient_id, Case.number))
    for case in db.session.scalars(wanted):
        found[case.patient_id].append(case.ref)
    return found


def find_named(words: str) -> uuid.UUID | None:
    """Return whom an exact NHS number or the reference of a case names; whoever asks keeps that it was asked.

    For those who keep the register and see no names: they find nobody by a name, or by half a number.
    """
    number = tidy_nhs_number(words)
    if len(number) == FULL_NHS_NUMBER:
        patient = find_by_nhs_number(number)
        return patient.id if patient else None
    case_number = _number_in(words)
    meant = select(Case.patient_id).where(Case.number == case_number, Case.state != CaseState.DRAFT)
    return db.session.scalar(meant) if case_number else None


def next_number() -> int:
    """Return the number of the network's next case."""
    return max(db.session.scalar(select(func.max(Case.number))) or 0, 0) + 1


def next_draft_number() -> int:
    """Return what stands for the number of a draft: a gap among those of cases would tell of it."""
    return min(db.session.scalar(select(func.min(Case.number))) or 0, 0) - 1


def _is_own(viewer: Actor, case: Case) -> bool:
    return viewer.account_id is not None and case.referrer_id == viewer.account_id


def _people_meant(viewer: Actor, words: str) -> dict[uuid.UUID, Access]:
    number = tidy_nhs_number(words)
    if len(number) == FULL_NHS_NUMBER:
        patient = find_by_nhs_number(number)
        return accesses(viewer, [patient.id] if patient else [])
    known = accesses(viewer, ids_found_by_name(words))
    return {key: access for key, access in known.items() if is_called(words, names_of(access.patient))}


def _joined() -> Select[Case]:
    # What was pasted is long, and no list shows it.
    return select(Case).options(
        joinedload(Case.patient), joinedload(Case.organisation), defer(Case.pasted, raiseload=False)
    )
