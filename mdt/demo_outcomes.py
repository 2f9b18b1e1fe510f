"""The demo's outcomes: what people answered, an example to learn from, a team's look at itself."""

from datetime import date, timedelta

from sqlalchemy import select

from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.demo_members import Members
from mdt.instruments.rules import Answers
from mdt.learning.commands import approve_example, offer_example
from mdt.learning.queries import waiting_for_second
from mdt.learning.rules import Telling
from mdt.meetings.records import MeetingSeries
from mdt.outcomes.commands import plan_measures, record_wave, start_measures
from mdt.outcomes.queries import answers_of
from mdt.outcomes.rules import How, Wave
from mdt.self_assessment.commands import add_improvement, answer_assessment, ask_team, close_assessment
from mdt.self_assessment.queries import questionnaire
from network.access.rules import SYSTEM, Actor
from network.plumbing.database import days_ago, db, today
from network.vocabulary import Discipline

S, D = CaseState, Discipline
# Asked for the first time so long ago that the second time is now.
A_QUARTER, A_YEAR = 93, 371
BEFORE: dict[str, Answers] = {
    "ons4": {"satisfied": 4, "worthwhile": 3, "happy": 3, "anxious": 8},
    "working_together": {"tell_again": 4, "advice": 3, "together": 1, "whose_job": 1},
}
SINCE: dict[str, Answers] = {
    "ons4": {"satisfied": 6, "worthwhile": 6, "happy": 5, "anxious": 5},
    "working_together": {"tell_again": 2, "advice": 1, "together": 3, "whose_job": None},
}
EXAMPLE = Telling(
    "Falls that began with new glasses",
    "A woman in her eighties fell three times within six weeks. Her medicines were looked at twice. Nobody"
    " had asked about her eyes, until the link worker said that she had stopped reading: she had been given"
    " varifocals, and could not see her feet on the stairs.",
    "Ask about new glasses at the first fall. The person who visits for company may be the first to notice.",
    "Who among us would have asked, and how would the others have heard of it?",
    (D.OPTOMETRY, D.PHARMACY, D.GENERAL_PRACTICE, D.COMMUNITY_NURSING),
)


def ask_how_they_are(members: Members) -> None:
    """Let one person answer at the start and after 3 months, and plan when the others are asked."""
    case = _case(S.REVIEW_DUE)
    if case is not None:
        with days_ago(A_QUARTER):
            start_measures(members.coordinator, case.id)
            _answered(members.coordinator, case, Wave.START, BEFORE)
        _answered(members.coordinator, case, Wave.THREE_MONTHS, SINCE)
    plan_measures(SYSTEM)


def learn_from_it(members: Members) -> None:
    """Tell one case as an example, and let a second person approve it."""
    case = _case(S.CLOSED)
    if case is not None:
        with days_ago(3):
            example_id = offer_example(members.coordinator, case.id, EXAMPLE)
        seconds = (actor for actor in members.actors if waiting_for_second(actor))
        if (second := next(seconds, None)) is not None:
            approve_example(second, example_id)


def look_at_themselves(members: Members) -> None:
    """Let the team say how it works, two years running, and what it does about it; this year is open."""
    series = db.session.scalars(select(MeetingSeries).order_by(MeetingSeries.name)).first()
    if series is None:
        return
    team = {member.account_id for member in series.members} | {series.chair_id}
    actors = [actor for actor in members.actors if actor.account_id in team]
    for ago, lift in ((A_YEAR + 366, 0), (A_YEAR, 1)):
        with days_ago(ago):
            assessment_id = ask_team(members.chair, series.id, today() + timedelta(days=21))
            for place, actor in enumerate(actors[:8]):
                answer_assessment(actor, assessment_id, _sheet(place, lift))
            close_assessment(members.chair, assessment_id)
    # Some have answered; whoever looks at the demo as another member can still do so.
    with days_ago(5):
        this_year = ask_team(members.chair, series.id, today() + timedelta(days=21))
        for place, actor in enumerate(actors[10:]):
            answer_assessment(actor, this_year, _sheet(place, 1))
    assert members.coordinator.account_id
    words = "Ring the person before each meeting and write down their words."
    add_improvement(
        members.coordinator, assessment_id, "view", words, members.coordinator.account_id, _in_a_month()
    )


def _case(state: CaseState) -> Case | None:
    return db.session.scalars(select(Case).where(Case.state == state).order_by(Case.number)).first()


def _answered(actor: Actor, case: Case, wave: Wave, said: dict[str, Answers]) -> None:
    mine = [each.measure for each in answers_of(case.patient_id) if each.measure.wave is wave]
    given = {measure.id: said[measure.instrument] for measure in mine}
    record_wave(actor, given, How.WITH_HELP, "a link worker of Good Neighbours")


def _sheet(place: int, lift: int) -> dict[str, int]:
    """Give somebody's answers: neighbours differ a little, and this year is a little better."""
    return {
        each.name: min(5, 2 + (place + number) % 3 + (lift if number % 2 else 0))
        for number, each in enumerate(questionnaire().statements)
    }


def _in_a_month() -> date:
    return today() + timedelta(days=30)
