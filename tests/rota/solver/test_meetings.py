"""R47: a published meeting keeps its people, and enough of each discipline."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rota.solver.limits import Limits
from rota.solver.staff_rota import Commitment, Meeting, MeetingNeed, breaches, fill
from rota.solver.staff_rota.archive import problem_from_json, problem_to_json
from tests.rota.solver.makers import make_duty, make_person, make_problem, make_rule, make_sessions, plan_of

MORNING, AFTERNOON = make_sessions()
DUTIES = [make_duty(0, MORNING, desired=1, maximum=3), make_duty(1, AFTERNOON, desired=1, maximum=3)]
AT_TEN = DUTIES[0].starts + timedelta(hours=1)


def meeting_of(*people, least=1, kept=()):
    needs = (MeetingNeed("pharmacy", least, tuple((each,) for each in people)),) if people else ()
    return Meeting(AT_TEN, AT_TEN + timedelta(hours=1), (MORNING.number,), frozenset(kept), needs)


def kept_for(meeting):
    return Commitment(MORNING.number, "MDT meeting", meeting.starts, meeting.ends, meeting=True)


def problem_with(meeting, *people, rules=()):
    rules = rules or tuple(map(make_rule, ("R01", "R02", "R06", "R07", "R47")))
    return make_problem(people, DUTIES, (MORNING, AFTERNOON), *rules, meetings=(meeting,))


def test_the_last_who_could_make_the_quorum_is_left_free():
    people = [make_person(key) for key in ("amy", "bob")]
    problem = problem_with(meeting_of("amy", "bob"), *people)
    plan = fill(problem, Limits(seconds=5, workers=1)).plan
    assert not breaches(problem, plan)
    assert sum(each.duty == 0 for each in plan.placements) == 1


def test_a_quorum_that_cannot_be_kept_is_said_with_those_who_could_come():
    problem = problem_with(meeting_of("amy", "bob"), make_person("amy"), make_person("bob"))
    [breach] = breaches(problem, plan_of(("amy", 0), ("bob", 0)))
    assert breach.severity == "H1"
    assert breach.said == (
        "The meeting on 1 March at 10:00 needs 1 from pharmacy: Amy Example and Bob Example could come, "
        "but are placed elsewhere."
    )


def test_of_two_who_are_needed_only_whoever_is_placed_is_named():
    problem = problem_with(meeting_of("amy", "bob", least=2), make_person("amy"), make_person("bob"))
    [breach] = breaches(problem, plan_of(("bob", 0)))
    assert breach.said.endswith("needs 2 from pharmacy: Bob Example could come, but is placed elsewhere.")


def test_nobody_reads_here_why_somebody_cannot_come():
    ill = make_person("amy", unavailable={0: "sickness"}, absent=frozenset({0}))
    problem = problem_with(meeting_of("amy", "bob"), ill, make_person("bob"))
    [breach] = breaches(problem, plan_of(("bob", 0)))
    assert "sick" not in breach.said
    assert "Amy" not in breach.said
    assert breach.said.endswith("and 1 of those who are asked cannot come.")


def test_where_nobody_is_there_the_rota_can_still_be_filled():
    problem = problem_with(meeting_of("amy"), make_person("amy", unavailable={0: "not in post"}))
    result = fill(problem, Limits(seconds=5, workers=1))
    assert [each.code for each in breaches(problem, result.plan)] == ["R47"]
    assert [each.duty for each in result.plan.placements] == [1]


def test_whoever_is_kept_has_no_duty_then_but_before_and_after():
    meeting = meeting_of(kept=["amy"])
    amy = make_person("amy", commitments=(kept_for(meeting),))
    problem = problem_with(meeting, amy)
    assert [each.duty for each in fill(problem, Limits(seconds=5, workers=1)).plan.placements] == [1]
    [breach] = breaches(problem, plan_of(("amy", 0)))
    assert (breach.code, breach.severity) == ("R47", "H1")
    assert breach.said == "Amy Example is kept for MDT meeting at 10:00 on Mon 1 Mar AM."


def test_whoever_is_kept_counts_for_the_quorum_though_they_do_not_work_then():
    meeting = meeting_of("amy", kept=["amy"])
    amy = make_person("amy", commitments=(kept_for(meeting),), unavailable={0: "does not work then"})
    assert not breaches(problem_with(meeting, amy), plan_of())


def test_whoever_is_ill_does_not_count_though_they_said_that_they_come():
    ill = make_person("amy", unavailable={0: "sickness"}, absent=frozenset({0}))
    [breach] = breaches(problem_with(meeting_of("amy", kept=["amy"]), ill), plan_of())
    assert breach.said.endswith("needs 1 from pharmacy: 1 of those who are asked cannot come.")


def test_whoever_is_at_a_tutorial_does_not_count_for_the_quorum():
    meeting = meeting_of("amy")
    tutorial = replace(kept_for(meeting), activity="tutorial", meeting=False)
    [breach] = breaches(problem_with(meeting, make_person("amy", commitments=(tutorial,))), plan_of())
    assert breach.code == "R47"


def test_two_posts_of_one_human_count_once():
    amy = make_person("amy", individual="amy")
    again = make_person("ann", individual="amy")
    need = MeetingNeed("pharmacy", 2, (("amy", "ann"), ("bob",)))
    meeting = replace(meeting_of(), needs=(need,))
    problem = problem_with(meeting, amy, again, make_person("bob"))
    assert not breaches(problem, plan_of())
    assert [each.size for each in breaches(problem, plan_of(("amy", 0), ("ann", 0), ("bob", 1)))] == [1, 1]


def test_a_meeting_outside_the_period_is_refused():
    meeting = replace(meeting_of("amy"), sessions=(9,))
    with pytest.raises(ValueError, match="meeting on 1 March at 10:00 is in a session outside this period"):
        problem_with(meeting, make_person("amy"))


def test_a_problem_with_meetings_is_read_as_it_was_written():
    problem = problem_with(meeting_of("amy", kept=["amy"]), make_person("amy"))
    assert problem_from_json(problem_to_json(problem)) == problem
