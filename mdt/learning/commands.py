"""Telling a case to others so that they learn: written afresh, read by a second, withdrawn at a word."""

import uuid

from sqlalchemy import select

from mdt.cases.queries import get_case_for
from mdt.learning.queries import examples_from, get_example_for, known_of, may_teach, objects_to_all
from mdt.learning.records import ExampleVerdict, LearningExample
from mdt.learning.rules import MOVES, ExampleState, Telling, Verdict, telltales, wrong_with_telling
from mdt.patients.records import Patient
from mdt.sharing.commands import refuse_in_emergency
from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid, NotAllowed, Refusal


class GivesAway(Invalid):
    """Something in the text may tell who it is about."""


@command
def offer_example(actor: Actor, case_id: uuid.UUID, telling: Telling) -> uuid.UUID:
    """Write a case afresh for others to learn from; it waits for a second person."""
    seen = get_case_for(actor, case_id)
    require(may_teach(actor, seen))
    patient = seen.access.patient
    refuse_in_emergency(actor, patient.id)
    if objects_to_all(patient.id):
        raise Refusal("This person wants nothing shared: their case is told to nobody, without a name too.")
    _refuse_unfit(telling, patient)
    row = LearningExample(case_id=case_id, author_id=actor.account_id, author=actor.name, **_columns(telling))
    db.session.add(row)
    db.session.flush()
    _decide(actor, row, Verdict.OFFERED)
    return row.id


@command
def rewrite_example(actor: Actor, example_id: uuid.UUID, telling: Telling) -> None:
    """Write an example anew that was sent back; whoever writes it last is its author."""
    row = _locked(actor, example_id)
    _refuse_move(row, ExampleState.OFFERED)
    _refuse_unfit(telling, row.case.patient)
    for name, value in _columns(telling).items():
        setattr(row, name, value)
    row.author_id, row.author = actor.account_id, actor.name
    _decide(actor, row, Verdict.OFFERED)


@command
def approve_example(actor: Actor, example_id: uuid.UUID) -> None:
    """Let an example into the library, after a second person has read it."""
    row = _locked(actor, example_id)
    if not get_example_for(actor, example_id).may_decide:
        raise NotAllowed("Whoever wrote it cannot approve it: a second person reads it first.")
    _refuse_move(row, ExampleState.APPROVED)
    # What is known of the person may have grown since it was written.
    _refuse_unfit(get_example_for(actor, example_id).telling, row.case.patient)
    row.approved_at = now()
    _decide(actor, row, Verdict.APPROVED)


@command
def return_example(actor: Actor, example_id: uuid.UUID, reason: str) -> None:
    """Send an example back to be written anew."""
    row = _locked(actor, example_id)
    _refuse_move(row, ExampleState.RETURNED)
    _decide(actor, row, Verdict.RETURNED, _said(reason, "Enter what should be written otherwise."))


@command
def withdraw_example(actor: Actor, example_id: uuid.UUID, reason: str) -> None:
    """Take an example out of the library for good."""
    row = _locked(actor, example_id)
    _refuse_move(row, ExampleState.WITHDRAWN)
    _decide(actor, row, Verdict.WITHDRAWN, _said(reason, "Enter why it is withdrawn."))


def withdraw_all_examples(actor: Actor, patient_id: uuid.UUID) -> None:
    """Withdraw whatever was written from the cases of somebody who objects; part of a command."""
    for row in examples_from(patient_id):
        if ExampleState.WITHDRAWN in MOVES[row.state]:
            _decide(actor, row, Verdict.WITHDRAWN, "The person objected to sharing.")


def _locked(actor: Actor, example_id: uuid.UUID) -> LearningExample:
    row = get_example_for(actor, example_id).example
    # Of two who decide at once the later one finds what the first has decided.
    db.session.scalars(select(LearningExample.id).where(LearningExample.id == row.id).with_for_update()).one()
    db.session.refresh(row, ["state"])
    return row


def _refuse_move(row: LearningExample, to: ExampleState) -> None:
    if to not in MOVES[row.state]:
        raise Refusal(f"This example stands at '{row.state.label}': look at it again.")


def _refuse_unfit(telling: Telling, patient: Patient) -> None:
    if wrong := wrong_with_telling(telling):
        raise Invalid(wrong)
    if found := telltales(telling.text, known_of(patient)):
        raise GivesAway(f"Write it so that it gives nobody away. Take out {'; '.join(found)}.")


def _said(reason: str, sentence: str) -> str:
    if not reason.strip():
        raise Invalid(sentence)
    return reason.strip()


def _decide(actor: Actor, row: LearningExample, verdict: Verdict, reason: str = "") -> None:
    row.state = ExampleState(verdict.value)
    db.session.add(
        ExampleVerdict(
            example_id=row.id, verdict=verdict, reason=reason, by=actor.name, by_id=actor.account_id
        )
    )
    db.session.flush()
    record(actor, f"example_{verdict.value}", "case", row.case_id, ref=row.case.ref, example=str(row.id))


def _columns(telling: Telling) -> dict[str, object]:
    return {
        "title": telling.title.strip(),
        "vignette": telling.vignette.strip(),
        "lesson": telling.lesson.strip(),
        "question": telling.question.strip(),
        "disciplines": [each.value for each in telling.disciplines],
    }
