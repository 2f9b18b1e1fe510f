"""Rules about days, weeks and whole rotas, one by one: what each says, and of whom."""

from dataclasses import replace
from datetime import datetime, timedelta

from rota.solver.staff_rota import (
    History,
    Wish,
    breaches,
)
from tests.rota.solver.makers import (
    MONDAY,
    make_duty,
    make_person,
    make_problem,
    make_rule,
    make_sessions,
    make_site,
    plan_of,
)
from tests.rota.solver.test_rules import AM, PM, sentences, told


def test_hours_off_contract_are_told_beyond_the_tolerance():
    sessions = make_sessions(5)
    amy = make_person("amy", weekly_minutes=480, tolerance_minutes=60)
    plan = plan_of(("amy", 0))
    said = told([amy], [make_duty(0, sessions[0])], plan, make_rule("R16"), sessions=sessions)
    assert said == [("T2", 15, "Amy Example is 4 hours under contract in the week of 1 March.")]


def late_and_early():
    sessions = make_sessions(2, kinds=("AM", "EVE"))
    late = make_duty(0, sessions[1], ends=datetime(2027, 3, 1, 23))
    return sessions, [late, make_duty(1, sessions[2])]


def test_eleven_hours_of_rest_lie_between_two_working_days():
    sessions, duties = late_and_early()
    plan = plan_of(("amy", 0), ("amy", 1))
    said = sentences([make_person("amy")], duties, plan, make_rule("R18"), sessions=sessions)
    assert said == ["Amy Example has 10 hours of rest before Tue 2 Mar AM."]


def test_partners_are_self_employed_and_not_bound_by_working_time():
    sessions, duties = late_and_early()
    amy = make_person("amy", contract="partner")
    plan = plan_of(("amy", 0), ("amy", 1))
    assert not sentences([amy], duties, plan, make_rule("R18"), make_rule("R19"), sessions=sessions)


def test_a_rule_scoped_to_contracts_binds_those_alone():
    sessions, duties = late_and_early()
    rule = replace(make_rule("R18"), contracts=frozenset({"council"}))
    plan = plan_of(("amy", 0), ("amy", 1))
    assert not sentences([make_person("amy")], duties, plan, rule, sessions=sessions)
    assert sentences([make_person("amy", contract="council")], duties, plan, rule, sessions=sessions)


def test_rest_counts_from_the_last_end_before_the_period():
    amy = make_person("amy", history=History(last_end=datetime(2027, 2, 28, 23, 30)))
    said = sentences([amy], [make_duty(0, AM)], plan_of(("amy", 0)), make_rule("R18"))
    assert said == ["Amy Example has 9 hours 30 minutes of rest before Mon 1 Mar AM."]


def test_days_before_the_period_count_in_a_run():
    amy = make_person("amy", history=History(days_in_a_row=7))
    rule = make_rule("R21")
    said = sentences([amy], [make_duty(0, AM)], plan_of(("amy", 0)), rule)
    assert said == ["Amy Example works more than 7 days in a row up to Mon 01 Mar."]
    rested = replace(amy, history=History(days_in_a_row=6))
    assert not sentences([rested], [make_duty(0, AM)], plan_of(("amy", 0)), rule)


def test_two_free_days_lie_in_any_fortnight():
    worked = frozenset(MONDAY - timedelta(back) for back in range(1, 13))
    amy = make_person("amy", history=History(worked_days=worked))
    said = sentences([amy], [make_duty(0, AM)], plan_of(("amy", 0)), make_rule("R19"))
    assert said == ["Amy Example has 1 of 2 free days from 16 February to 1 March."]


def test_a_third_session_in_a_day_must_be_the_evening():
    early = make_sessions(1, kinds=("EAM", "AM", "PM"))
    late = make_sessions(1, kinds=("AM", "PM", "EVE"))
    for sessions, number in ((early, 1), (late, 0)):
        duties = [make_duty(place, session) for place, session in enumerate(sessions)]
        plan = plan_of(("amy", 0), ("amy", 1), ("amy", 2))
        assert (
            len(sentences([make_person("amy")], duties, plan, make_rule("R20"), sessions=sessions)) == number
        )


def test_a_site_that_cannot_be_reached_in_time_is_a_breach_and_any_hop_costs():
    duties = [make_duty(0, AM), make_duty(1, PM, site="OAK")]
    plan = plan_of(("amy", 0), ("amy", 1))
    far = (make_site("ELM", travel={"OAK": 61}), make_site("OAK"))
    near = (make_site("ELM", travel={"OAK": 60}), make_site("OAK"))
    said = sentences([make_person("amy")], duties, plan, make_rule("R29"), sites=far)
    assert said == ["Amy Example cannot get from Elm Surgery to Oak Surgery in time for Mon 1 Mar PM."]
    assert told([make_person("amy")], duties, plan, make_rule("R29"), sites=near) == [
        ("T4", 4, "Amy Example works at 2 sites on Mon 1 Mar.")
    ]


def test_no_more_people_need_a_room_than_there_are():
    duties = [make_duty(0, AM, room="clinic"), make_duty(1, AM, room="clinic")]
    people = [make_person("amy"), make_person("bob")]
    sites = (make_site("ELM", rooms={"clinic": 1}),)
    said = sentences(people, duties, plan_of(("amy", 0), ("bob", 1)), make_rule("R27"), sites=sites)
    assert said == ["Elm Surgery has 1 rooms of type clinic and needs 2 on Mon 1 Mar AM."]


def test_a_change_costs_more_at_shorter_notice_and_so_does_each_person_touched():
    duty, published = [make_duty(0, AM)], plan_of(("amy", 0)).placements
    for days, price in ((60, 1), (41, 3), (13, 8), (1, 20)):
        today = MONDAY - timedelta(days)
        people = [make_person("amy")]
        said = told(people, duty, plan_of(), make_rule("R35"), published=tuple(published), today=today)
        assert [(tier, amount) for tier, amount, _ in said] == [("TS", price), ("TS", 5)]


def test_a_long_wish_weighs_no_more_than_a_short_one():
    short, long = Wish(frozenset({0}), False, 4), Wish(frozenset({0, 1}), False, 4)
    duties, plan = [make_duty(0, AM), make_duty(1, PM)], plan_of(("amy", 0), ("amy", 1))
    for wish in (short, long):
        assert [
            each[1] for each in told([make_person("amy", wishes=(wish,))], duties, plan, make_rule("R32"))
        ] == [4]


def test_who_is_above_the_common_share_is_named_by_what_that_is_on_a_full_post():
    half = make_person("amy", wte=50, history=History(unpopular={"mornings": 1}))
    full = make_person("bob", history=History(unpopular={"mornings": 2}))
    duties, unpopular = [make_duty(0, AM, desired=1)], {"mornings": frozenset({0})}
    said = told([half, full], duties, plan_of(("amy", 0)), make_rule("R33"), unpopular=unpopular)
    above = "Amy Example is 2 above the common share of mornings, counted on a full post."
    assert said == [("T3", 2 + 8, above)]


def test_who_can_take_none_of_a_burden_is_compared_with_nobody():
    away = make_person("amy", unavailable={0: "pattern"}, history=History(unpopular={"mornings": 9}))
    duties, unpopular = [make_duty(0, AM, desired=1)], {"mornings": frozenset({0})}
    assert told([away], duties, plan_of(), make_rule("R33"), unpopular=unpopular) == []


def test_a_practice_below_its_share_is_named():
    duties = [make_duty(number, session) for number, session in enumerate((AM, PM))]
    shares = {"GP": {"ELM": 50, "OAK": 50}}
    plan = plan_of(("amy", 0), ("amy", 1))
    said = told([make_person("amy")], duties, plan, make_rule("R30", tolerance=0), shares=shares)
    assert said == [("T2", 15, "OAK has 0 of 2 GP sessions; its share is 50%.")]


def test_fairness_moved_to_another_tier_is_still_counted_there():
    amy = make_person("amy", history=History(unpopular={"mornings": 2}))
    duties, unpopular = [make_duty(0, AM)], {"mornings": frozenset({0})}
    rule = make_rule("R33", tier="T4")
    said = told([amy], duties, plan_of(("amy", 0)), rule, unpopular=unpopular)
    assert [(tier, amount) for tier, amount, _ in said] == [("T4", 1)]


def test_someone_with_two_posts_is_in_one_place_only():
    duties = [make_duty(1, AM), make_duty(2, AM), make_duty(3, PM)]
    posts = [replace(make_person(key), name="Amy", individual="amy") for key in ("at Elm", "at Oak")]
    problem = make_problem(posts, duties, [AM, PM], make_rule("R01"))
    both = plan_of(("at Elm", 1), ("at Oak", 2))
    (breach,) = breaches(problem, both)
    assert breach.said.startswith("Amy would be in two places on ")
    assert not breaches(problem, plan_of(("at Elm", 1), ("at Oak", 3)))
    strangers = make_problem(
        [replace(post, individual="") for post in posts], duties, [AM, PM], make_rule("R01")
    )
    assert not breaches(strangers, both)
