"""Tiny problems of errands: each learner takes so many kinds of each group, each once, for a fixed time."""

from random import Random

from rota.solver.rotation_plan import (
    Group,
    Host,
    Learner,
    Offer,
    Problem,
    Programme,
    Requirement,
    RuleChoice,
    Wishes,
)

HARD = ("P01", "P04", "P05", "P06", "P07", "P09", "P10", "P18", "P19")
KINDS, HOSTS = 4, 2


def errand_problem(seed: str, learners=2, periods=6, **given) -> Problem:
    """Make a problem of errands by chance."""
    chance = Random(seed)
    length = chance.choice((1, 1, 2))
    programme = errand_programme(chance, length, **given)
    return Problem(
        periods=periods,
        programmes=(programme,),
        learners=tuple(errand_learner(chance, f"learner {number}", periods) for number in range(learners)),
        hosts=tuple(Host(f"host {number}", f"Host {number}") for number in range(HOSTS)),
        offers=tuple(errand_offer(chance, number, periods) for number in range(KINDS * HOSTS)),
        rules=(
            *(RuleChoice(code, "H0", "T2", 1) for code in HARD),
            RuleChoice("P03", "soft", "T1", 100),
            RuleChoice("P25", "soft", "T4", 1),
            RuleChoice("P26", "soft", "T4", 1, {"absolute": chance.randrange(2)}),
        ),
    )


def errand_programme(chance, length, **given):
    kinds = [f"kind {number}" for number in range(KINDS)]
    earlier = ((kinds[0], length),) if chance.random() < 0.5 else ()
    requirements = tuple(
        Requirement(
            key=kind,
            name=kind,
            fulfilled_by=frozenset({kind}),
            most=length,
            shortest_run=length,
            longest_run=length,
            firm=True,
            after=earlier if kind == kinds[1] else (),
        )
        for kind in kinds
    )
    groups = (Group("one", "One", frozenset(kinds[:2]), 1), Group("two", "Two", frozenset(kinds[2:]), 1))
    usual = {"starts": tuple(range(20)), "groups": groups, "needs_approval": False, "most_per_host": None}
    return Programme("errands", "Errands", requirements, **{**usual, **given})


def errand_learner(chance, key, periods):
    points = {number: chance.randint(0, 6) for number in range(KINDS * HOSTS)}
    away = frozenset(period for period in range(periods) if chance.random() < 0.15)
    wishes = Wishes(points, most=20, moving=chance.randint(0, 3), waiting=chance.randint(0, 2))
    return Learner(key, key.capitalize(), "errands", 0, periods - 1, away=away, wishes=wishes)


def errand_offer(chance, number, periods):
    kind, host = divmod(number, HOSTS)
    least = tuple(int(chance.random() < 0.05) for _ in range(periods))
    return Offer(
        number=number,
        host=f"host {host}",
        name=f"Kind {kind} with host {host}",
        settings={f"kind {kind}": 100},
        most=tuple(max(low, chance.choice((0, 1, 1, 2))) for low in least),
        least=least,
        firm_least=True,
    )
