"""Tiny random plans of rotations, and random answers to them."""

from dataclasses import replace
from random import Random

from rota.solver.rotation_plan import (
    CATALOGUE,
    Approval,
    Breadth,
    Group,
    Host,
    Learner,
    Offer,
    Payment,
    Plan,
    Problem,
    Programme,
    Requirement,
    Stay,
    Supervisor,
    Window,
    Wishes,
)

CODES = [card.code for card in CATALOGUE]
SETTINGS = ("practice", "hospital", "hospice")
DISCIPLINES = ("general_practice", "pharmacy", "dentistry")
HALF_DAYS = ("mon_am", "tue_am")


def tiny_problem(seed, codes=CODES, periods=4, learners=2, offers=3):
    """Make a plan of a few weeks, with these rules at their defaults."""
    chance = Random(f"rotations {seed}")
    programmes = tuple(a_programme(chance, number, periods) for number in range(2))
    hosts = tuple(a_host(chance, number, periods) for number in range(2))
    supervisors = tuple(a_supervisor(chance, number, periods) for number in range(2))
    places = tuple(an_offer(chance, number, periods) for number in range(offers))
    people = tuple(a_learner(chance, number, periods, offers) for number in range(learners))
    known = {card.code: card for card in CATALOGUE}
    problem = Problem(
        periods=periods,
        programmes=programmes,
        learners=people,
        hosts=hosts,
        offers=places,
        supervisors=supervisors,
        rules=tuple(a_choice(chance, known[code]) for code in sorted(codes)),
        now=chance.choice((0, 0, 1)),
        waived=frozenset({"l0"} if chance.random() < 0.2 else ()),
        exchange={"trust": chance.choice((0, 5)), "firm": chance.choice((0, -6))},
    )
    kept = {each.learner: each for each in sorted(a_plan(chance, problem).stays) if chance.random() < 0.4}
    told = sorted(a_plan(chance, problem).stays if chance.random() < 0.6 else ())
    pins = frozenset(kept.values())
    return replace(problem, pins=pins, published=frozenset(told))


def a_choice(chance, card):
    """Choose a rule; of limits in weeks only few fit into so little time."""
    choice = card.as_choice()
    small = {name: chance.choice((0, 1)) for name in ("short", "absolute") if name in card.parameters}
    return replace(choice, parameters={**choice.parameters, **small})


def a_programme(chance, number, periods):
    block = chance.choice((1, 1, 2))
    requirements = tuple(a_requirement(chance, key) for key in ("one", "two"))
    first, second = requirements
    if chance.random() < 0.4:
        second = replace(second, after=(("one", chance.choice((1, 2))),))
    if chance.random() < 0.4:
        first = replace(first, before=frozenset({"two"}))
    if chance.random() < 0.4:
        first = replace(first, not_after=frozenset({"two"}))
    if chance.random() < 0.3:
        second = replace(second, next_must_be=frozenset({"one"}))
    return Programme(
        key=f"p{number}",
        name=f"Programme {number}",
        requirements=(first, second),
        starts=tuple(range(0, periods, block)),
        block=block,
        groups=(Group("group", "a group", frozenset({"one", "two"}), chance.choice((1, 2))),)
        if chance.random() < 0.6
        else (),
        breadth=Breadth(
            chance.choice((0, 1, 2, 3)), frozenset(chance.sample(DISCIPLINES, chance.choice((0, 1))))
        ),
        exposure=chance.choice((0, 0, 3)),
        fixed_base=chance.random() < 0.2,
        needs_approval=chance.random() < 0.5,
        protected=frozenset(chance.sample(HALF_DAYS, chance.choice((0, 0, 1)))),
        roles=frozenset(chance.sample(("guide", "assessor"), chance.choice((0, 0, 1, 2)))),
        peers=chance.random() < 0.5,
        most_per_host=chance.choice((None, None, 1, 2)),
        notice=chance.choice(((2, 1), (3, 2, 1), (1,))),
    )


def a_requirement(chance, key):
    least, firm = chance.choice((0, 1, 2, 3)), chance.random() < 0.3
    most = max(1, least) + chance.choice((0, 1)) if firm or chance.random() < 0.5 else None
    shortest = chance.choice((1, 1, 2)) if most is None or most > 1 else 1
    return Requirement(
        key=key,
        name=key,
        fulfilled_by=frozenset(chance.sample(SETTINGS, chance.choice((1, 2)))),
        least=least,
        most=most,
        firm=firm,
        shortest_run=shortest,
        longest_run=chance.choice((None, None, shortest, shortest + 1)),
        once_per_host=chance.random() < 0.4,
    )


def a_host(chance, number, periods):
    return Host(
        key=f"h{number}",
        name=f"Host {number}",
        employer=chance.choice(("trust", "firm", "none")),
        most=levels(chance, periods, (1, 2)) if chance.random() < 0.3 else (),
        floor=levels(chance, periods, (0, 1, 2)) if chance.random() < 0.4 else (),
    )


def a_supervisor(chance, number, periods):
    return Supervisor(
        key=f"s{number}",
        name=f"Supervisor {number}",
        minutes=levels(chance, periods, (0, 30, 60)),
        roles=frozenset(chance.sample(("guide", "assessor"), chance.choice((0, 1, 2)))),
        programmes=chance.choice((None, None, frozenset({"p0"}))),
        away=frozenset(chance.sample(range(periods), chance.choice((0, 0, 1, periods)))),
        not_for=frozenset(chance.sample(("l0", "l1"), chance.choice((0, 0, 1)))),
    )


def an_offer(chance, number, periods):
    most = levels(chance, periods, (0, 1, 1, 2, 2))
    return Offer(
        number=number,
        host=f"h{chance.choice((0, 1))}",
        name=f"Offer {number}",
        settings={
            key: chance.choice((100, 100, 50)) for key in chance.sample(SETTINGS, chance.choice((1, 2)))
        },
        most=most,
        least=tuple(min(each, 1) for each in most) if chance.random() < 0.3 else (),
        firm_least=chance.random() < 0.3,
        by_stage={"first": levels(chance, periods, (0, 1))} if chance.random() < 0.3 else {},
        programmes=chance.choice((None, None, frozenset({"p0"}))),
        approvals=tuple(
            Approval(f"p{chance.choice((0, 1))}", 0, chance.choice((0, 1, periods))) for _ in range(2)
        ),
        site=chance.choice(("", "elm", "oak")),
        discipline=chance.choice(("", *DISCIPLINES)),
        shows=frozenset(chance.sample(DISCIPLINES, chance.choice((0, 1)))),
        exposure=chance.choice((0, 1)),
        supervisors=tuple(chance.sample(("s0", "s1"), chance.choice((0, 1, 2)))),
        minutes=chance.choice((0, 0, 20, 40)),
        needs=frozenset(chance.sample(HALF_DAYS, chance.choice((0, 0, 1)))),
    )


def a_learner(chance, number, periods, offers):
    first = chance.choice((0, 0, 1))
    points = {offer: chance.choice((0, 1, 3)) for offer in range(offers)}
    wishes = Wishes(points, chance.choice((4, 6)), chance.choice((0, 1, 2)), chance.choice((0, 1)))
    return Learner(
        key=f"l{number}",
        name=f"Learner {number}",
        programme=f"p{chance.choice((0, 0, 1))}",
        first=first,
        last=periods - 1 - chance.choice((0, 0, 1)),
        stage=chance.choice(("", "first")),
        percent=chance.choice((100, 100, 60)),
        away=frozenset(chance.sample(range(periods), chance.choice((0, 0, 1)))),
        base=chance.choice(("", "h0", "h1")),
        employer=chance.choice(("trust", "firm")),
        only=frozenset(chance.sample(range(offers), 2)) if chance.random() < 0.2 else None,
        unreachable=frozenset(chance.sample(("elm", "oak"), chance.choice((0, 0, 1)))),
        travel={"elm": 20, "oak": chance.choice((40, 70))},
        longest_travel=chance.choice((None, 60)),
        continuity=chance.choice(("", "mon_am")),
        protected=frozenset(chance.sample(HALF_DAYS, chance.choice((0, 0, 1)))),
        history={"one": 1} if chance.random() < 0.3 else {},
        seen=frozenset(chance.sample(DISCIPLINES, chance.choice((0, 0, 1)))),
        exposed=chance.choice((0, 1)),
        windows=(Window("a review", 1, 2),) if chance.random() < 0.5 else (),
        payments=(Payment("tariff", 0, chance.choice((1, periods))),) if chance.random() < 0.3 else (),
        not_with=frozenset({f"l{1 - number}"}) if chance.random() < 0.3 and number < 2 else frozenset(),
        never_at=frozenset({"h1"}) if chance.random() < 0.15 else frozenset(),
        wishes=wishes if chance.random() < 0.8 else Wishes(),
    )


def levels(chance, periods, numbers):
    """Give a number for each week, with few changes."""
    change = chance.randrange(periods + 1)
    before, after = chance.choice(numbers), chance.choice(numbers)
    return tuple(before if period < change else after for period in range(periods))


def a_plan(chance, problem):
    """Make any plan in which nobody is in two places, mostly on the calendar."""
    stays = set()
    for learner in problem.learners:
        edges = problem.edges[learner.key] if chance.random() < 0.9 else range(problem.periods + 1)
        here = 0
        while here < problem.periods:
            ends = [edge for edge in edges if edge > here]
            if here not in edges or not ends or chance.random() < 0.25:
                here += 1
                continue
            end = chance.choice(ends)
            stays.add(Stay(learner.key, chance.choice(problem.offers).number, here, end - here))
            here = end
    return Plan.of(stays)


def by_tier(costs):
    """Sum told costs by tier."""
    sums = {}
    for cost in costs:
        sums[cost.tier] = sums.get(cost.tier, 0) + cost.amount
    return sums
