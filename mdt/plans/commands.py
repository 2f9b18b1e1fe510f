"""Writing a plan with a person, agreeing it, and ending it: what was agreed stays as it was."""

import uuid
from dataclasses import asdict

from sqlalchemy import select

from mdt.cases.commands import tell
from mdt.cases.queries import open_cases_of
from mdt.goals.queries import get_goal, goals_of
from mdt.patients.records import Patient
from mdt.plans.queries import (
    coordinators_for,
    current_plan,
    find_draft,
    get_plan_for,
    next_version,
    standing_version,
    version_of,
)
from mdt.plans.queries import words_of as plan_words
from mdt.plans.records import CarePlan, PlannedGoal
from mdt.plans.rules import (
    LONGEST_WHY,
    PLAN_MOVES,
    Agreement,
    PlanState,
    PlanWords,
    missing_to_agree,
    wrong_with_agreement,
    wrong_with_plan,
)
from mdt.sharing.queries import access_to, access_to_change
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, Refusal

S = PlanState


class ChangedMeanwhile(Refusal):
    """Somebody else changed the draft since it was looked at."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has just changed this plan. Your words are below; theirs are on the plan's page."
        )


class NotNow(Refusal):
    """The plan is past the point where this could be done."""


@command
def note_plan_opened(actor: Actor, patient_id: uuid.UUID) -> None:
    """Keep that somebody looked at a person's plan."""
    access = access_to(actor, patient_id)
    record(actor, "open_plan", "patient", patient_id, reason=access.relation.reason.value)


@command
def note_plan_printed(actor: Actor, plan_id: uuid.UUID) -> None:
    """Keep that somebody put a plan on paper."""
    plan, access = get_plan_for(actor, plan_id)
    # Whoever learns reads, and carries nothing away.
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    reason = access.relation.reason.value
    record(actor, "print_plan", "patient", plan.patient_id, plan=str(plan.id), reason=reason)


@command
def begin_plan(actor: Actor, patient_id: uuid.UUID) -> uuid.UUID:
    """Begin the next version of a plan, with the words of the one that holds; go on with one begun before."""
    _lock_person(actor, patient_id)
    draft = find_draft(patient_id)
    if draft is None:
        draft = _draft(actor, patient_id)
    record(actor, "begin_plan", "patient", patient_id, plan=str(draft.id))
    return draft.id


@command
def write_plan(actor: Actor, plan_id: uuid.UUID, words: PlanWords, *, seen: int) -> uuid.UUID:
    """Write what a draft says; `seen` is the row version that was looked at."""
    plan = _plan_to_change(actor, plan_id)
    _refuse_unless_draft(plan)
    if plan.row_version != seen:
        raise ChangedMeanwhile
    if wrong := wrong_with_plan(words):
        raise Invalid(wrong)
    for name, text in asdict(words).items():
        setattr(plan, name, text.strip())
    db.session.flush()
    record(actor, "write_plan", "patient", plan.patient_id, plan=str(plan.id))
    return plan.patient_id


@command
def discard_plan(actor: Actor, plan_id: uuid.UUID) -> uuid.UUID:
    """Throw a draft away; the plan that holds stays as it is."""
    plan = _plan_to_change(actor, plan_id)
    _move(plan, S.DISCARDED)
    record(actor, "discard_plan", "patient", plan.patient_id, plan=str(plan.id))
    return plan.patient_id


@command
def restore_plan(actor: Actor, plan_id: uuid.UUID) -> uuid.UUID:
    """Take a draft back that was thrown away."""
    plan = _plan_to_change(actor, plan_id)
    if find_draft(plan.patient_id) is not None:
        raise NotNow("Another draft has been begun meanwhile: go on with that one.")
    _move(plan, S.DRAFT)
    record(actor, "restore_plan", "patient", plan.patient_id, plan=str(plan.id))
    return plan.patient_id


@command
def agree_plan(actor: Actor, plan_id: uuid.UUID, agreement: Agreement, *, seen: int) -> uuid.UUID:
    """Keep that a draft was agreed, with whom and when: from now on it holds, with its goals.

    `seen` is the version of the draft with its goals: nobody agrees to words they have not heard.
    """
    plan = _plan_to_change(actor, plan_id)
    _refuse_unless_draft(plan)
    if version_of(plan) != seen:
        raise ChangedMeanwhile
    _refuse_gaps(actor, plan, agreement)
    _supersede(plan.patient_id)
    _keep_goals(plan)
    _agree(actor, plan, agreement)
    for case in open_cases_of(plan.patient_id):
        said = f"{actor.name} agreed version {plan.version} of the plan {plan.agreed_how_said}."
        tell(actor, case, said)
    record(actor, "agree_plan", "patient", plan.patient_id, plan=str(plan.id), version=plan.version)
    return plan.patient_id


@command
def agree_again(actor: Actor, patient_id: uuid.UUID, agreement: Agreement, *, seen: int) -> uuid.UUID:
    """Keep that a plan was looked at and agreed as it is, with the goals of now: a new version holds."""
    _lock_person(actor, patient_id)
    if current_plan(patient_id) is None:
        raise NotNow("No plan is agreed yet: begin one first.")
    if find_draft(patient_id) is not None:
        raise NotNow("A new version has been begun: agree that one, or throw it away first.")
    if standing_version(patient_id) != seen:
        raise ChangedMeanwhile
    draft = _draft(actor, patient_id)
    agree_plan(actor, draft.id, agreement, seen=version_of(draft))
    record(actor, "agree_again", "patient", patient_id, plan=str(draft.id))
    return draft.id


@command
def end_plan(actor: Actor, plan_id: uuid.UUID, why: str) -> uuid.UUID:
    """Keep that a plan holds no more and none follows, and why."""
    plan = _plan_to_change(actor, plan_id)
    if not why.strip():
        raise Invalid("Enter why there is no plan any more, such as “does not want one”.")
    if len(why) > LONGEST_WHY:
        raise Invalid(f"Shorten the reason to {LONGEST_WHY} characters.")
    _move(plan, S.ENDED)
    plan.ended_on, plan.ended_by, plan.ended_why = today(), actor.name, why.strip()
    record(actor, "end_plan", "patient", plan.patient_id, plan=str(plan.id))
    return plan.patient_id


@command
def resume_plan(actor: Actor, plan_id: uuid.UUID) -> uuid.UUID:
    """Take back that a plan holds no more."""
    plan = _plan_to_change(actor, plan_id)
    if current_plan(plan.patient_id) is not None:
        raise NotNow("Another plan has been agreed meanwhile: it holds.")
    _move(plan, S.AGREED)
    plan.ended_on, plan.ended_by, plan.ended_why = None, "", ""
    record(actor, "resume_plan", "patient", plan.patient_id, plan=str(plan.id))
    return plan.patient_id


def _draft(actor: Actor, patient_id: uuid.UUID) -> CarePlan:
    current = current_plan(patient_id)
    draft = CarePlan(
        patient_id=patient_id,
        version=next_version(patient_id),
        begun_by=actor.name,
        begun_at=now(),
        **asdict(current.words if current else PlanWords()),
    )
    db.session.add(draft)
    db.session.flush()
    return draft


def _refuse_gaps(actor: Actor, plan: CarePlan, agreement: Agreement) -> None:
    missing = missing_to_agree(plan_words(plan), len(goals_of(plan.patient_id)))
    missing.append(wrong_with_agreement(agreement, today()))
    if wrong := " ".join(each for each in missing if each):
        raise Invalid(wrong)
    if agreement.coordinator_id not in {one.account_id for one in coordinators_for(actor)}:
        raise Invalid("Choose a care coordinator of this network who can sign in.")


def _supersede(patient_id: uuid.UUID) -> None:
    # Two entries that were joined may each have brought a plan.
    held = select(CarePlan).where(CarePlan.patient_id == patient_id, CarePlan.state == S.AGREED)
    for row in db.session.scalars(held):
        _move(row, S.SUPERSEDED)
    db.session.flush()


def _keep_goals(plan: CarePlan) -> None:
    for place, goal in enumerate(goals_of(plan.patient_id), start=1):
        wording = get_goal(goal.goal_id).wording
        db.session.add(PlannedGoal(plan_id=plan.id, wording_id=wording.id, place=place))
    db.session.flush()
    db.session.refresh(plan, ["goals"])


def _agree(actor: Actor, plan: CarePlan, agreement: Agreement) -> None:
    _move(plan, S.AGREED)
    named = {one.account_id: one.name for one in coordinators_for(actor)}
    plan.agreed_how, plan.agreed_with = agreement.how, agreement.agreed_with.strip()
    plan.agreed_on, plan.agreed_by = agreement.agreed_on, actor.name
    plan.next_review = agreement.next_review
    plan.coordinator_id = agreement.coordinator_id
    plan.coordinator = named[agreement.coordinator_id] if agreement.coordinator_id else ""
    plan.ticks = sorted(each.value for each in agreement.ticks)
    plan.unticked_why = agreement.unticked_why.strip()
    db.session.flush()


def _move(plan: CarePlan, to: PlanState) -> None:
    if to not in PLAN_MOVES[plan.state]:
        raise NotNow(f"This version is {plan.state.label.lower()}: that cannot be done with it now.")
    plan.state = to


def _refuse_unless_draft(plan: CarePlan) -> None:
    if plan.state is not S.DRAFT:
        raise NotNow(f"This version is {plan.state.label.lower()}: begin the next version to change it.")


def _plan_to_change(actor: Actor, plan_id: uuid.UUID) -> CarePlan:
    plan, _ = get_plan_for(actor, plan_id)
    _lock_person(actor, plan.patient_id)
    locked = select(CarePlan).where(CarePlan.id == plan_id).with_for_update()
    return db.session.scalars(locked.execution_options(populate_existing=True)).one()


def _lock_person(actor: Actor, patient_id: uuid.UUID) -> Patient:
    """Let those who plan for one person follow each other; nothing is planned for somebody who has died."""
    patient = access_to_change(actor, patient_id).patient
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    if patient.died_on is not None:
        raise NotNow("This person has died: nothing is planned for them any more.")
    db.session.scalars(select(Patient).where(Patient.id == patient_id).with_for_update()).one()
    return patient
