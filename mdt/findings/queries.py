"""Whom lists named, for those in charge of their care: their own practice, and the coordinator."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import defer

from mdt.cases.queries import CaseSeen, cases_known
from mdt.cases.records import Case
from mdt.cases.rules import OPEN, CaseState
from mdt.findings.records import Finding, FindingEvent
from mdt.findings.rules import (
    FORGOTTEN_AFTER_DAYS,
    Column,
    FindingState,
    Said,
    Who,
    as_columns,
    facts_of_text,
    who_of_text,
)
from mdt.patients.records import Patient
from mdt.sharing.queries import accesses, objections_of
from mdt.sharing.rules import ObjectionScope
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for
from network.organisations.records import Organisation
from network.plumbing.database import db, in_network, today
from network.plumbing.refusals import NotFound
from network.vocabulary import OrganisationKind

PACK = Path(__file__).parent / "packs" / "columns.yaml"


@dataclass(frozen=True)
class Found:
    """Somebody whom a list named, opened, with the case that the viewer may know of."""

    finding: Finding
    who: Who
    facts: Mapping[str, Said]
    practice: str
    case: CaseSeen | None = None
    # Somebody of this network already, as far as the viewer may know.
    is_known: bool = False


@cache
def columns() -> dict[str, Column]:
    """Return what lists may say, once read."""
    return as_columns(yaml.safe_load(PACK.read_text(encoding="utf-8")))


def practices_for(viewer: Actor) -> list[Organisation]:
    """Return the practices whose people the viewer may look for."""
    reach = viewer.organisations_for(Permission.FIND_CASES)
    return [
        each
        for each in organisations_for(viewer)
        if each.kind is OrganisationKind.GP_PRACTICE and (reach is None or each.id in reach)
    ]


def findings_for(viewer: Actor, states: Iterable[FindingState]) -> Sequence[Finding]:
    """Return whom lists named and in what state, of the practices the viewer may look for; still sealed."""
    rows = select(Finding).where(_within(viewer), Finding.state.in_(list(states)))
    return db.session.scalars(rows.order_by(Finding.first_listed_on, Finding.id)).all()


def waiting_for(viewer: Actor) -> list[Finding]:
    """Return who waits for a decision: the new, those whose day has come, and whose draft was thrown away."""
    back = (Finding.state == FindingState.NOT_NOW) & (Finding.until <= today())
    dropped = (Finding.state == FindingState.REFERRED) & Finding.case_id.is_(None)
    rows = select(Finding).where(_within(viewer), or_(Finding.state == FindingState.WAITING, back, dropped))
    found = db.session.scalars(rows.order_by(Finding.first_listed_on, Finding.id).options(defer(Finding.who)))
    waiting = list(found)
    out = not_looked_for({row.patient_id for row in waiting if row.patient_id})
    return [row for row in waiting if row.patient_id not in out]


def not_looked_for(patient_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return who of some people is not looked for: an open case, a death, or an objection to all sharing."""
    if not patient_ids:
        return set()
    busy = select(Case.patient_id).where(Case.patient_id.in_(patient_ids), Case.state.in_(OPEN))
    return {*db.session.scalars(busy), *not_to_be_shown(patient_ids)}


def not_to_be_shown(patient_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return who of some people has died, or objects to all sharing: they stand on no list of ours."""
    dead = select(Patient.id).where(Patient.id.in_(patient_ids), Patient.died_on.is_not(None))
    against = {
        patient_id
        for patient_id, rows in objections_of(patient_ids).items()
        if any(each.scope is ObjectionScope.ALL for each in rows)
    }
    return {*db.session.scalars(dead), *against}


def get_finding_for(viewer: Actor, finding_id: uuid.UUID) -> Found:
    """Return somebody whom a list of a practice in the viewer's charge named."""
    require(viewer.may_somewhere(Permission.FIND_CASES), seen=False)
    row = db.session.scalars(select(Finding).where(Finding.id == finding_id, _within(viewer))).one_or_none()
    if row is None or (row.patient_id is not None and not_to_be_shown([row.patient_id])):
        raise NotFound
    return opened(viewer, [row])[0]


def opened(viewer: Actor, rows: Iterable[Finding]) -> list[Found]:
    """Open some findings, each with the latest case that the viewer may know of."""
    rows = list(rows)
    cases = _cases_of(viewer, rows)
    people = {row.patient_id for row in rows if row.patient_id}
    known = accesses(viewer, people) if people else {}
    names = {each.id: each.name for each in organisations_for(viewer)}
    return [
        Found(
            row,
            who_of_text(row.who),
            facts_of(row),
            names.get(row.practice_id, ""),
            cases.get(row.id),
            row.patient_id in known,
        )
        for row in rows
    ]


def facts_of(row: Finding) -> dict[str, Said]:
    """Return what lists said of somebody."""
    return facts_of_text(row.facts, columns())


def events_of(finding_id: uuid.UUID) -> Sequence[FindingEvent]:
    """Return what was decided about somebody, the latest first."""
    rows = select(FindingEvent).where(FindingEvent.finding_id == finding_id)
    return db.session.scalars(rows.order_by(FindingEvent.at.desc())).all()


def findings_of(practice_ids: Collection[uuid.UUID], numbers: Collection[str]) -> Sequence[Finding]:
    """Return the findings of some practices by NHS number; for those who bring a list in."""
    rows = select(Finding).where(Finding.practice_id.in_(practice_ids), Finding.nhs_index.in_(numbers))
    return db.session.scalars(rows).all()


def findings_born(practice_ids: Collection[uuid.UUID], days: Collection[str]) -> Sequence[Finding]:
    """Return the findings of some practices by date of birth; for those who bring a list in."""
    rows = select(Finding).where(Finding.practice_id.in_(practice_ids), Finding.born_index.in_(days))
    return db.session.scalars(rows).all()


def networks_with_old() -> list[uuid.UUID]:
    """Return the networks in which somebody is listed whom no list has named for a year."""
    before = today() - timedelta(days=FORGOTTEN_AFTER_DAYS)
    old = select(Finding.id).where(Finding.listed_on < before, Finding.case_id.is_(None)).limit(1)
    networks = select(Organisation.id).where(Organisation.kind == OrganisationKind.NETWORK)
    found = []
    for each in db.session.scalars(networks.order_by(Organisation.id)).all():
        # Each network's people are hidden from all others.
        with in_network(each):
            if db.session.scalar(old) is not None:
                found.append(each)
    return found


def findings_about(patient: Patient, case_id: uuid.UUID) -> Sequence[Finding]:
    """Return what lists said of somebody: found by what they are linked to, and by their NHS number."""
    same = [Finding.patient_id == patient.id, Finding.case_id == case_id]
    if patient.nhs_number:
        same.append(Finding.nhs_index == patient.nhs_number)
    return db.session.scalars(select(Finding).where(or_(*same))).all()


def _within(viewer: Actor) -> ColumnElement[bool]:
    require(viewer.may_somewhere(Permission.FIND_CASES))
    return Finding.practice_id.in_([each.id for each in practices_for(viewer)])


def _cases_of(viewer: Actor, rows: Collection[Finding]) -> dict[uuid.UUID, CaseSeen]:
    own = {row.case_id for row in rows if row.case_id}
    people = {row.patient_id for row in rows if row.patient_id}
    if not own and not people:
        return {}
    wanted = select(Case).where(
        or_(Case.id.in_(own), Case.patient_id.in_(people)), Case.state != CaseState.DRAFT
    )
    known = cases_known(viewer, db.session.scalars(wanted.order_by(Case.number)))
    latest = {seen.case.patient_id: seen for seen in known.values()}
    return {row.id: seen for row in rows if (seen := _case_of(row, known, latest)) is not None}


def _case_of(
    row: Finding, known: Mapping[uuid.UUID, CaseSeen], latest: Mapping[uuid.UUID, CaseSeen]
) -> CaseSeen | None:
    if row.patient_id is not None and row.patient_id in latest:
        return latest[row.patient_id]
    return known.get(row.case_id) if row.case_id is not None else None
