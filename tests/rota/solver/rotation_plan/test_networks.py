"""A large plan is filled network by network, and what one takes of a shared host is not there for others."""

from dataclasses import replace

from bench.rotation_instances import SIZES, make
from bench.rotation_programmes import USUAL
from rota.solver.limits import Limits
from rota.solver.result import Result, Status
from rota.solver.rotation_plan import Plan, Stay, breaches
from rota.solver.rotation_plan.by_networks import NetworkFiller
from rota.solver.rotation_plan.filling import fill_part
from rota.solver.rotation_plan.model import RotationModel
from rota.solver.rotation_plan.networks import networks_of, problem_of
from rota.solver.search.clock import Clock
from tests.rota.solver.rotation_plan.makers import (
    make_learner,
    make_offer,
    make_problem,
    make_supervisor,
)

APART = ("amy", "ben"), ("cas", "dan")


def two_networks(**given):
    """Make two networks with a host each, and one that both share."""
    learners = [
        make_learner(key, only=frozenset({number, 3})) for number, keys in enumerate(APART, 1) for key in keys
    ]
    offers = (
        make_offer(1, places=1),
        make_offer(2, places=1, host="oak"),
        make_offer(3, places=1, host="ash"),
    )
    return make_problem("P02", "P10", "P19", "P09", learners=learners, offers=offers, **given)


def test_learners_who_share_hosts_with_few_are_one_network(monkeypatch):
    monkeypatch.setattr("rota.solver.rotation_plan.networks.LARGEST", 2)
    problem = two_networks()
    found = networks_of(problem, RotationModel(problem).stays)
    assert {tuple(sorted(each)) for each in found} == set(APART)


def test_learners_who_are_kept_apart_are_planned_together(monkeypatch):
    monkeypatch.setattr("rota.solver.rotation_plan.networks.LARGEST", 2)
    problem = two_networks()
    amy = replace(problem.learners[0], not_with=frozenset({"cas"}))
    problem = replace(problem, learners=(amy, *problem.learners[1:]))
    found = networks_of(problem, RotationModel(problem).stays)
    assert frozenset({"amy", "cas"}) in found


def test_what_others_take_is_not_there_any_more():
    problem = two_networks(supervisors=(make_supervisor(),))
    offers = tuple(replace(each, supervisors=("dr_ash",), minutes=40) for each in problem.offers)
    problem = replace(problem, offers=offers)
    part = problem_of(problem, {"cas", "dan"}, [Stay("amy", 3, 0, 4)])
    assert [each.key for each in part.learners] == ["cas", "dan"]
    assert part.offer_by_number[3].most[:5] == (0, 0, 0, 0, 1)
    assert part.offer_by_number[1].most == problem.offer_by_number[1].most
    assert part.supervisors[0].minutes[:5] == (20, 20, 20, 20, 60)


def test_networks_that_are_filled_one_by_one_break_nothing_together():
    problem = two_networks()
    filler = NetworkFiller(
        RotationModel(problem),
        [frozenset(each) for each in APART],
        Clock(Limits(8, deterministic=True)),
        fill_part,
        lambda plan: None,
        lambda: None,
    )
    filler.improve(Plan())
    assert not breaches(problem, filler.plan)
    # Three places for four people, in each of twelve weeks.
    assert sum(stay.periods for stay in filler.plan.stays) == 36


def test_a_network_leaves_no_place_empty_that_needs_somebody():
    problem = two_networks()
    needed = replace(problem.offers[0], least=(1,) * problem.periods, firm_least=True)
    problem = replace(problem, offers=(needed, *problem.offers[1:]))
    held = Plan.of([Stay("amy", 1, 0, 12)])

    def emptied(part, limits, watch, start):
        return Result(Status.OUT_OF_TIME, Plan.of([Stay("amy", 3, 0, 12)]))

    clock = Clock(Limits(8, deterministic=True))
    apart = [frozenset(APART[0])]
    filler = NetworkFiller(RotationModel(problem), apart, clock, emptied, lambda plan: None, lambda: None)
    filler.improve(held)
    assert filler.plan == held


def test_whoever_stops_between_two_networks_gets_what_there_is():
    problem = two_networks()
    filler = NetworkFiller(
        RotationModel(problem),
        [frozenset(each) for each in APART],
        Clock(Limits(8, deterministic=True)),
        fill_part,
        lambda plan: None,
        lambda: "stop" if filler.plan.stays else None,
    )
    filler.improve(Plan())
    assert {stay.learner for stay in filler.plan.stays} <= {*APART[0]}
    assert filler.onlooker.order == Status.STOPPED.value.removesuffix("ped")


def test_the_same_seed_makes_the_same_instance():
    networks, learners, hosts, shared = SIZES["s"]
    problem = make("s")
    assert problem == make("s")
    assert problem != make("s", seed=2)
    assert (len(problem.learners), len(problem.hosts)) == (learners, hosts + shared)
    assert len({learner.programme for learner in problem.learners}) == 6
    assert networks == 1


def test_a_plan_that_was_drawn_leaves_nothing_out():
    for usual in USUAL:
        weeks = sum(weeks for _, weeks in usual.year)
        asked = sum(each.least for each in usual.programme.requirements)
        assert asked <= weeks <= 52
