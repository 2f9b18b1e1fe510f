"""Who looked at, changed, printed or sent what is known of a person, from the audit trail."""

import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from mdt.cases.queries import refs_of
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.holdings.queries import rows_of
from mdt.patients.records import Patient
from mdt.seen.rules import Day, Deed, by_day
from mdt.seen.wording import deed_said, who_said
from mdt.sharing.queries import access_to
from network.access.rules import Actor, Permission
from network.accounts.records import RoleGrant
from network.audit.queries import is_about
from network.audit.records import AuditEntry
from network.plumbing.database import ENGLAND, current_network, db
from network.plumbing.refusals import NotFound


def get_person_for(viewer: Actor, patient_id: uuid.UUID) -> Patient | None:
    """Return a person to those who may know of them; None stands for one whom the viewer may only refer to.

    Who keeps the register of sharing reads who saw what of whom, by references, and never a name.
    """
    if viewer.may_somewhere(Permission.SEE_CASES):
        return access_to(viewer, patient_id).patient
    if not viewer.may(Permission.SEE_SHARING) or not refs_of([patient_id])[patient_id]:
        raise NotFound
    return None


def days_of(viewer: Actor, patient_id: uuid.UUID) -> list[Day]:
    """Return who did what with what is known of somebody, the latest day first."""
    get_person_for(viewer, patient_id)
    theirs = AuditEntry.network_id == current_network(), is_about(ids_of(patient_id))
    entries = db.session.scalars(select(AuditEntry).where(*theirs)).all()
    places = _places_of({entry.account_id for entry in entries if entry.account_id})
    return by_day(_deed(entry, places) for entry in entries)


def ids_of(patient_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Return the ids by which the trail knows somebody: their entries' and their cases'."""
    held = rows_of(patient_id)
    return frozenset([*held[Patient.__tablename__], *held.get(Case.__tablename__, ())])


def not_kept(people: Collection[uuid.UUID], kept: Collection[str]) -> list[uuid.UUID]:
    """Return those of some people about whom, or about whose cases, the trail has no entry yet."""
    if not people:
        return []
    known = {uuid.UUID(each) for each in kept if each != "None"}
    of_cases = db.session.scalars(select(Case.patient_id).where(Case.id.in_(known - set(people))))
    return sorted(set(people) - known - set(of_cases))


def refs_known(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the references by which some people and cases may be called."""
    sent = select(Case).where(Case.id.in_(ids), Case.state != CaseState.DRAFT)
    cases = {case.id: case.ref for case in db.session.scalars(sent)}
    return cases | {patient_id: ", ".join(refs) for patient_id, refs in refs_of(ids).items() if refs}


def _deed(entry: AuditEntry, places: dict[uuid.UUID, list[RoleGrant]]) -> Deed:
    at = entry.at.astimezone(ENGLAND)
    held = places.get(entry.account_id, []) if entry.account_id else []
    where = {grant.organisation.name for grant in held if grant.holds_on(at.date())}
    return Deed(at, who_said(entry.actor, sorted(where)), deed_said(entry.verb, entry.details))


def _places_of(account_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[RoleGrant]]:
    found: dict[uuid.UUID, list[RoleGrant]] = {}
    grants = select(RoleGrant).where(
        RoleGrant.account_id.in_(account_ids), RoleGrant.network_id == current_network()
    )
    for grant in db.session.scalars(grants.options(joinedload(RoleGrant.organisation))):
        found.setdefault(grant.account_id, []).append(grant)
    return found
