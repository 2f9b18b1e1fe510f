"""Who sees learners and what of them, and how they go into the search for rotations."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db
from network.plumbing.refusals import NotFound, Refusal
from network.vocabulary import JobRole
from rota.learners.commands import add_done, add_learner, change_learner, keep_apart, set_needs
from rota.learners.planning.queries import learners_for_planning
from rota.learners.queries import (
    apart_for,
    find_own_learner,
    get_learner_for,
    learners_for,
    needs_for,
)
from rota.learners.rules import Apart, Done, Needs, Travel, usual_end
from rota.leave.commands import approve_leave, request_leave
from rota.leave.rules import AbsenceKind, Away
from tests.cast import Cast, client_for
from tests.makers import MONDAY, make_engagement, make_member
from tests.rota.training_scene import LEAD, design, learner, programme, requirement

SECRET = "Needs a quiet room."
REASON = "They were married."


def _with_secrets(cast: Cast):
    nina = learner(cast, base_site_id=cast.elm_site.id)
    other = get_learner_for(cast[LEAD], learner(cast)).member_id
    set_needs(cast[LEAD], nina, Needs(SECRET, needs_step_free=True))
    keep_apart(cast[LEAD], nina, Apart(REASON, member_id=other))
    return nina


@pytest.mark.parametrize("role", [Role.WORKFORCE_MANAGER, Role.HOST_LEAD, Role.CLINICAL_LEAD])
def test_whoever_does_not_plan_placements_sees_a_learner_but_neither_needs_nor_reasons(cast, role) -> None:
    nina = _with_secrets(cast)
    shown = client_for(cast, role).get(f"/training/learners/{nina}")
    assert shown.status_code == 200
    assert not [word for word in (SECRET, REASON, "Kept apart", "Adjustments") if word in shown.text]
    for look in (needs_for, apart_for):
        with pytest.raises(NotFound):
            look(cast[role], nina)
    for page in ("needs", "apart"):
        assert client_for(cast, role).get(f"/training/learners/{nina}/{page}").status_code == 403


def test_whoever_plans_placements_reads_them_and_the_trail_does_not(cast: Cast) -> None:
    nina = _with_secrets(cast)
    text = client_for(cast, LEAD).get(f"/training/learners/{nina}").text
    assert SECRET in text
    assert REASON in text
    entries = db.session.scalars(select(AuditEntry)).all()
    trail = json.dumps([[entry.verb, entry.details] for entry in entries], default=str)
    assert "set_learner_needs" in trail
    assert SECRET not in trail
    assert REASON not in trail


def test_a_host_sees_its_own_learners_and_a_trainee_only_themselves(cast: Cast) -> None:
    here, elsewhere = (
        learner(cast),
        make_member(make_engagement(cast.oak, role=JobRole.STUDENT_NURSE), cast.network),
    )
    far = add_learner(cast[LEAD], elsewhere.id, design(cast))
    assert [row.id for row in learners_for(cast[Role.HOST_LEAD], MONDAY)] == [here]
    with pytest.raises(NotFound):
        get_learner_for(cast[Role.HOST_LEAD], far)
    for role in (Role.TRAINEE, Role.STAFF, Role.FINANCE_VIEWER, Role.CLINICIAN):
        with pytest.raises(NotFound):
            learners_for(cast[role], MONDAY)
    trainee = cast[Role.TRAINEE]
    assert find_own_learner(trainee) is None
    post = make_engagement(cast.elm, role=JobRole.STUDENT_NURSE)
    post.person_id = trainee.person_id
    own = add_learner(cast[LEAD], make_member(post, cast.network).id, design(cast))
    assert find_own_learner(trainee).id == own
    assert find_own_learner(cast[Role.STAFF]) is None


def test_a_rotation_lead_takes_on_learners_and_nobody_else(cast: Cast) -> None:
    with pytest.raises(Refusal, match="is not one"):
        add_learner(cast[LEAD], make_member(make_engagement(cast.elm), cast.network).id, design(cast))
    assert client_for(cast, LEAD).get("/staff").status_code == 403


def test_the_search_gets_learners_with_what_was_done_what_waits_and_what_keeps_them_away(cast: Cast) -> None:
    cast.oak_site.accessible = False
    nina = learner(
        cast,
        percent=50,
        starts_on=MONDAY - timedelta(weeks=4),
        ends_on=MONDAY + timedelta(weeks=60),
        base_site_id=cast.elm_site.id,
        travel=Travel.PUBLIC_TRANSPORT,
        longest_minutes=10,
    )
    other = learner(cast, starts_on=MONDAY + timedelta(weeks=3))
    row, lead = get_learner_for(cast[LEAD], nina), cast[LEAD]
    add_done(lead, nina, Done(requirement(cast, "hospital").id, 6, MONDAY - timedelta(weeks=55)))
    set_needs(lead, nina, Needs(needs_step_free=True, travel_is_hard=False))
    keep_apart(lead, other, Apart(REASON, member_id=row.member_id))
    keep_apart(lead, other, Apart(REASON, site_id=cast.elm_site.id))
    manager = cast[Role.WORKFORCE_MANAGER]
    for kind, weeks in ((AbsenceKind.PARENTAL, 6), (AbsenceKind.ANNUAL, 1)):
        begins = MONDAY + timedelta(weeks=10 if weeks == 6 else 2)
        away = Away(kind, begins, begins + timedelta(weeks=weeks, days=-3))
        approve_leave(manager, request_leave(manager, row.member_id, away))
    training = learners_for_planning(MONDAY, 26)
    (nursing,) = training.programmes
    known = {each.key: each for each in training.learners}
    mine, others = known[str(nina)], known[str(other)]
    assert set(training.rows) == {nina, other}
    assert nursing.key == str(programme(cast)) == mine.programme
    assert nursing.starts == (0, 3, 6, 12, 18, 24)
    assert [each.least for each in nursing.requirements] == [6, 6, 6, 0]
    assert (mine.first, mine.last, mine.percent) == (0, 25, 50)
    assert mine.away == frozenset(range(10, 16))
    assert mine.history == {"hospital": 6}
    assert (others.first, others.history) == (3, {})
    assert mine.not_with == {others.key}
    assert others.not_with == {mine.key}
    assert others.never_at == {str(cast.elm_site.id)}
    assert mine.unreachable == {str(cast.oak_site.id)}
    assert mine.travel[str(cast.elm_site.id)] == 0
    assert mine.longest_travel == 10


def test_weeks_that_end_with_the_plan_lose_nothing_to_rounding(cast: Cast) -> None:
    year, ends = programme(cast, "asye_social_work"), usual_end(MONDAY, 52, 80)
    nina = learner(cast, programme_id=year, percent=80, ends_on=ends, base_site_id=cast.elm_site.id)
    training = learners_for_planning(MONDAY, 52)
    mine = next(each for each in training.learners if each.key == str(nina))
    asked = next(each for each in training.programmes if each.key == mine.programme)
    left = sum(each.least for each in asked.requirements) - sum(mine.history.values())
    assert -(-left * 100 // mine.percent) == 52


def test_who_left_or_has_finished_is_not_planned(cast: Cast) -> None:
    learner(cast, starts_on=MONDAY - timedelta(weeks=60), ends_on=MONDAY - timedelta(1))
    learner(cast, starts_on=MONDAY + timedelta(weeks=26), ends_on=MONDAY + timedelta(weeks=30))
    assert learners_for_planning(MONDAY, 26).learners == ()


def test_pages_say_what_is_wrong_keep_what_was_typed_and_undo(cast: Cast) -> None:
    client, nina = client_for(cast, LEAD), learner(cast)
    wrong = client.post("/training/learners/add", data={"given_name": "Otto", "percent": "10"})
    assert wrong.status_code == 422
    assert "Enter the family name" in wrong.text
    assert 'value="Otto"' in wrong.text
    ward = requirement(cast, "hospital").id
    sent = {"requirement_id": str(ward), "weeks": "6", "ended_on": "2025-12-07", "host": "City Hospital"}
    client.post(f"/training/learners/{nina}/done", data=sent)
    (done,) = get_learner_for(cast[LEAD], nina).history
    removed = client.post(f"/training/learners/done/{done.id}/remove", follow_redirects=True)
    assert "Undo" in removed.text
    assert "City Hospital" in removed.text
    assert client.get("/training/learners?past=y").status_code == 200


def test_a_changed_share_of_full_time_reaches_the_post_that_the_rota_plans_by(cast: Cast) -> None:
    nina = learner(cast)
    row = get_learner_for(cast[LEAD], nina)
    whole = row.member.engagement.weekly_minutes
    ends = usual_end(MONDAY, 52, 60)
    change_learner(cast[LEAD], nina, design(cast, percent=60, ends_on=ends), row.row_version)
    assert row.member.engagement.weekly_minutes == whole * 60 // 100


def test_two_learners_of_one_name_are_told_apart_in_a_plan(cast: Cast) -> None:
    for _ in range(2):
        learner(cast, "Same")
    found = learners_for_planning(MONDAY, 52).learners
    assert sorted(each.name for each in found) == ["Nina Same (1)", "Nina Same (2)"]
