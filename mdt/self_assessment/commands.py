"""Asking a team once a year how it works, taking answers without a name, and what it does about them."""

import uuid
from datetime import date

from sqlalchemy import select

from mdt.meetings.records import MeetingSeries
from mdt.self_assessment.queries import (
    AssessmentSeen,
    get_assessment_for,
    may_manage,
    questionnaire,
    team_of_series,
)
from mdt.self_assessment.records import AssessmentAction, AssessmentSheet, AssessmentTurn, SelfAssessment
from mdt.self_assessment.rules import Sheet, wrong_with_days, wrong_with_improvement, wrong_with_sheet
from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, NotFound, Refusal

KIND = "self_assessment"


@command
def ask_team(actor: Actor, series_id: uuid.UUID, closes_on: date) -> uuid.UUID:
    """Ask the members of a series how they see their meeting, once a year."""
    series = db.session.get(MeetingSeries, series_id)
    if series is None:
        raise NotFound
    require(may_manage(actor, series), seen=False)
    if wrong := wrong_with_days(today(), closes_on):
        raise Invalid(wrong)
    year = today().year
    asked = select(SelfAssessment.id).where(
        SelfAssessment.series_id == series_id, SelfAssessment.year == year
    )
    if db.session.scalar(asked):
        raise Refusal(f"The members were asked in {year} already.")
    row = SelfAssessment(
        series_id=series_id,
        year=year,
        version=questionnaire().version,
        opened_on=today(),
        closes_on=closes_on,
        opened_by=actor.name,
    )
    db.session.add(row)
    db.session.flush()
    team = team_of_series(series)
    db.session.add_all(AssessmentTurn(assessment_id=row.id, account_id=account_id) for account_id in team)
    record(actor, "ask_team", KIND, row.id, members=len(team))
    return row.id


@command
def answer_assessment(actor: Actor, assessment_id: uuid.UUID, sheet: Sheet) -> None:
    """Take what one member answers: that they did is kept, what they said is kept apart from them."""
    seen = get_assessment_for(actor, assessment_id)
    turn = db.session.scalars(
        select(AssessmentTurn)
        .where(AssessmentTurn.assessment_id == assessment_id, AssessmentTurn.account_id == actor.account_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if turn is None:
        raise NotFound
    if turn.has_answered:
        raise Refusal("You have answered already. Nobody can find your answers to change them.")
    if seen.is_over:
        raise Refusal("This is closed: no more answers are taken.")
    if wrong := wrong_with_sheet(questionnaire(), sheet):
        raise Invalid(wrong)
    turn.has_answered = True
    db.session.add(AssessmentSheet(assessment_id=assessment_id, answers=dict(sheet)))
    record(actor, "answer_assessment", KIND, assessment_id)


@command
def close_assessment(actor: Actor, assessment_id: uuid.UUID) -> None:
    """Take no more answers, so that the results can be read."""
    seen = _to_manage(actor, assessment_id)
    if seen.is_over:
        raise Refusal("This is closed already.")
    seen.row.closed_at = now()
    record(actor, "close_assessment", KIND, assessment_id, answered=seen.answered)


@command
def add_improvement(
    actor: Actor, assessment_id: uuid.UUID, statement: str, words: str, owner_id: uuid.UUID, due_on: date
) -> uuid.UUID:
    """Put down what the team wants to do about a statement, and who sees to it."""
    seen = _to_manage(actor, assessment_id)
    if not seen.may_be_read:
        raise Refusal("What to do follows from the results: wait until they can be read.")
    team = team_of_series(seen.row.series)
    if statement not in {each.name for each in questionnaire().statements} or owner_id not in team:
        raise Invalid("Choose a statement, and somebody of the team.")
    if wrong := wrong_with_improvement(words, due_on, today()):
        raise Invalid(wrong)
    row = AssessmentAction(
        assessment_id=assessment_id,
        statement=statement,
        words=words.strip(),
        owner_id=owner_id,
        owner=team[owner_id],
        due_on=due_on,
        noted_by=actor.name,
    )
    db.session.add(row)
    db.session.flush()
    record(actor, "add_improvement", KIND, assessment_id, action=str(row.id))
    return row.id


@command
def finish_improvement(actor: Actor, action_id: uuid.UUID) -> uuid.UUID:
    """Keep that it was done; return of which self-assessment."""
    row = _improvement(actor, action_id)
    if row.done_on is not None:
        raise Refusal("This was done already.")
    row.done_on, row.done_by = today(), actor.name
    record(actor, "finish_improvement", KIND, row.assessment_id, action=str(row.id))
    return row.assessment_id


@command
def reopen_improvement(actor: Actor, action_id: uuid.UUID) -> uuid.UUID:
    """Take back that it was done."""
    row = _improvement(actor, action_id)
    if row.done_on is None:
        raise Refusal("This is open already.")
    row.done_on, row.done_by = None, ""
    record(actor, "reopen_improvement", KIND, row.assessment_id, action=str(row.id))
    return row.assessment_id


def _to_manage(actor: Actor, assessment_id: uuid.UUID) -> AssessmentSeen:
    seen = get_assessment_for(actor, assessment_id)
    require(seen.may_manage)
    return seen


def _improvement(actor: Actor, action_id: uuid.UUID) -> AssessmentAction:
    row = db.session.get(AssessmentAction, action_id)
    if row is None:
        raise NotFound
    seen = get_assessment_for(actor, row.assessment_id)
    require(seen.may_manage or row.owner_id == actor.account_id)
    return row
