"""Whose time is over, what holds them back, and what was removed before."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Select, exists, func, select, union_all
from sqlalchemy.orm import QueryableAttribute, aliased, selectinload

from mdt.actions.records import Action
from mdt.carer_actions.records import CarerAction
from mdt.carers.records import CarerAgreement, CarerAssessmentStep, CarerSaid
from mdt.cases.queries import refs_of
from mdt.cases.records import Case, CaseEvent
from mdt.cases.rules import OPEN, CaseState
from mdt.decisions.records import Decision
from mdt.emergencies.records import EmergencyOpening
from mdt.facts.records import PatientFact
from mdt.holdings.queries import rows_of
from mdt.involvements.records import Involvement
from mdt.lists.records import AgendaItem
from mdt.lists.rules import DISCUSSED
from mdt.meetings.records import Meeting
from mdt.outcomes.records import Measure, MeasureOptOut
from mdt.own_door.records import DoorNote
from mdt.patients.records import Patient
from mdt.retention.records import PatientHold, Removal, RemovalLine, RetentionRules
from mdt.retention.rules import Lengths, Life, draft_kept_until, kept_until, years_after
from mdt.retention.wording import HELD, refs_said, unsent_said, why_said
from mdt.services.records import Navigator, Offer
from mdt.sharing.records import CareRelation, Disclosure, ObjectionRecord, SharingRecord
from mdt.sharing.rules import Reason
from mdt.story.records import Need, Statement
from mdt.subject_access.records import SubjectRequest
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.plumbing.database import ENGLAND, day_of, db, today
from network.plumbing.refusals import NotFound

# Whoever writes a draft about somebody is about to refer them.
UNDER_WAY = OPEN | {CaseState.DRAFT}
# Every day on which something was recorded of somebody; reading does not count.
RECORDED: tuple[tuple[QueryableAttribute[uuid.UUID], QueryableAttribute[Any]], ...] = (
    (Patient.id, Patient.made_at),
    (Case.patient_id, Case.made_at),
    (Case.patient_id, Case.closed_on),
    (Statement.patient_id, Statement.noted_at),
    (Statement.patient_id, Statement.confirmed_on),
    (Need.patient_id, Need.recorded_on),
    (DoorNote.patient_id, DoorNote.said_at),
    (PatientFact.patient_id, PatientFact.noted_at),
    (SharingRecord.patient_id, SharingRecord.recorded_at),
    (ObjectionRecord.patient_id, ObjectionRecord.recorded_at),
    (Disclosure.patient_id, Disclosure.at),
    (Offer.patient_id, Offer.offered_on),
    (Measure.patient_id, Measure.skipped_on),
    (MeasureOptOut.patient_id, MeasureOptOut.said_on),
    (Navigator.patient_id, Navigator.named_at),
    (Involvement.patient_id, Involvement.noted_at),
    (CarerSaid.patient_id, CarerSaid.noted_at),
    (CarerAssessmentStep.patient_id, CarerAssessmentStep.recorded_at),
    (CarerAgreement.patient_id, CarerAgreement.recorded_at),
    (CarerAction.patient_id, CarerAction.answered_on),
)


@dataclass(frozen=True)
class Due:
    """Somebody, or a draft, whose time is over: by reference, without a name."""

    patient_id: uuid.UUID
    refs: str
    why: str
    last_on: date
    draft_id: uuid.UUID | None = None
    held_because: str = ""

    @property
    def key(self) -> uuid.UUID:
        return self.draft_id or self.patient_id


def lengths() -> Lengths:
    """Return how long the current network keeps what it holds."""
    chosen = db.session.scalars(select(RetentionRules)).one_or_none()
    if chosen is None:
        return Lengths()
    return Lengths(chosen.years_after_closing, chosen.years_after_death, chosen.draft_days)


def due_for(viewer: Actor) -> list[Due]:
    """Return everybody whose time is over, those who waited longest first; held ones say what holds them."""
    require(viewer.may(Permission.REMOVE_PEOPLE))
    return sorted(
        [*people_due(), *drafts_due()], key=lambda due: (due.last_on, due.refs, str(due.patient_id))
    )


def people_due(only: Collection[uuid.UUID] | None = None) -> list[Due]:
    """Return the people whose time is over, or those of some."""
    kept, day = lengths(), today()
    last = _last_days(years_after(day, -kept.years_after_closing), only)
    found = db.session.scalars(select(Patient).where(Patient.id.in_(last))).all()
    lives = {each.id: Life(last[each.id], each.born_on, each.died_on) for each in found}
    over = {key: life for key, life in lives.items() if kept_until(life, kept) < day}
    refs, held = refs_of(over), held_of(over)
    return [
        Due(key, refs_said(refs[key]), why_said(life, kept), life.last_on, held_because=held.get(key, ""))
        for key, life in over.items()
    ]


def drafts_due(only: Collection[uuid.UUID] | None = None) -> list[Due]:
    """Return the drafts that nobody sent in time, or those of some."""
    kept, day = lengths(), today()
    wanted = select(Case.id, Case.patient_id, Case.made_at).where(Case.state == CaseState.DRAFT)
    if only is not None:
        wanted = wanted.where(Case.id.in_(only))
    rows = [
        (case_id, patient_id, made_at.astimezone(ENGLAND).date())
        for case_id, patient_id, made_at in db.session.execute(wanted)
    ]
    over = [row for row in rows if draft_kept_until(row[2], kept) < day]
    held = held_of({patient_id for _, patient_id, _ in over})
    return [
        Due(patient_id, "Draft", unsent_said(kept.draft_days), on, case_id, held.get(patient_id, ""))
        for case_id, patient_id, on in over
    ]


def held_of(patient_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return who of some people is not removed for now, and why in words."""
    ids = list(patient_ids)
    holding: dict[str, Select[uuid.UUID]] = {
        "emergency": select(EmergencyOpening.patient_id).where(EmergencyOpening.reviewed_at.is_(None)),
        "request": select(SubjectRequest.patient_id).where(SubjectRequest.outcome.is_(None)),
        "hold": select(PatientHold.patient_id).where(PatientHold.lifted_at.is_(None)),
    }
    found: dict[uuid.UUID, str] = {}
    for name, wanted in holding.items():
        column = wanted.selected_columns[0]
        found |= dict.fromkeys(db.session.scalars(wanted.where(column.in_(ids))), HELD[name])
    return found


def forgotten_for(viewer: Actor) -> list[str]:
    """Return the references of open cases in which nothing happened for as long as closed ones are kept."""
    require(viewer.may(Permission.REMOVE_PEOPLE))
    before = years_after(today(), -lengths().years_after_closing)
    latest = select(func.max(CaseEvent.at)).where(CaseEvent.case_id == Case.id).scalar_subquery()
    rows = select(Case).where(Case.state.in_(OPEN), func.coalesce(latest, Case.made_at) < before)
    return [case.ref for case in db.session.scalars(rows.order_by(Case.number))]


def goes_with(dues: Iterable[Due | RemovalLine]) -> dict[str, int]:
    """Count, by table, the rows that would go with some people and drafts."""
    dues = list(dues)
    people = [due.patient_id for due in dues if due.draft_id is None]
    counts = {name: len(ids) for name, ids in rows_of(*people).items()} if people else {}
    drafts = sum(due.draft_id is not None for due in dues)
    return counts | {"mdt_case": counts.get("mdt_case", 0) + drafts} if drafts else counts


def figures_of(patient_id: uuid.UUID) -> dict[str, dict[str, int]]:
    """Count by year what the network goes on counting when somebody is removed."""
    counted: dict[str, dict[str, int]] = {}
    own = Case.patient_id == patient_id
    sent = select(Case.submitted_at).where(own)
    discussed = (
        select(Meeting.starts_at)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .join(Case, Case.id == AgendaItem.case_id)
        .where(own, AgendaItem.state.in_(DISCUSSED))
    )
    newer = aliased(Decision)
    decided = (
        select(Decision.confirmed_at)
        .join(Case, Case.id == Decision.case_id)
        # Read back twice before it was signed, it was decided once.
        .where(own, ~exists().where(newer.replaces_id == Decision.id))
    )
    acted = select(Action.made_at).join(Case, Case.id == Action.case_id).where(own)
    wanted = {"referred": sent, "discussed": discussed, "decisions": decided, "actions": acted}
    for name, statement in wanted.items():
        for at in filter(None, db.session.scalars(statement)):
            year = counted.setdefault(str(at.astimezone(ENGLAND).year), {})
            year[name] = year.get(name, 0) + 1
    return counted


def holds_for(viewer: Actor) -> list[tuple[PatientHold, str]]:
    """Return who is on hold, the latest first, each with their references."""
    require(viewer.may(Permission.REMOVE_PEOPLE))
    rows = db.session.scalars(
        select(PatientHold).where(PatientHold.lifted_at.is_(None)).order_by(PatientHold.placed_at.desc())
    ).all()
    refs = refs_of({row.patient_id for row in rows})
    return [(row, refs_said(refs[row.patient_id])) for row in rows]


def get_hold_for(viewer: Actor, hold_id: uuid.UUID) -> PatientHold:
    """Return a hold that stands."""
    require(viewer.may(Permission.REMOVE_PEOPLE))
    hold = db.session.get(PatientHold, hold_id)
    if hold is None or hold.lifted_at is not None:
        raise NotFound
    return hold


def removals_for(viewer: Actor) -> Sequence[Removal]:
    """Return what was proposed and removed, the latest first."""
    require(viewer.may(Permission.REMOVE_PEOPLE))
    rows = select(Removal).options(selectinload(Removal.lines)).order_by(Removal.proposed_at.desc())
    return db.session.scalars(rows).all()


def get_removal_for(viewer: Actor, removal_id: uuid.UUID) -> Removal:
    """Return a removal with its lines."""
    require(viewer.may(Permission.REMOVE_PEOPLE))
    removal = db.session.get(Removal, removal_id)
    if removal is None:
        raise NotFound
    return removal


def waiting_for(viewer: Actor) -> list[Removal]:
    """Return what was proposed and waits for somebody's agreement."""
    return [each for each in removals_for(viewer) if each.agreed_at is None and each.dropped_at is None]


def _day(recorded: QueryableAttribute[Any]) -> ColumnElement[date]:
    return day_of(recorded) if isinstance(recorded.type, DateTime) else recorded.expression


def _last_days(before: date, only: Collection[uuid.UUID] | None) -> dict[uuid.UUID, date]:
    """Return the last day on which anything was recorded of those of whom that is long ago."""
    days = union_all(
        *(select(whose.label("patient_id"), _day(recorded).label("day")) for whose, recorded in RECORDED),
        select(Case.patient_id, day_of(CaseEvent.at)).join(CaseEvent, CaseEvent.case_id == Case.id),
    ).subquery()
    wanted = (
        select(days.c.patient_id, func.max(days.c.day))
        .join(Patient, Patient.id == days.c.patient_id)
        .where(
            Patient.merged_into_id.is_(None),
            ~exists().where(Case.patient_id == Patient.id, Case.state.in_(UNDER_WAY)),
            ~exists().where(CareRelation.patient_id == Patient.id, CareRelation.reason == Reason.DRAFTED),
        )
        .group_by(days.c.patient_id)
        .having(func.max(days.c.day) < before)
    )
    if only is not None:
        wanted = wanted.where(Patient.id.in_(only))
    return {patient_id: day for patient_id, day in db.session.execute(wanted)}
