"""Who looked at, changed, printed or sent what is known of a person, from the audit trail."""

import uuid
from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select, union
from sqlalchemy.orm import joinedload

from mdt.cases.queries import refs_of
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.patients.records import Patient
from mdt.seen.rules import Day, Deed, by_day
from mdt.seen.wording import deed_said, who_said
from mdt.sharing.queries import access_to
from network.access.rules import Actor, Permission
from network.accounts.records import RoleGrant
from network.audit.queries import is_about
from network.audit.records import AuditEntry
from network.plumbing.database import ENGLAND, current_network, day_of, db
from network.plumbing.refusals import NotFound

REASON = AuditEntry.details["reason"].astext


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
    alike = day_of(AuditEntry.at), AuditEntry.account_id, AuditEntry.actor, AuditEntry.verb, REASON
    # Whoever is discussed often is named thousands of times: the database folds them.
    rows = db.session.execute(
        select(*alike, func.min(AuditEntry.at), func.max(AuditEntry.at), func.count())
        .where(AuditEntry.network_id == current_network(), is_about(ids_of(patient_id)))
        .group_by(*alike)
    ).all()
    where = _Places({row.account_id for row in rows if row.account_id})
    return by_day(
        Deed(
            first_at.astimezone(ENGLAND),
            who_said(actor, where.worked(account_id, day)),
            deed_said(verb, reason),
            times,
            last_at.astimezone(ENGLAND),
        )
        for day, account_id, actor, verb, reason, first_at, last_at, times in rows
    )


def ids_of(patient_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Return the ids by which the trail knows somebody: their entries' and their cases'."""
    entries = select(Patient.id).where(Patient.id == patient_id).cte("entries", recursive=True)
    entries = entries.union(select(Patient.id).join(entries, Patient.merged_into_id == entries.c.id))
    cases = select(Case.id).where(Case.patient_id.in_(select(entries.c.id)))
    return frozenset(db.session.scalars(union(select(entries.c.id), cases)))


def not_kept(people: Collection[uuid.UUID], kept: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Return those of some people about whom, or about whose cases, the trail has no entry yet."""
    if not people:
        return []
    of_cases = db.session.scalars(select(Case.patient_id).where(Case.id.in_(set(kept) - set(people))))
    return sorted(set(people) - set(kept) - set(of_cases))


def refs_known(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the references by which some people and cases may be called."""
    sent = select(Case).where(Case.id.in_(ids), Case.state != CaseState.DRAFT)
    cases = {case.id: case.ref for case in db.session.scalars(sent)}
    return cases | {patient_id: ", ".join(refs) for patient_id, refs in refs_of(ids).items() if refs}


class _Places:
    """Where some accounts worked, day by day."""

    def __init__(self, account_ids: Collection[uuid.UUID]) -> None:
        grants = select(RoleGrant).where(
            RoleGrant.account_id.in_(account_ids), RoleGrant.network_id == current_network()
        )
        self._grants: dict[uuid.UUID, list[RoleGrant]] = {}
        for grant in db.session.scalars(grants.options(joinedload(RoleGrant.organisation))):
            self._grants.setdefault(grant.account_id, []).append(grant)

    def worked(self, account_id: uuid.UUID | None, day: date) -> list[str]:
        held = self._grants.get(account_id, ()) if account_id else ()
        return sorted({grant.organisation.name for grant in held if grant.holds_on(day)})
