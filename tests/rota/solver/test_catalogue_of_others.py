"""Rules about money, other people and what came before: each says what it finds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rota.solver.limits import Limits
from rota.solver.staff_rota import (
    Cadence,
    History,
    Learner,
    Pairing,
    Payer,
    WorkTerms,
    breaches,
    costs,
    fill,
)
from tests.rota.solver.makers import (
    MONDAY,
    make_duty,
    make_person,
    make_problem,
    make_rule,
    make_sessions,
    plan_of,
)
from tests.rota.solver.test_catalogue import WEEK, daily, said_of

SATURDAY = make_sessions(1, kinds=("SAT_AM", "SAT_PM"), first=MONDAY + timedelta(5))


def told_of(people, duties, plan, *rules, sessions=WEEK, **given):
    """Tell tiers and amounts."""
    problem = make_problem(people, duties, sessions, *rules, **given)
    return [(cost.tier, cost.amount, cost.said) for cost in costs(problem, plan)]


def test_evenings_of_past_weeks_count():
    sessions = make_sessions(days=2, kinds=("EVE",))
    duties = [make_duty(number, session) for number, session in enumerate(sessions)]
    past = History(days_by_kind={"EVE": frozenset({MONDAY - timedelta(3), MONDAY - timedelta(40)})})
    amy = make_person("amy", history=past)
    rule = make_rule("R23", most_evenings=1)
    [(tier, amount, said)] = told_of([amy], duties, plan_of(("amy", 0)), rule, sessions=sessions)
    assert (tier, amount) == ("T3", 2)
    assert said == "Amy Example has 2 evenings in the 4 weeks up to 2 March; 1 is the most."


def test_half_a_saturday_costs_unless_the_other_half_is_closed_to_them():
    duties = [make_duty(number, session) for number, session in enumerate(SATURDAY)]
    amy, rule = make_person("amy"), make_rule("R24")
    said = told_of([amy], duties, plan_of(("amy", 0)), rule, sessions=SATURDAY)
    assert said == [("T4", 5, "Amy Example works only half of the day: Sat 6 Mar AM.")]
    assert not told_of([amy], duties, plan_of(("amy", 0), ("amy", 1)), rule, sessions=SATURDAY)
    away = make_person("amy", unavailable={1: "pattern"})
    assert not told_of([away], duties, plan_of(("amy", 0)), rule, sessions=SATURDAY)


def test_enhanced_access_owes_its_minutes_by_the_week_and_a_gp_in_each_session():
    sessions = make_sessions(days=6, kinds=("AM",))
    duties = [
        make_duty(0, sessions[0], desired=1, extended=True, roles=frozenset({"GP", "Nurse"})),
        make_duty(1, sessions[1], desired=1),
    ]
    nurse = make_person("amy", role="Nurse")
    owed = told_of([nurse], duties, plan_of(("amy", 0)), make_rule("R25"), sessions=sessions, patients=6000)
    assert owed == [("T1", 120, "Enhanced Access in the week of 1 March gives 4 hours of the 6 hours owed.")]
    no_gp = told_of([nurse], duties, plan_of(("amy", 0)), make_rule("R26", roles="GP"), sessions=sessions)
    assert no_gp == [("T1", 100, "Enhanced Access on Mon 1 Mar AM has no GP in the network.")]
    gp = make_person("bob")
    assert not told_of([gp], duties, plan_of(("bob", 0)), make_rule("R26", roles="GP"), sessions=sessions)


def test_people_kept_apart_may_be_at_two_sites_and_peers_are_not_told_why():
    people = [make_person(key) for key in ("amy", "bob")]
    apart = Pairing("amy", "bob", apart=True, why="Agreed in June")
    duties = [make_duty(0, WEEK[0], maximum=2), make_duty(1, WEEK[0], site="OAK")]
    problem = make_problem(people, duties, WEEK, make_rule("R36"), pairings=(apart,))
    [breach] = breaches(problem, plan_of(("amy", 0), ("bob", 0)))
    assert breach.said == (
        "Amy Example and Bob Example, who are kept apart, are both at Elm Surgery on Mon 1 Mar AM: "
        "Agreed in June."
    )
    assert breach.said_to_peers == "Not available."
    assert not breaches(problem, plan_of(("amy", 0), ("bob", 1)))


def test_who_works_only_beside_another_is_told_when_alone():
    people = [make_person(key) for key in ("amy", "bob")]
    beside = Pairing("amy", "bob", apart=False, firm=False)
    said = told_of(people, daily(2), plan_of(("amy", 0)), make_rule("R36"), pairings=(beside,))
    assert said == [("T4", 8, "Amy Example is at Elm Surgery on Mon 1 Mar AM without Bob Example.")]
    together = plan_of(("amy", 0), ("bob", 0), ("bob", 1))
    assert not told_of(people, daily(2), together, make_rule("R36"), pairings=(beside,))


def test_a_pairing_of_one_person_or_a_meeting_of_a_crowd_is_refused():
    with pytest.raises(ValueError, match="name two"):
        Pairing("amy", "amy", apart=True)
    with pytest.raises(ValueError, match="from 2 to 4 people"):
        Cadence("Team", tuple("abcde"), 7)


def test_a_session_needs_a_stream_that_allows_role_and_activity():
    payers = {
        "core": Payer(frozenset({"GP"}), frozenset({"Surgery"})),
        "gift": Payer(frozenset(), frozenset()),
    }
    core, gift = (daily(1, streams=(stream,)) for stream in ("core", "gift"))
    amy, rule = make_person("amy"), make_rule("R37")
    assert not said_of(amy, [0], rule, duties=core, payers=payers)
    assert said_of(amy, [0], rule, duties=gift, payers=payers) == [
        "No funding stream of Amy Example or of Surgery allows this role and activity."
    ]
    assert not said_of(replace(amy, streams=("core",)), [0], rule, duties=gift, payers=payers)
    by_hand = daily(1)
    assert not said_of(replace(amy, streams=("gift",)), [0], rule, duties=by_hand, payers=payers)
    learner = replace(amy, learner=Learner("GP registrar", 30))
    assert not said_of(learner, [0], rule, duties=gift, payers=payers)


def test_own_staff_come_before_the_bank_the_bank_before_locums_and_an_agency_last():
    people = [make_person(key, contract=key) for key in ("agency", "locum", "bank", "salaried")]
    duties = [make_duty(0, WEEK[0], desired=1)]
    rules = [make_rule(code) for code in ("R01", "R07", "R38")]
    for place, takes in enumerate(("salaried", "bank", "locum", "agency")):
        here = people[: 4 - place]
        problem = make_problem(here, duties, WEEK, *rules)
        result = fill(problem, Limits(seconds=5, workers=1, deterministic=True))
        assert result.plan == plan_of((takes, 0))


def test_people_who_meet_do_so_in_every_stretch_that_ends_in_the_period():
    people = [make_person(key) for key in ("amy", "bob")]
    meets = Cadence("Supervision", ("amy", "bob"), 7)
    both = [(key, day) for key in ("amy", "bob") for day in (2,)]
    said = told_of(people, daily(14), plan_of(*both), make_rule("R40"), cadences=(meets,))
    assert said == [
        (
            "T2",
            10,
            "Supervision: Amy Example and Bob Example are never at one site together "
            "from 8 March to 14 March.",
        )
    ]
    recent = replace(meets, last=MONDAY + timedelta(2) - timedelta(7))
    [first, *_] = told_of(people, daily(14), plan_of(), make_rule("R40"), cadences=(recent,))
    assert "up to" not in first[2]
    assert "from 25 February to 3 March" in first[2]


@pytest.mark.parametrize("last", [None, MONDAY - timedelta(40)])
def test_who_never_met_or_is_overdue_meets_in_a_rota_shorter_than_the_stretch(last):
    people = [make_person(key) for key in ("amy", "bob")]
    meets = Cadence("Supervision", ("amy", "bob"), 31, last)
    [(_, _, said)] = told_of(people, daily(14), plan_of(), make_rule("R40"), cadences=(meets,))
    assert said.endswith("from 1 March to 14 March.")
    lately = replace(meets, last=MONDAY - timedelta(3))
    assert not told_of(people, daily(14), plan_of(), make_rule("R40"), cadences=(lately,))


def test_what_was_worked_on_the_eve_bars_what_may_not_follow_it():
    history = History(days_by_kind={"EVE": frozenset({MONDAY - timedelta(1)})})
    amy = make_person("amy", history=history)
    rule = make_rule("R46", pairs="EVE>AM")
    assert said_of(amy, [0], rule) == [
        "Amy Example works Mon 1 Mar AM, too soon after the day before this rota."
    ]
    assert not said_of(amy, [1], rule)
    assert not said_of(make_person("amy"), [0], rule)


def test_a_run_that_leave_ends_may_be_short():
    terms, rule = WorkTerms(shortest_run=3), make_rule("R41")
    assert len(said_of(make_person("amy", terms=terms), [2], rule)) == 1
    on_leave = make_person("amy", terms=terms, absent=frozenset({3}))
    assert not said_of(on_leave, [2], rule)
    assert len(said_of(on_leave, [8], rule)) == 1


def test_nobody_makes_up_for_leave_to_reach_their_least_hours():
    terms, rule = WorkTerms(least_minutes=960), make_rule("R45")
    assert len(said_of(make_person("amy", terms=terms), [0, 1], rule)) == 1
    on_leave = make_person("amy", terms=terms, credits={5: 240, 6: 240})
    assert not said_of(on_leave, [0, 1], rule)
    assert said_of(on_leave, [0], rule) == [
        "Amy Example works 4 hours in the period, 4 hours below the 16 hours agreed, "
        "8 hours of leave counted."
    ]


def test_work_declared_elsewhere_does_not_count_in_weeks_that_leave_takes_whole():
    away = {number: 240 for number in range(7)}
    amy = make_person("amy", weekly_minutes=480, elsewhere_minutes=2400, credits=away)
    assert not said_of(amy, [], make_rule("R17"))


def test_a_saturday_of_which_one_half_is_not_held_is_worked_whole_without_it():
    morning, afternoon = (make_duty(number, SATURDAY[number]) for number in (0, 1))
    people, plan = [make_person("amy")], plan_of(("amy", 0))
    for duties, number in (([morning, afternoon], 1), ([morning], 0)):
        said = told_of(people, duties, plan, make_rule("R24"), sessions=SATURDAY)
        assert len(said) == number


def test_three_people_meet_only_when_all_are_there():
    people = [make_person(key) for key in ("amy", "bob", "cat")]
    problem = make_problem(
        people,
        daily(2),
        WEEK[:2],
        make_rule("R01"),
        make_rule("R40"),
        cadences=(Cadence("Team", ("amy", "bob", "cat"), 2),),
    )
    result = fill(problem, Limits(seconds=5, workers=1, deterministic=True))
    assert result.cost_by_tier == {"T2": 0}
    assert any(sum(each.duty == day for each in result.plan.placements) == 3 for day in (0, 1))


def test_lines_that_matter_more_are_filled_first_and_what_is_too_much_costs_by_its_weight():
    duties = [make_duty(0, WEEK[0], desired=1), make_duty(1, WEEK[0], desired=1, weight_short=5)]
    rules = [make_rule("R01"), make_rule("R07")]
    problem = make_problem([make_person("amy")], duties, WEEK, *rules)
    assert fill(problem, Limits(seconds=5, workers=1, deterministic=True)).plan == plan_of(("amy", 1))
    over = [make_duty(0, WEEK[0], maximum=3, enough=0, weight_over=4)]
    people = [make_person("amy"), make_person("bob")]
    said = told_of(people, over, plan_of(("amy", 0), ("bob", 0)), make_rule("R08", weight=2))
    assert [amount for _, amount, _ in said] == [16]
