"""Rules that look over days, weeks and other people, in a manager's words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rota.solver.staff_rota import (
    History,
    WorkTerms,
    breaches,
)
from rota.solver.staff_rota.model import RotaModel
from tests.rota.solver.makers import (
    MONDAY,
    make_duty,
    make_person,
    make_problem,
    make_rule,
    make_sessions,
    plan_of,
)

WEEK = make_sessions(days=14, kinds=("AM",))


A_WEEK_AGO = MONDAY - timedelta(7)


def daily(days, **given):
    """A morning duty on each of so many days."""
    return [make_duty(number, WEEK[number], maximum=3, **given) for number in range(days)]


def said_of(person, days, *rules, others=(), duties=None, plan=None, **given):
    """Tell the breaches when somebody works the mornings of these days."""
    people = [person, *others]
    duties = duties or daily(14)
    given.setdefault("sessions", WEEK)
    sessions = given.pop("sessions")
    problem = make_problem(people, duties, sessions, *rules, **given)
    return [
        breach.said for breach in breaches(problem, plan or plan_of(*((person.key, day) for day in days)))
    ]


@pytest.mark.parametrize(
    ("days", "broken"),
    [([3, 5, 6, 7], 1), ([3, 4, 5], 0), ([0, 5, 6, 7], 0), ([5, 6, 7, 13], 0), ([3, 4, 8], 2), ([], 0)],
)
def test_a_run_may_be_cut_short_only_by_the_edges_of_the_period(days, broken):
    amy = make_person("amy", terms=WorkTerms(shortest_run=3))
    assert len(said_of(amy, days, make_rule("R41"))) == broken


def test_a_short_run_is_said_with_its_day_and_the_number_agreed():
    amy = make_person("amy", terms=WorkTerms(shortest_run=3))
    assert said_of(amy, [3, 4], make_rule("R41")) == [
        "Amy Example works a run of 2 days from Thu 4 Mar; 3 days is the shortest."
    ]


def test_a_run_that_began_before_the_period_must_go_on():
    eve = MONDAY - timedelta(1)
    amy = make_person(
        "amy", terms=WorkTerms(shortest_run=3), history=History(1, worked_days=frozenset({eve}))
    )
    assert said_of(amy, [1, 2], make_rule("R41"))
    assert not said_of(amy, [0, 1], make_rule("R41"))


def test_days_off_are_asked_for_between_runs_alone():
    amy = make_person("amy", terms=WorkTerms(shortest_break=2))
    assert said_of(amy, [3, 5], make_rule("R42")) == [
        "Amy Example has 1 day off from Fri 5 Mar; 2 days in a row is the least."
    ]
    assert not said_of(amy, [1, 12], make_rule("R42"))


def test_the_own_longest_run_stands_before_that_of_the_rule():
    amy = make_person("amy", terms=WorkTerms(longest_run=2))
    assert len(said_of(amy, [3, 4, 5], make_rule("R21"))) == 1
    assert not said_of(make_person("amy"), [3, 4, 5], make_rule("R21"))


def test_a_weekend_counts_once_and_its_most_is_said():
    amy = make_person("amy", terms=WorkTerms(most_weekends=1))
    assert not said_of(amy, [5, 6], make_rule("R43"))
    assert said_of(amy, [6, 12], make_rule("R43")) == [
        "Amy Example works on 2 weekends of the period; 1 is the most."
    ]


def test_kinds_and_hours_of_the_period_are_counted():
    amy = make_person("amy", terms=WorkTerms(most_by_kind={"AM": 1}, least_minutes=300, most_minutes=400))
    assert said_of(amy, [1, 2], make_rule("R44")) == ["Amy Example works 2 AM sessions; 1 was agreed."]
    assert said_of(amy, [1, 2], make_rule("R45")) == [
        "Amy Example works 8 hours in the period, 1 hour 20 minutes above the 6 hours 40 minutes agreed."
    ]
    assert said_of(amy, [1], make_rule("R45")) == [
        "Amy Example works 4 hours in the period, 1 hour below the 5 hours agreed."
    ]


def test_sessions_that_may_not_follow_are_those_of_the_next_day():
    amy = make_person("amy")
    rule = make_rule("R46", pairs="AM>AM")
    assert said_of(amy, [1, 2], rule) == ["Amy Example works Tue 2 Mar AM and then Wed 3 Mar AM."]
    assert not said_of(amy, [1, 3], rule)


def test_the_48_hours_are_averaged_over_what_is_recorded():
    # One week of this rota and one before; 5 hours a week on average are allowed here, 10 in all.
    rule = make_rule("R17", hours=5, weeks=2)
    sessions = make_sessions(days=5, kinds=("AM",))
    amy = make_person("amy", history=History(minutes_by_week={A_WEEK_AGO: 300}))
    said = said_of(amy, [0, 1], rule, duties=daily(5), sessions=sessions)
    assert said == [
        "Amy Example works 3 hours more than the average of 5 hours a week allows up to the week of 1 March, "
        "within what is recorded here."
    ]
    assert not said_of(amy, [0], rule, duties=daily(5), sessions=sessions)
    for let_off in (
        replace(amy, opted_out_on=date(2026, 1, 1)),
        replace(amy, contract="partner"),
        replace(amy, history=History(minutes_by_week={A_WEEK_AGO: 0})),
    ):
        assert not said_of(let_off, [0, 1], rule, duties=daily(5), sessions=sessions)
    elsewhere = replace(amy, history=History(), elsewhere_minutes=100)
    assert said_of(elsewhere, [0], rule, duties=daily(5), sessions=sessions)


def test_leave_is_left_out_of_the_average():
    rule, sessions = make_rule("R17", hours=8, weeks=1), make_sessions(days=5, kinds=("AM",))
    amy = make_person("amy")
    assert not said_of(amy, [0, 1], rule, duties=daily(5), sessions=sessions)
    half_away = replace(amy, credits={4: 240})
    assert said_of(half_away, [0, 1], rule, duties=daily(5), sessions=sessions)


def test_two_posts_of_one_human_are_averaged_together():
    rule, sessions = make_rule("R17", hours=6, weeks=1), make_sessions(days=5, kinds=("AM",))
    posts = [make_person(key, individual="amy") for key in ("one", "two")]
    problem = make_problem(posts, daily(5), sessions, rule)
    [breach] = breaches(problem, plan_of(("one", 0), ("two", 1)))
    assert breach.said.startswith("One Example (all posts) works 2 hours more")


def test_nobody_who_could_not_work_so_much_has_a_row_of_the_average():
    few = make_problem([make_person("amy")], daily(5), WEEK, make_rule("R17"))
    assert not [row for row in RotaModel(few).rows if row.name.startswith("R17")]
