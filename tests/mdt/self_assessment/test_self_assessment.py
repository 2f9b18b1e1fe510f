import pytest
from sqlalchemy import select

from mdt.self_assessment.commands import add_improvement, answer_assessment, ask_team
from mdt.self_assessment.queries import (
    assessments_for,
    get_assessment_for,
    means_before,
    results_for,
    waiting_for_me,
)
from mdt.self_assessment.records import AssessmentSheet, SelfAssessment
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, today
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from tests.cast import Cast, client_for
from tests.mdt.self_assessment.scene import CHAIR, TEAM, answered, asked, sheet, team

OUTSIDE = Role.LEARNER


def test_nothing_that_is_kept_leads_from_an_answer_to_a_name(cast: Cast) -> None:
    assessment_id = asked(cast)
    answer_assessment(cast[CHAIR], assessment_id, sheet())
    assert set(AssessmentSheet.__table__.columns.keys()) == {"id", "network_id", "assessment_id", "answers"}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "answer_assessment")).one()
    row = db.session.scalars(select(AssessmentSheet)).one()
    assert str(row.id) not in str(entry.details)
    assert not entry.details.get("answers")


def test_a_member_answers_once_and_is_asked_no_more(cast: Cast) -> None:
    assessment_id = asked(cast)
    assert waiting_for_me(cast[CHAIR])
    answer_assessment(cast[CHAIR], assessment_id, sheet())
    assert not waiting_for_me(cast[CHAIR])
    with pytest.raises(Refusal, match="already"):
        answer_assessment(cast[CHAIR], assessment_id, sheet())


def test_results_are_read_when_five_have_answered_and_it_is_closed(cast: Cast) -> None:
    assessment_id = asked(cast)
    for role in (CHAIR, *TEAM):
        answer_assessment(cast[role], assessment_id, sheet())
    assert results_for(get_assessment_for(cast[CHAIR], assessment_id)) == []
    assert "Results come when it is closed" in _page(cast, CHAIR, assessment_id)
    client_for(cast, CHAIR).post(f"/self-assessment/{assessment_id}/close")
    assert "Mean of the whole: <strong>4.0</strong>" in _page(cast, Role.VOLUNTARY_MEMBER, assessment_id)


def test_four_answers_are_read_by_nobody(cast: Cast) -> None:
    assessment_id = answered(cast, CHAIR, *TEAM[:3])
    assert results_for(get_assessment_for(cast[CHAIR], assessment_id)) == []
    assert "Too few answers" in _page(cast, CHAIR, assessment_id)
    with pytest.raises(Refusal, match="results"):
        add_improvement(cast[CHAIR], assessment_id, "view", "Ask.", cast[CHAIR].account_id, today())


def test_a_year_is_compared_with_the_one_before_in_the_same_words(cast: Cast) -> None:
    assessment_id = answered(cast)
    row = db.session.get_one(SelfAssessment, assessment_id)
    row.year -= 1
    db.session.commit()
    later = asked(cast, row.series)
    seen = get_assessment_for(cast[CHAIR], later)
    assert means_before(seen)["view"].value == 3.0
    row.version = "2025.1"
    db.session.commit()
    assert means_before(get_assessment_for(cast[CHAIR], later)) == {}


def test_who_is_not_of_the_team_finds_nothing(cast: Cast) -> None:
    assessment_id = asked(cast)
    assert assessments_for(cast[OUTSIDE]) == []
    with pytest.raises(NotFound):
        get_assessment_for(cast[OUTSIDE], assessment_id)


def test_a_team_is_asked_once_a_year_by_its_chair_or_a_coordinator(cast: Cast) -> None:
    series = team(cast)
    db.session.commit()
    with pytest.raises((NotAllowed, NotFound)):
        ask_team(cast[Role.CLINICIAN], series.id, today())
    asked(cast, series)
    with pytest.raises(Refusal, match="already"):
        asked(cast, series)


def _page(cast: Cast, role: Role, assessment_id) -> str:
    return client_for(cast, role).get(f"/self-assessment/{assessment_id}").text
