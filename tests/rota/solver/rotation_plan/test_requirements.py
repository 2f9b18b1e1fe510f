"""What programmes ask of a learner's weeks, in a rotation lead's words."""

from rota.solver.rotation_plan import Breadth, unmet
from tests.rota.solver.rotation_plan.makers import (
    ALL_YEAR,
    broken,
    make_learner,
    make_offer,
    make_problem,
    make_programme,
    make_requirement,
    plan_of,
    told,
)


def test_what_a_requirement_lacks_is_said_in_weeks_and_breaks_nothing():
    problem = make_problem("P03", programmes=[make_programme(make_requirement(least=8))])
    assert told(problem, ("amy", 1, 0, 4)) == [(400, "Amy lacks 4 weeks of 8 weeks of Practice.")]
    assert not broken(problem, ("amy", 1, 0, 4))
    assert [cost.said for cost in unmet(problem, plan_of())] == ["Amy lacks 8 weeks of 8 weeks of Practice."]


def test_more_than_a_requirement_allows_costs_and_what_is_firm_is_refused():
    programme = make_programme(make_requirement(most=4))
    assert told(make_problem("P03", programmes=[programme]), ALL_YEAR) == [
        (80, "Amy does 8 weeks more of Practice than it allows.")
    ]
    firm = make_programme(make_requirement(most=4, firm=True))
    assert broken(make_problem("P03", programmes=[firm]), ALL_YEAR)


def test_a_learner_at_half_time_does_twice_the_weeks():
    amy = make_learner(percent=50)
    programme = make_programme(make_requirement(least=4, most=4, shortest_run=4, longest_run=4))
    problem = make_problem("P03", "P05", "P20", learners=[amy], programmes=[programme])
    assert not told(problem, ("amy", 1, 0, 8))
    assert not broken(problem, ("amy", 1, 0, 8))
    assert (400, "Amy lacks 4 weeks of 8 weeks of Practice.") in told(problem, ("amy", 1, 0, 4))
    assert broken(problem, ("amy", 1, 0, 4)) == ["A placement for Practice lasts at least 8 weeks for Amy."]
    assert broken(problem, ALL_YEAR) == ["A placement for Practice lasts at most 8 weeks for Amy."]


def test_without_the_rule_on_part_time_nobody_is_scaled():
    programme = make_programme(make_requirement(least=4))
    problem = make_problem("P03", learners=[make_learner(percent=50)], programmes=[programme])
    assert not told(problem, ("amy", 1, 0, 4))


def test_weeks_that_do_not_fit_the_calendar_are_rounded_up_to_a_block():
    # 4 weeks at 80 per cent are 5; the calendar has blocks of 4, so 8 are no excess.
    programme = make_programme(make_requirement(least=4, most=4))
    problem = make_problem("P03", "P20", learners=[make_learner(percent=80)], programmes=[programme])
    assert not told(problem, ("amy", 1, 0, 8))
    assert told(problem, ALL_YEAR)


def test_weeks_done_before_count():
    programme = make_programme(make_requirement(least=8, most=8))
    problem = make_problem("P03", learners=[make_learner(history={"practice": 4})], programmes=[programme])
    assert not told(problem, ("amy", 1, 0, 4))
    assert told(problem, ("amy", 1, 0, 8)) == [(40, "Amy does 4 weeks more of Practice than it allows.")]


def test_a_split_week_counts_as_its_parts():
    programme = make_programme(make_requirement(least=4), make_requirement("hospice", least=2))
    offer = make_offer(settings={"practice": 50, "hospice": 50})
    problem = make_problem("P03", offers=[offer], programmes=[programme])
    assert told(problem, ("amy", 1, 0, 4)) == [(200, "Amy lacks 2 weeks of 4 weeks of Practice.")]


def test_no_host_twice_for_what_is_done_once_and_no_two_visits_in_a_row():
    programme = make_programme(make_requirement(once_per_host=True, longest_run=4))
    problem = make_problem("P05", "P06", programmes=[programme])
    assert broken(problem, ("amy", 1, 0, 4), ("amy", 1, 8, 4)) == [
        "Amy goes to Elm more than once for Practice."
    ]
    assert "Amy has two placements in a row with Offer 1, which count as one." in broken(
        problem, ("amy", 1, 0, 4), ("amy", 1, 4, 4)
    )


def test_what_comes_first_and_what_may_follow():
    ward = make_requirement("ward", after=(("practice", 8),), not_after=frozenset({"practice"}))
    programme = make_programme(make_requirement(), ward)
    offers = [make_offer(), make_offer(2, "ward")]
    problem = make_problem("P07", programmes=[programme], offers=offers)
    assert broken(problem, ("amy", 1, 0, 4), ("amy", 2, 4, 4)) == [
        "Amy begins Ward in the week of 30 August 2027, 4 weeks of Practice short."
    ]
    assert not broken(problem, ("amy", 1, 0, 8), ("amy", 2, 8, 4))
    follows = make_problem("P08", programmes=[programme], offers=offers)
    assert broken(follows, ("amy", 1, 0, 8), ("amy", 2, 8, 4)) == [
        "Amy goes straight from Practice to Ward in the week of 27 September 2027."
    ]
    next_must = make_programme(make_requirement(next_must_be=frozenset({"ward"})), make_requirement("ward"))
    goes_on = make_problem("P08", programmes=[next_must], offers=offers)
    assert broken(goes_on, ("amy", 1, 0, 4)) == ["Amy does not go on to Ward straight after Practice."]
    assert not broken(goes_on, ("amy", 1, 0, 4), ("amy", 2, 4, 8))


def test_breadth_counts_different_disciplines_and_those_named():
    programme = make_programme(breadth=Breadth(3, frozenset({"dentistry"})), exposure=20)
    amy = make_learner(seen=frozenset({"nursing"}), exposed=4)
    offer = make_offer(discipline="general_practice", shows=frozenset({"pharmacy"}), exposure=1)
    problem = make_problem("P15", "P16", learners=[amy], programmes=[programme], offers=[offer])
    assert told(problem, ALL_YEAR) == [
        (60, "Amy does not see dentistry."),
        (20, "Amy can be given 4 fewer half-days with other disciplines than asked for."),
    ]
    assert (240, "Amy sees 2 fewer than the 3 disciplines asked for.") in told(problem)
