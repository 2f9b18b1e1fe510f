"""What becomes of somebody whom a list named: a referral is begun, not now, or no; never by itself."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from sqlalchemy import delete, select

from mdt.cases.records import Case
from mdt.drafts.commands import keep_draft
from mdt.facts.commands import keep_facts
from mdt.facts.queries import pack
from mdt.facts.rules import FactOrigin
from mdt.findings.queries import Found, columns, facts_of, findings_about, get_finding_for
from mdt.findings.records import Finding, FindingEvent
from mdt.findings.rules import (
    FORGOTTEN_AFTER_DAYS,
    LONGEST_WAIT_DAYS,
    MOVES,
    FindingState,
    Said,
    Who,
    facts_for_person,
    joined,
    who_as_text,
)
from mdt.findings.wording import question_for, source_said, summary_of
from mdt.panels.rules import Answer
from mdt.patients.records import Patient
from mdt.patients.rules import Identity, ethnic_category_of
from mdt.referrals.commands import follows_referrals
from mdt.referrals.queries import refers_for
from mdt.referrals.rules import Referral
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, Refusal


class DecidedAlready(Refusal):
    """Somebody else was faster."""


@command
def note_findings_shown(
    actor: Actor, finding_ids: Collection[uuid.UUID], people: Collection[uuid.UUID]
) -> None:
    """Keep who of a queue was looked at; never their names."""
    require(actor.may_somewhere(Permission.FIND_CASES))
    record(
        actor,
        "look_through_findings",
        "network",
        actor.network_id,
        findings=sorted(map(str, finding_ids)),
        people=sorted(map(str, people)),
    )


@command
def note_finding_opened(actor: Actor, finding_id: uuid.UUID) -> None:
    """Keep that somebody looked at what lists say of a person."""
    found = get_finding_for(actor, finding_id)
    people = [str(found.finding.patient_id)] if found.finding.patient_id else []
    record(actor, "open_finding", "finding", finding_id, people=people)


@command
def begin_referral(actor: Actor, finding_id: uuid.UUID, who: Who, because: tuple[str, ...]) -> uuid.UUID:
    """Keep a draft of a referral with what is known; whoever began it asks the question and sends it."""
    found = _locked(actor, finding_id, FindingState.REFERRED)
    row, who = found.finding, joined(found.who, who)
    organisations = refers_for(actor)
    if not organisations:
        raise Invalid("You refer for no organisation. Ask somebody of the practice to refer this person.")
    referral = Referral(
        question=question_for(because),
        pasted=summary_of(found.facts, columns(), row.list_name, row.listed_on),
    )
    row.case_id = keep_draft(
        actor,
        None if found.is_known else _identity(who),
        referral,
        organisation_id=row.practice_id if row.practice_id in organisations else min(organisations),
        practice_id=None if found.is_known else row.practice_id,
        patient_id=row.patient_id if found.is_known else None,
    )
    row.who = who_as_text(who)
    _move(actor, row, FindingState.REFERRED, f"{actor.name} began a referral.")
    record(actor, "begin_referral", "finding", row.id, draft=str(row.case_id))
    return row.case_id


@command
def put_off(actor: Actor, finding_id: uuid.UUID, until: date, reason: str) -> None:
    """Look at somebody later: they come back on that day."""
    row = _locked(actor, finding_id, FindingState.NOT_NOW).finding
    if not reason.strip():
        raise Invalid("Enter why not now.")
    if not today() < until <= today() + timedelta(days=LONGEST_WAIT_DAYS):
        raise Invalid("Enter a day to look again: after today, within a year.")
    row.until = until
    _move(actor, row, FindingState.NOT_NOW, f"Not before {until:%d/%m/%Y}: {reason.strip()}")
    record(actor, "put_off_finding", "finding", row.id, until=str(until))


@command
def say_no(actor: Actor, finding_id: uuid.UUID, reason: str) -> None:
    """Leave somebody who was found alone; a later list brings them back to nobody."""
    row = _locked(actor, finding_id, FindingState.NO).finding
    if not reason.strip():
        raise Invalid("Enter why not.")
    _move(actor, row, FindingState.NO, f"No: {reason.strip()}")
    record(actor, "say_no_to_finding", "finding", row.id)


@command
def look_again(actor: Actor, finding_id: uuid.UUID) -> None:
    """Bring somebody back who was put off or left alone."""
    row = _locked(actor, finding_id, FindingState.WAITING).finding
    _move(actor, row, FindingState.WAITING, f"{actor.name} brought this back to look at.")
    record(actor, "look_at_finding_again", "finding", row.id)


@command
def forget_findings(actor: Actor) -> int:
    """Forget whom no list has named for a year and about whom nobody began a referral."""
    require(actor.is_system)
    before = today() - timedelta(days=FORGOTTEN_AFTER_DAYS)
    old = db.session.scalars(
        select(Finding.id).where(Finding.listed_on < before, Finding.case_id.is_(None))
    ).all()
    db.session.execute(delete(FindingEvent).where(FindingEvent.finding_id.in_(old)))
    db.session.execute(delete(Finding).where(Finding.id.in_(old)))
    record(actor, "forget_findings", "network", None, count=len(old))
    return len(old)


@follows_referrals
def note_referred(actor: Actor, case: Case) -> None:
    """Tie what lists said of somebody to their referral, whoever referred them."""
    for row in findings_about(case.patient, case.id):
        row.patient_id, row.case_id, row.state, row.until = (
            case.patient_id,
            case.id,
            FindingState.REFERRED,
            None,
        )
        _tell(actor, row, f"Referred as {case.ref}.")
        hand_over(actor, row)


def hand_over(actor: Actor, row: Finding) -> None:
    """Note what lists said of somebody known as facts of theirs; part of a command."""
    assert row.patient_id is not None
    said = facts_for_person(facts_of(row), columns())
    # A list may say more than prompts ask for.
    facts = {key: Answer(value, as_at) for key, (value, as_at) in said.items() if key in pack().specs}
    _describe(db.session.get_one(Patient, row.patient_id), facts_of(row))
    if facts:
        keep_facts(actor, row.patient_id, facts, source_said(row.list_name), FactOrigin.LIST, row.id)
    row.facts_noted = True


def _describe(patient: Patient, said: Mapping[str, Said]) -> None:
    """Fill in what only a list says of somebody; what is known here stays as it is."""
    if patient.ethnicity is None and "ethnicity" in said:
        patient.ethnicity = ethnic_category_of(str(said["ethnicity"].value))
    decile = said["imd_decile"].value if "imd_decile" in said else None
    if patient.imd_decile is None and isinstance(decile, int):
        patient.imd_decile = decile


def _locked(actor: Actor, finding_id: uuid.UUID, to: FindingState) -> Found:
    get_finding_for(actor, finding_id)
    wanted = select(Finding).where(Finding.id == finding_id).with_for_update()
    row = db.session.scalars(wanted.execution_options(populate_existing=True)).one()
    found = get_finding_for(actor, finding_id)
    if to not in MOVES[row.state] or (row.state is FindingState.REFERRED and row.case_id is not None):
        raise DecidedAlready(f"Somebody has decided already: {row.state.label.lower()}. Look again.")
    return found


def _move(actor: Actor, row: Finding, to: FindingState, said: str) -> None:
    row.state, row.decided_on = to, today()
    if to is not FindingState.NOT_NOW:
        row.until = None
    _tell(actor, row, said)


def _tell(actor: Actor, row: Finding, said: str) -> None:
    db.session.add(FindingEvent(finding_id=row.id, said=said, by=actor.name))


def _identity(who: Who) -> Identity:
    if not who.is_complete or who.born_on is None:
        raise Invalid(
            "Enter the given name, the family name and the date of birth: the list has not all of them."
        )
    return Identity(who.family_name, who.given_name, who.born_on, who.nhs_number, sex=who.sex)
