"""Letting a learner see one case for a time, and ending it."""

import uuid
from datetime import date, timedelta

from flask import render_template
from sqlalchemy import select

from mdt.cases.commands import lock_case, tell
from mdt.cases.queries import get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import OPEN
from mdt.learners.queries import (
    Learner,
    get_visit_for,
    is_shut_out,
    learners_for,
    may_let_in,
    standing_visits,
    visits_of,
)
from mdt.learners.records import LearnerVisit
from mdt.learners.rules import Told, wrong_with_days, wrong_with_told
from mdt.sharing.commands import end_relations, note_disclosure, refuse_in_emergency, relate
from mdt.sharing.rules import Reason
from network.access.guard import require
from network.access.rules import Actor
from network.accounts.records import Account
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.mail import address_of, post
from network.plumbing.refusals import Invalid, Refusal
from network.plumbing.templating import full_date


@command
def let_learner_in(
    actor: Actor, case_id: uuid.UUID, account_id: uuid.UUID, starts_on: date, ends_on: date, told: Told
) -> uuid.UUID:
    """Let somebody who learns with the team see one case from one day to another; return the visit's id."""
    case = get_case_for(actor, case_id).case
    require(may_let_in(actor, case_id))
    refuse_in_emergency(actor, case.patient_id)
    case = lock_case(case)
    learner = _learner(actor, account_id)
    if wrong := wrong_with_days(starts_on, ends_on, learner.last_day, today()) or wrong_with_told(
        told, today()
    ):
        raise Invalid(wrong)
    _refuse(case, learner)
    visit = LearnerVisit(
        case_id=case.id,
        account_id=account_id,
        name=learner.name,
        organisation=learner.organisation,
        starts_on=starts_on,
        ends_on=ends_on,
        how=told.how.strip(),
        informed_by=told.by.strip(),
        informed_on=told.on,
        let_in_by=actor.name,
    )
    db.session.add(visit)
    db.session.flush()
    _let_know(actor, case, learner, visit)
    record(
        actor, "let_learner_in", "case", case.id, ref=case.ref, visit=str(visit.id), account=str(account_id)
    )
    return visit.id


@command
def end_learning(actor: Actor, visit_id: uuid.UUID) -> uuid.UUID:
    """End what a learner may see, from this moment: whoever may let them in ends it, and they themselves."""
    visit = get_visit_for(actor, visit_id)
    require(visit.account_id == actor.account_id or may_let_in(actor, visit.case_id))
    lock_case(visit.case)
    db.session.refresh(visit)
    if not visit.stands:
        raise Refusal("This has ended already.")
    _end(actor, visit, f"{visit.name} learns on this case no longer.")
    record(actor, "end_learning", "case", visit.case_id, ref=visit.case.ref, visit=str(visit.id))
    return visit.case_id


def end_all_learning(actor: Actor, patient_id: uuid.UUID) -> None:
    """End what learners see of a person who objects, to whatever it is; part of a command.

    Learning is no care: at the first doubt it ends, and whoever wants to begin again asks the person anew.
    """
    for visit in standing_visits(patient_id):
        _end(actor, visit, f"{visit.name} learns on this case no longer: the person objected.")
        record(actor, "end_learning", "case", visit.case_id, ref=visit.case.ref, visit=str(visit.id))


def _learner(actor: Actor, account_id: uuid.UUID) -> Learner:
    # Who holds the role at two organisations has it for as long as the longer of the two.
    found = [one for one in learners_for(actor) if one.account_id == account_id]
    if not found:
        raise Invalid("Choose somebody who holds the role of a learner; whoever takes part is asked instead.")
    return found[-1]


def _refuse(case: Case, learner: Learner) -> None:
    if case.state not in OPEN:
        raise Refusal(f"This case is {case.state.label.lower()}: nobody is let in to learn from it.")
    if case.patient.died_on is not None:
        raise Refusal("This person has died: nobody is let in to learn from their case.")
    if is_shut_out(case, learner.account_id):
        raise Refusal(f"The person does not want this shared with {learner.name}.")
    if any(each.account_id == learner.account_id and each.stands for each in visits_of(case.id)):
        raise Refusal(f"{learner.name} may see this case already. End that first.")


def _let_know(actor: Actor, case: Case, learner: Learner, visit: LearnerVisit) -> None:
    relate(
        actor,
        case.patient,
        Reason.LEARNING,
        account_id=learner.account_id,
        case_id=case.id,
        from_id=visit.id,
        starts_on=visit.starts_on,
        ends_on=visit.ends_on,
    )
    note_disclosure(
        case.patient_id,
        f"{learner.name}, {learner.organisation}",
        f"learns with the team until {full_date(visit.ends_on)}",
        organisation_id=learner.organisation_id,
        account_id=learner.account_id,
    )
    days = f"from {full_date(visit.starts_on)} to {full_date(visit.ends_on)}"
    tell(actor, case, f"{learner.name} may look on to learn, {days}: the person was told and did not object.")
    account = db.session.scalars(select(Account).where(Account.id == learner.account_id)).one()
    letter = render_template(
        "mdt/learners/letter.txt", visit=visit, ref=case.ref, link=address_of("learners.mine"), by=actor.name
    )
    post(account.email, f"A case to learn from: {case.ref}", letter)


def _end(actor: Actor, visit: LearnerVisit, said: str) -> None:
    visit.ended_at, visit.ended_by = now(), actor.name
    end_relations(visit.id, today() - timedelta(days=1))
    tell(actor, visit.case, said)
