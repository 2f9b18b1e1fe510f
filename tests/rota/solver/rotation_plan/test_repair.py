"""A host takes its place back: those who were there move, and nobody else who need not."""

from rota.solver.limits import Limits
from rota.solver.rotation_plan import Stay, breaches, fill
from rota.solver.rotation_plan.repair import Change, changes_between, without_offers
from tests.rota.solver.rotation_plan.makers import (
    make_learner,
    make_offer,
    make_problem,
    make_programme,
    make_requirement,
    plan_of,
)

LIMITS = Limits(seconds=10, deterministic=True)
TOLD = plan_of(("amy", 1, 0, 12), ("ben", 2, 0, 8), ("ben", 3, 8, 4), ("cy", 3, 0, 4), ("cy", 4, 4, 8))


def a_problem(*rules, ben=make_learner("ben"), notice=(12, 8, 6), now=0):
    places = ((1, "elm"), (2, "oak"), (3, "ash"), (4, "elm"))
    return make_problem(
        *("P02", "P03", "P09", "P10", "P30", "P31", *rules),
        learners=[make_learner("amy"), ben, make_learner("cy")],
        offers=[make_offer(number, places=1, host=host) for number, host in places],
        programmes=[make_programme(make_requirement(least=12), notice=notice)],
        now=now,
    )


def repaired(problem, since):
    told, left = without_offers(problem, TOLD, since)
    after = fill(told, LIMITS, start=left).plan
    return told, after, list(changes_between(told, TOLD, after))


def test_only_whoever_lost_the_place_moves_though_all_are_inside_notice():
    told, after, changes = repaired(a_problem(now=1), {2: 4})
    assert breaches(told, after) == ()
    assert {change.learner for change in changes} == {"ben"}
    assert changes[0] == Change("ben", 4, 8, 2, changes[0].after)


def test_what_has_begun_stays_up_to_the_day_the_place_ends():
    told, after, changes = repaired(a_problem(now=1), {1: 4})
    assert Stay("amy", 1, 0, 4) in after.stays
    assert Stay("amy", 1, 0, 4) in told.pins
    assert {(change.learner, change.before) for change in changes} == {("amy", 1)}
    assert changes[0].first == 4


def test_what_was_cut_short_is_not_held_against_the_plan():
    requirement = make_requirement(least=12, shortest_run=8)
    problem = make_problem(
        *("P05", "P09", "P10", "P30"),
        offers=[make_offer(), make_offer(2)],
        programmes=[make_programme(requirement)],
        now=1,
    )
    told, left = without_offers(problem, plan_of(("amy", 1, 0, 12)), {1: 4})
    assert left == plan_of(("amy", 1, 0, 4))
    assert breaches(told, left) == ()
    assert breaches(told, plan_of(("amy", 1, 0, 4), ("amy", 2, 8, 4))) != ()


def test_beyond_notice_another_moves_where_that_alone_fills_what_would_stay_empty():
    # Ben can only be with Ash, where Cy is: Cy goes to Elm instead.
    ben = make_learner("ben", never_at=frozenset({"elm"}))
    for notice, movers in (((0,), {"ben", "cy"}), ((12,), {"ben"})):
        problem = a_problem("P29", ben=ben, notice=notice)
        told, after, changes = repaired(problem, {2: 0})
        assert breaches(told, after) == ()
        assert {change.learner for change in changes} == movers


def test_two_plans_are_told_apart_by_stretches():
    problem = a_problem()
    after = plan_of(("amy", 1, 0, 8), ("amy", 2, 8, 4), ("ben", 2, 0, 8), ("ben", 3, 8, 4), ("cy", 4, 4, 8))
    assert list(changes_between(problem, TOLD, after)) == [
        Change("amy", 8, 12, 1, 2),
        Change("cy", 0, 4, 3, None),
    ]
