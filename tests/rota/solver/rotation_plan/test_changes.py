"""What was told to learners, is pinned or past, and what an assessment wants, in a rotation lead's words."""

from dataclasses import replace

import pytest

from rota.solver.rotation_plan import Stay, Window, costs
from tests.rota.solver.rotation_plan.makers import (
    ALL_YEAR,
    broken,
    make_learner,
    make_offer,
    make_problem,
    make_programme,
    plan_of,
    told,
)


def test_a_move_splits_an_assessment():
    problem = make_problem("P32", learners=[make_learner(windows=(Window("the review", 3, 5),))])
    assert told(problem, ("amy", 1, 0, 4), ("amy", 1, 4, 8)) == [
        (20, "Amy moves in the week of 30 August 2027, within the review.")
    ]
    assert not told(problem, ALL_YEAR)


@pytest.mark.parametrize(("notice", "price"), [((8, 4), 5), ((4,), 1), ((12, 8, 6), 20), ((12, 4), 5)])
def test_a_change_costs_more_the_less_notice_the_programme_gives(notice, price):
    # Four weeks from now the learner, who was told of Elm, is with Oak.
    problem = make_problem(
        "P31",
        programmes=[make_programme(notice=notice)],
        offers=[make_offer(), make_offer(2, host="oak")],
        published=frozenset({Stay("amy", 1, 0, 4), Stay("amy", 1, 4, 4)}),
    )
    soft = [each for each in costs(problem, plan_of(("amy", 1, 0, 4), ("amy", 2, 4, 4))) if each.tier == "TS"]
    assert [each.amount for each in soft] == [price, 5]


def test_inside_notice_nothing_changes_unless_a_learner_is_let_off_or_the_place_is_gone():
    stays = ("amy", 1, 0, 4), ("amy", 2, 4, 4)
    told_of = frozenset({Stay("amy", 1, 0, 4), Stay("amy", 1, 4, 4)})
    offers = [make_offer(), make_offer(2, host="oak")]
    problem = make_problem("P31", "P10", offers=offers, published=told_of)
    assert broken(problem, *stays) == [
        "Amy was told where to be from the week of 30 August 2027 to the week of 20 September 2027, and has "
        "12 weeks of notice."
    ]
    assert not broken(replace(problem, waived=frozenset({"amy"})), *stays)
    gone = replace(problem, offers=(replace(offers[0], most=(2,) * 4 + (0,) * 8), offers[1]))
    assert not broken(gone, *stays)
    later = replace(problem, programmes=(make_programme(notice=(4,)),))
    assert not broken(later, *stays)


def test_what_is_pinned_or_past_stays():
    problem = make_problem("P30", pins=frozenset({Stay("amy", 1, 0, 4)}), now=4)
    assert broken(problem) == [
        "Amy is pinned to Offer 1 for 4 weeks from the week of 2 August 2027, but not placed there."
    ]
    assert broken(problem, ("amy", 1, 0, 4), ("amy", 1, 4, 4)) == []
    assert broken(problem, ("amy", 1, 0, 4), ("amy", 1, 1, 2))[0] == (
        "Nothing new can begin in the week of 9 August 2027, which is past."
    )
