"""Whoever is planned under several engagements is one human: rest, days and journeys are counted together."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from rota.solver.staff_rota import Commitment, History, breaches
from tests.rota.solver.makers import (
    make_duty,
    make_person,
    make_problem,
    make_rule,
    make_sessions,
    make_site,
    plan_of,
)

SESSIONS = make_sessions(days=3, kinds=("AM", "PM", "EVE"))
FAR = (make_site("ELM", travel={"OAK": 300}), make_site("OAK", travel={"ELM": 300}))


def amy(key, **given):
    return replace(make_person(key, **given), name="Amy", individual="amy")


def told(duties, rule, posts=None, placed=None, **given):
    """Give what a rule says of Amy under two posts, one duty each, and under one post with both."""
    posts = posts or [amy("at Elm"), amy("at Oak")]
    placed = placed or [("at Elm", 0), ("at Oak", 1)]
    problem = make_problem(posts, duties, SESSIONS, rule, **given)
    return [each.said for each in breaches(problem, plan_of(*placed))]


def test_rest_is_between_the_duties_of_all_posts():
    duties = [make_duty(0, SESSIONS[2]), make_duty(1, SESSIONS[3])]
    late = replace(duties[0], ends=datetime(2027, 3, 1, 23))
    (said,) = told([late, duties[1]], make_rule("R18"))
    assert said.startswith("Amy (all posts) has 10 hours of rest")


def test_the_end_of_work_under_one_post_holds_for_the_other():
    late = History(last_end=datetime(2027, 2, 28, 23))
    posts = [amy("at Elm", history=late), amy("at Oak")]
    assert told([make_duty(1, SESSIONS[0])], make_rule("R18"), posts, [("at Oak", 1)])


def test_free_days_are_free_under_all_posts():
    duties = [make_duty(0, SESSIONS[0]), make_duty(1, SESSIONS[3])]
    rule = make_rule("R19", days=2, free_days=1)
    assert told(duties, rule)
    assert not told(duties[:1], rule, placed=[("at Elm", 0)])
    worked = History(worked_days=frozenset({date(2027, 2, 28)}))
    posts = [amy("at Elm"), amy("at Oak", history=worked)]
    assert told(duties[:1], rule, posts, [("at Elm", 0)])


def test_sessions_of_a_day_are_counted_together_and_a_meeting_once():
    duties = [make_duty(0, SESSIONS[0]), make_duty(1, SESSIONS[1])]
    (said,) = told(duties, make_rule("R20", most=1))
    assert said == "Amy (all posts) has 2 sessions on Mon 1 Mar, the evening left out."
    kept = Commitment(1, "MDT meeting", datetime(2027, 3, 1, 14), datetime(2027, 3, 1, 15))
    posts = [amy(key, commitments=(kept,)) for key in ("at Elm", "at Oak")]
    assert not told(duties[:1], make_rule("R20", most=2), posts, [("at Elm", 0)])


def test_the_journey_from_one_post_to_the_other_takes_its_time():
    duties = [make_duty(0, SESSIONS[0], site="ELM"), make_duty(1, SESSIONS[1], site="OAK")]
    said = told(duties, make_rule("R29"), sites=FAR)
    assert said == ["Amy (all posts) cannot get from Elm Surgery to Oak Surgery in time for Mon 1 Mar PM."]


@pytest.mark.parametrize("code", ["R18", "R19", "R20", "R29"])
def test_what_binds_one_post_alone_is_told_once(code):
    duties = [
        make_duty(0, SESSIONS[0], site="ELM"),
        replace(make_duty(1, SESSIONS[1], site="OAK"), ends=datetime(2027, 3, 1, 23)),
        make_duty(2, SESSIONS[3]),
    ]
    rule = make_rule(code, **{"R19": {"days": 2, "free_days": 1}, "R20": {"most": 1}}.get(code, {}))
    placed = [("at Elm", number) for number in range(3)]
    assert len(told(duties, rule, placed=placed, sites=FAR)) == 1
