"""Asking a carer to do something, what they answer, and telling them what was agreed."""

import uuid
from dataclasses import replace
from datetime import date

from mdt.actions.commands import ask_owner, end_action, move_action, new_action
from mdt.actions.queries import find_owner
from mdt.actions.rules import LOOK_BACK, ActionState, Owner, said_due, wrong_with_action
from mdt.carer_actions.queries import EARLY, get_asked_for
from mdt.carer_actions.records import CarerAction
from mdt.carer_actions.rules import CarerAnswer, ToldHow, may_answer, wrong_with_telling
from mdt.cases.commands import lock_case, tell
from mdt.cases.queries import CaseSeen, get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import OPEN
from mdt.sharing.commands import end_relations
from mdt.sharing.queries import access_to_change
from mdt.story.queries import get_carer
from mdt.story.records import Carer
from mdt.story.rules import CarerRole
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotFound, Refusal

LONGEST_OWNER = 120


@command
def ask_carer(actor: Actor, case_id: uuid.UUID, carer_id: uuid.UUID, words: str, due_on: date) -> uuid.UUID:
    """Ask a carer to do something: it binds nobody before they agree."""
    seen, carer = get_case_for(actor, case_id), get_carer(carer_id)
    require(actor.may_somewhere(Permission.ACT) and seen.access.standing.is_clinical)
    if carer.patient_id != seen.case.patient_id:
        raise NotFound
    case = lock_case(seen.case)
    _refuse(case, carer)
    action = new_action(actor, case.id, words.strip(), _follows_up(actor, seen), due_on)
    if wrong := wrong_with_action(action.words, due_on, today()):
        raise Invalid(wrong)
    action.state = ActionState.PROPOSED
    db.session.add(action)
    db.session.flush()
    row = CarerAction(
        patient_id=carer.patient_id,
        carer_id=carer.id,
        action_id=action.id,
        asked_by=actor.name,
        asked_on=today(),
    )
    db.session.add(row)
    db.session.flush()
    record(actor, "ask_carer", "case", case.id, action=str(action.id), carer=str(carer.id))
    return row.id


@command
def answer_for_carer(actor: Actor, asked_id: uuid.UUID, answer: CarerAnswer) -> uuid.UUID:
    """Put down what a carer answered; who agreed may still change their mind."""
    row = _asked(actor, asked_id)
    if not may_answer(row.answer, answer):
        raise Refusal(
            f"Their answer stands at “{row.answer.label.lower()}”. Ask them anew for something else."
        )
    action = row.action
    if answer is CarerAnswer.AGREED:
        move_action(action, ActionState.OPEN)
        ask_owner(actor, action)
        tell(actor, action.case, f"A carer agreed to an action that is due on {said_due(action.due_on)}.")
    else:
        move_action(action, ActionState.CANCELLED)
        action.note = "The carer does not want to."
        end_action(actor, action)
        end_relations(action.id, today() + LOOK_BACK)
    row.answer, row.answered_on = answer, today()
    record(actor, "answer_for_carer", "case", action.case_id, action=str(action.id), answer=answer.value)
    return row.carer_id


@command
def tell_carer(actor: Actor, asked_id: uuid.UUID, how: ToldHow, told_on: date) -> uuid.UUID:
    """Keep how a carer was told of what they agreed to."""
    row = _asked(actor, asked_id)
    if wrong := wrong_with_telling(row.answer, told_on, row.asked_on, today()):
        raise Invalid(wrong)
    row.told_how, row.told_on, row.told_by = how, told_on, actor.name
    record(actor, "tell_carer", "case", row.action.case_id, action=str(row.action_id), how=how.value)
    return row.carer_id


@command
def note_printed_for_carer(actor: Actor, carer_id: uuid.UUID) -> None:
    """Keep that somebody printed what a carer agreed to."""
    carer = get_carer(carer_id)
    access_to_change(actor, carer.patient_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    record(actor, "print_for_carer", "patient", carer.patient_id, carer=str(carer.id))


def _asked(actor: Actor, asked_id: uuid.UUID) -> CarerAction:
    row = get_asked_for(actor, asked_id)
    require(actor.may_somewhere(Permission.ACT))
    get_carer(row.carer_id)
    return row


def _follows_up(actor: Actor, seen: CaseSeen) -> Owner:
    """Return who follows up what a carer does: they sign in nowhere, and nothing is to be lost."""
    for account_id in (seen.case.coordinator_id, actor.account_id):
        if account_id and (found := find_owner(actor, seen.case.id, account_id, None)):
            # No name of a carer: owners are told in lists and in letters.
            return replace(
                found, name=f"A carer; {found.name} follows it up"[:LONGEST_OWNER], discipline=None
            )
    raise Refusal("Name a coordinator of this case first: somebody has to follow up what the carer does.")


def _refuse(case: Case, carer: Carer) -> None:
    if case.state not in OPEN or case.state in EARLY:
        raise Refusal(f"This case is {case.state.label.lower()}: nothing can be agreed in it now.")
    if carer.patient_agrees is False:
        raise Refusal("The person does not agree that they take part. Ask somebody else.")
    if carer.role is CarerRole.NOT_INVOLVED:
        raise Refusal("They are not involved. Change how they take part first, if both want it.")
