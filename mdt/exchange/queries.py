"""What one reader may give on of a case; and whom a file that others sent is about.

What the person does not want told to others is left out of a file, and so is the word for it: that
something is withheld stands in the file as a consent that denies.
"""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from datetime import timedelta

from sqlalchemy import select

from mdt.actions.queries import is_shut_out
from mdt.actions.records import Action
from mdt.actions.rules import ActionState
from mdt.cases.queries import CaseSeen, get_case_for
from mdt.exchange.incoming.rules import FileState, Incoming, read_incoming
from mdt.exchange.records import RecordFile
from mdt.exchange.rules import (
    CaseOut,
    ConsentOut,
    FlagOut,
    GoalOut,
    MemberOut,
    PersonOut,
    PlanOut,
    ResponseOut,
    TaskOut,
)
from mdt.exchange.wording import GOAL_STATUS, TASK_STATUS
from mdt.goals.queries import goals_of
from mdt.goals.rules import GoalSoFar, GoalState
from mdt.goals.wording import level_said
from mdt.involvements.queries import team_of, team_seen
from mdt.involvements.wording import purposes_said
from mdt.outcomes.queries import answers_of
from mdt.patients.queries import find_by_nhs_number
from mdt.patients.records import Patient
from mdt.patients.rules import Contact, Identity
from mdt.plans.queries import current_plan
from mdt.sharing.queries import Access, accesses, latest_sharing, objections_of
from mdt.sharing.wording import objection_said
from mdt.story.queries import needs_of, statements_of
from mdt.texts.queries import topics_of
from mdt.texts.rules import topics_in
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.plumbing.database import ENGLAND, db, now
from network.plumbing.refusals import NotFound

KEPT_FOR = timedelta(days=1)


def get_case_to_give(viewer: Actor, case_id: uuid.UUID) -> CaseSeen:
    """Return a case of which the viewer may read what is clinical, and carry it away."""
    seen = get_case_for(viewer, case_id)
    # Whoever learns reads, and carries nothing away.
    require(viewer.may_somewhere(Permission.CONTRIBUTE) and seen.access.standing.is_clinical)
    return seen


def case_out(viewer: Actor, case_id: uuid.UUID) -> CaseOut:
    """Put together what the viewer may give on of a case: nothing that they may not read themselves."""
    seen = get_case_to_give(viewer, case_id)
    patient_id = seen.case.patient_id
    topics = topics_of(patient_id)
    goals = {
        goal.goal_id: goal
        for goal in goals_of(patient_id, tuple(GoalState))
        if not topics_in(f"{goal.details.words} {goal.details.measure}", topics)
    }
    plan = _plan(patient_id, goals, topics)
    wanted = {key for key, goal in goals.items() if goal.state is GoalState.ACTIVE}
    wanted |= set(plan.goal_ids) if plan else set()
    return CaseOut(
        ref=seen.case.ref,
        person=_person(seen.access.patient),
        team_id=uuid.uuid5(patient_id, "care team"),
        team=tuple(_team(seen.access, topics)),
        plan=plan,
        goals=tuple(_goal(goal) for key, goal in goals.items() if key in wanted),
        tasks=tuple(_tasks(seen, topics)),
        consents=tuple(_consents(seen.access)),
        flags=tuple(_flags(seen.access.patient, topics)),
        responses=tuple(_responses(patient_id)),
    )


def get_file_for(viewer: Actor, file_id: uuid.UUID, *, to_change: bool = False) -> tuple[RecordFile, Access]:
    """Return a file that the viewer brought not long ago, about somebody of whom they still may know."""
    require(viewer.may_somewhere(Permission.CONTRIBUTE), seen=False)
    wanted = select(RecordFile).where(RecordFile.id == file_id, RecordFile.account_id == viewer.account_id)
    row = db.session.scalars(wanted.with_for_update() if to_change else wanted).one_or_none()
    if row is None or row.state is not FileState.READY or row.at < now() - KEPT_FOR or row.patient_id is None:
        raise NotFound("This file is not kept any more. Choose it again.")
    access = accesses(viewer, [row.patient_id]).get(row.patient_id)
    if access is None or not access.standing.is_clinical:
        raise NotFound
    return row, access


def incoming_of(row: RecordFile) -> Incoming:
    """Read a file again that was read when it came."""
    return read_incoming((row.content or "").encode(), only_invented=False)


def identity_of(patient: Patient) -> Identity:
    """Return who somebody is, as it is known here."""
    return Identity(
        family_name=patient.family_name,
        given_name=patient.given_name,
        born_on=patient.born_on,
        nhs_number=patient.nhs_number or "",
        title=patient.title,
        preferred_name=patient.preferred_name,
        sex=patient.sex,
    )


def contact_of(patient: Patient) -> Contact:
    """Return how somebody is reached, as it is known here."""
    return Contact(**{each.name: getattr(patient, each.name) for each in fields(Contact)})


def values_of(patient: Patient) -> dict[str, object]:
    """Return what is compared with a file."""
    return vars(identity_of(patient)) | vars(contact_of(patient))


def find_patient_for(viewer: Actor, nhs_number: str) -> Access | None:
    """Find somebody by NHS number of whom the viewer may know and read what is clinical."""
    patient = find_by_nhs_number(nhs_number)
    access = accesses(viewer, [patient.id]).get(patient.id) if patient else None
    return access if access is not None and access.standing.is_clinical else None


def _person(patient: Patient) -> PersonOut:
    return PersonOut(
        id=patient.id,
        family_name=patient.family_name,
        given_name=patient.given_name,
        born_on=patient.born_on,
        nhs_number=patient.nhs_number or "",
        title=patient.title,
        preferred_name=patient.preferred_name,
        sex=patient.sex,
        address=patient.address,
        postcode=patient.postcode,
        phone=patient.phone,
        email=patient.email,
        language=patient.language,
        died_on=patient.died_on,
        practice=patient.practice.name if patient.practice else "",
        practice_code=(patient.practice.ods_code or "") if patient.practice else "",
    )


def _team(access: Access, topics: Collection[str]) -> Iterator[MemberOut]:
    # Who marked what they wrote for some alone is not named to others at all.
    named = {tie.key for tie in team_of(access.patient.id)}
    for tie in team_seen(access):
        role = tie.discipline.label if tie.discipline else tie.kind.label
        if tie.key in named and not topics_in(f"{tie.name} {purposes_said(tie)}", topics):
            yield MemberOut(tie.name, role)


def _plan(patient_id: uuid.UUID, goals: Collection[uuid.UUID], topics: Collection[str]) -> PlanOut | None:
    plan = current_plan(patient_id)
    if plan is None or plan.agreed_on is None:
        return None
    words = (("What the person does", plan.words.own_part), ("What others do", plan.words.others_part))
    return PlanOut(
        id=plan.plan_id,
        version=plan.version,
        parts=tuple(
            (heading, text)
            for heading, text in (*words, *plan.contingency)
            if text and not topics_in(text, topics)
        ),
        goal_ids=tuple(goal.goal_id for goal in plan.goals if goal.goal_id in goals),
        agreed_on=plan.agreed_on,
        next_review=plan.next_review,
        author=plan.coordinator or plan.agreed_by,
        said=tuple(
            f"{each.kind.label}: {each.words} ({each.said_by}, {each.heard_on:%d/%m/%Y})"
            for each in statements_of(patient_id)
            if not topics_in(each.words, topics)
        ),
    )


def _goal(goal: GoalSoFar) -> GoalOut:
    reached = tuple((each.day, level_said(each.level)) for each in goal.reached)
    return GoalOut(
        goal.goal_id, goal.details.words, GOAL_STATUS[goal.state], goal.set_on, goal.details.measure, reached
    )


def _tasks(seen: CaseSeen, topics: Collection[str]) -> Iterator[TaskOut]:
    objections = objections_of([seen.case.patient_id]).get(seen.case.patient_id, ())
    # What was proposed in a meeting that goes on is nobody's task yet.
    rows = select(Action).where(Action.case_id == seen.case.id, Action.state != ActionState.PROPOSED)
    for row in db.session.scalars(rows.order_by(Action.made_at)):
        is_withheld = topics_in(f"{row.words} {row.owner}", topics)
        if not is_withheld and not is_shut_out(row.organisation_id, row.discipline, objections):
            why_not = row.not_done.label if row.not_done else ""
            yield TaskOut(
                row.id, row.words, TASK_STATUS[row.state], row.made_at, row.due_on, row.owner, why_not
            )


def _consents(access: Access) -> Iterator[ConsentOut]:
    patient_id = access.patient.id
    if (latest := latest_sharing(patient_id)) is not None:
        yield ConsentOut(latest.id, latest.basis.label, latest.informed_on)
    for row in objections_of([patient_id]).get(patient_id, ()):
        organisation = row.organisation.name if row.organisation else ""
        words = objection_said(row.scope, organisation, row.discipline)
        yield ConsentOut(row.id, words, row.recorded_at.astimezone(ENGLAND).date(), is_objection=True)


def _flags(patient: Patient, topics: Collection[str]) -> Iterator[FlagOut]:
    for need in needs_of(patient.id):
        if not topics_in(need.words, topics):
            yield FlagOut(need.id, need.words, need.kind.label, need.recorded_on)


def _responses(patient_id: uuid.UUID) -> Sequence[ResponseOut]:
    found = []
    for seen in answers_of(patient_id):
        if (sheet := seen.sheet) is None:
            continue
        answers = tuple(
            (item.name, item.words, seen.answers[item.name])
            for item in seen.instrument.items
            if item.name in seen.answers
        )
        found.append(
            ResponseOut(
                sheet.id,
                seen.measure.instrument,
                seen.measure.version,
                sheet.answered_on,
                sheet.how.label,
                answers,
            )
        )
    return found
