"""Going on without a place that a host took back: who moves, and as few as can be."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from rota.solver.rotation_plan.problem import Offer, Problem, Stay
from rota.solver.rotation_plan.solution import Plan


class Change(NamedTuple):
    """A stretch of a learner's time that changes: the offer before and after, None where there is none."""

    learner: str
    first: int
    end: int
    before: int | None
    after: int | None


def without_offers(problem: Problem, plan: Plan, since: Mapping[int, int]) -> tuple[Problem, Plan]:
    """Give the problem without some offers, each from a period on, and what is left of a plan to go on
    from.

    `plan` is what learners were told, so changes of it cost, and inside their notice period only what
    cannot stay may change. Stays that have begun stay, cut where their offer ends.
    """
    left = frozenset(piece for stay in plan.stays if (piece := left_of(stay, since)))
    cut = left - plan.stays
    begun = {stay for stay in left if stay.first < problem.now}
    pins = {piece for pin in problem.pins if (piece := left_of(pin, since))}
    told = replace(
        problem,
        offers=tuple(closed(offer, since.get(offer.number, problem.periods)) for offer in problem.offers),
        pins=frozenset(pins | begun | {stay for stay in cut if stay.first < problem.now}),
        published=plan.stays,
    )
    return told, Plan(left - {stay for stay in cut if stay.first >= problem.now})


def left_of(stay: Stay, since: Mapping[int, int]) -> Stay | None:
    """Give what is left of a stay when its offer ends."""
    end = min(stay.end, since.get(stay.offer, stay.end))
    return replace(stay, periods=end - stay.first) if end > stay.first else None


def closed(offer: Offer, since: int) -> Offer:
    """Give an offer without places from a period on."""

    def until(numbers: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(number if period < since else 0 for period, number in enumerate(numbers))

    by_stage = {stage: until(limit) for stage, limit in offer.by_stage.items()}
    return replace(offer, most=until(offer.most), least=until(offer.least), by_stage=by_stage)


def changes_between(problem: Problem, before: Plan, after: Plan) -> Iterator[Change]:
    """Tell two plans apart, learner by learner and stretch by stretch."""
    for learner in problem.learners:
        was, now = (offers_of(learner.key, plan) for plan in (before, after))
        pairs = ((was.get(period), now.get(period)) for period in range(problem.periods))
        for (one, other), periods in groupby(enumerate(pairs), key=lambda each: each[1]):
            if one != other:
                numbers = [period for period, _ in periods]
                yield Change(learner.key, numbers[0], numbers[-1] + 1, one, other)


def offers_of(learner: str, plan: Plan) -> dict[int, int]:
    """Give the offer of a learner by period."""
    return {period: stay.offer for stay in plan.stays if stay.learner == learner for period in stay.span}
