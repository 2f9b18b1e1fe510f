"""Self-assessments: who is asked, what may be read of the answers, and what comes of them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from mdt.meetings.records import MeetingSeries
from mdt.self_assessment.records import AssessmentAction, AssessmentSheet, AssessmentTurn, SelfAssessment
from mdt.self_assessment.rules import (
    FEWEST,
    DomainResult,
    Mean,
    Questionnaire,
    as_questionnaire,
    is_over,
    results_of,
)
from network.access.rules import Actor, Permission
from network.accounts.records import Account
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound

PACK = Path(__file__).parent / "packs" / "team.yaml"


@dataclass(frozen=True)
class AssessmentSeen:
    """A self-assessment as one of its team sees it: never who answered what."""

    row: SelfAssessment
    asked: int
    answered: int
    is_over: bool
    may_answer: bool
    may_manage: bool

    @property
    def may_be_read(self) -> bool:
        return self.is_over and self.answered >= FEWEST


@cache
def questionnaire() -> Questionnaire:
    """Read the pack once; one that is wrong in itself stops the start."""
    return as_questionnaire(yaml.safe_load(PACK.read_text()))


def assessments_for(viewer: Actor) -> list[AssessmentSeen]:
    """Return the self-assessments of the viewer's teams, the latest first; all of them for a coordinator."""
    rows = db.session.scalars(
        select(SelfAssessment)
        .options(joinedload(SelfAssessment.series))
        .order_by(SelfAssessment.opened_on.desc(), SelfAssessment.id)
    ).all()
    turns = _turns([row.id for row in rows])
    return [seen for row in rows if (seen := _seen(viewer, row, turns.get(row.id, ()))) is not None]


def get_assessment_for(viewer: Actor, assessment_id: uuid.UUID) -> AssessmentSeen:
    """Return one self-assessment to its team."""
    row = db.session.get(SelfAssessment, assessment_id)
    seen = _seen(viewer, row, _turns([assessment_id]).get(assessment_id, ())) if row else None
    if seen is None:
        raise NotFound
    return seen


def waiting_for_me(viewer: Actor) -> list[AssessmentSeen]:
    """Return what the viewer is asked and has not answered."""
    return [seen for seen in assessments_for(viewer) if seen.may_answer]


def results_for(seen: AssessmentSeen) -> list[DomainResult]:
    """Return the results, once it is over and five have answered."""
    if not seen.may_be_read:
        return []
    sheets = db.session.scalars(
        select(AssessmentSheet.answers).where(AssessmentSheet.assessment_id == seen.row.id)
    ).all()
    return results_of(questionnaire(), sheets)


def means_before(seen: AssessmentSeen) -> Mapping[str, Mean]:
    """Return the means of the year before, where they were asked in the same words and may be read."""
    row = db.session.scalars(
        select(SelfAssessment)
        .where(SelfAssessment.series_id == seen.row.series_id, SelfAssessment.year < seen.row.year)
        .order_by(SelfAssessment.year.desc())
        .limit(1)
    ).one_or_none()
    if row is None or row.version != seen.row.version:
        return {}
    before = AssessmentSeen(row, 0, _count(row.id), _is_over(row), may_answer=False, may_manage=False)
    return {name: mean for result in results_for(before) for name, mean in result.means.items()}


def actions_of_assessment(assessment_id: uuid.UUID) -> Sequence[AssessmentAction]:
    """Return what the team wants to do, the first due first; whoever calls has asked for access."""
    return db.session.scalars(
        select(AssessmentAction)
        .where(AssessmentAction.assessment_id == assessment_id)
        .order_by(AssessmentAction.due_on, AssessmentAction.id)
    ).all()


def series_to_ask(viewer: Actor) -> list[MeetingSeries]:
    """Return the series whose members the viewer may ask this year."""
    asked = select(SelfAssessment.series_id).where(SelfAssessment.year == today().year)
    rows = db.session.scalars(
        select(MeetingSeries)
        .where(MeetingSeries.is_ended.is_(False), MeetingSeries.id.not_in(asked))
        .options(selectinload(MeetingSeries.members))
        .order_by(MeetingSeries.name)
    )
    return [row for row in rows if may_manage(viewer, row)]


def may_manage(viewer: Actor, series: MeetingSeries) -> bool:
    """Say whether somebody may ask the members of a series: its chair, or a coordinator."""
    is_chair = viewer.account_id is not None and series.chair_id == viewer.account_id
    return viewer.may(Permission.BUILD_LISTS) or (is_chair and viewer.may_somewhere(Permission.RUN_MEETINGS))


def team_of_series(series: MeetingSeries) -> dict[uuid.UUID, str]:
    """Return who belongs to a series: its members by account, with whoever chairs it and takes minutes."""
    found = {member.account_id: member.name for member in series.members}
    for account_id in {series.chair_id, series.minute_taker_id} - {None, *found}:
        account = db.session.get(Account, account_id)
        if account is not None:
            found[account.id] = account.name
    return found


def _turns(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[AssessmentTurn]]:
    found: dict[uuid.UUID, list[AssessmentTurn]] = {}
    for row in db.session.scalars(select(AssessmentTurn).where(AssessmentTurn.assessment_id.in_(ids))):
        found.setdefault(row.assessment_id, []).append(row)
    return found


def _seen(viewer: Actor, row: SelfAssessment, turns: Sequence[AssessmentTurn]) -> AssessmentSeen | None:
    mine = next((turn for turn in turns if turn.account_id == viewer.account_id), None)
    manages = may_manage(viewer, row.series)
    if mine is None and not manages:
        return None
    is_finished = _is_over(row)
    return AssessmentSeen(
        row,
        len(turns),
        sum(turn.has_answered for turn in turns),
        is_finished,
        may_answer=mine is not None and not mine.has_answered and not is_finished,
        may_manage=manages,
    )


def _is_over(row: SelfAssessment) -> bool:
    return is_over(row.closes_on, row.closed_at is not None, today())


def _count(assessment_id: uuid.UUID) -> int:
    counted = select(func.count()).where(AssessmentSheet.assessment_id == assessment_id)
    return db.session.scalar(counted) or 0
