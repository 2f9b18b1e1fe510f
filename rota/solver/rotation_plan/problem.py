"""A plan of rotations as a problem: learners on programmes, hosts' offers, supervisors, and which rules
hold.

Unit of planning: one stay, a learner with an offer from a first period for so many periods. Periods are
whole and count from 0; in a network's plan each is a week, and `monday` the day on which period 0 begins.
Every class refuses nonsense on creation with a ValueError whose text a planner can act on.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from rota.solver.rotation_plan.host import Approval, Host, Offer, Supervisor
from rota.solver.rotation_plan.learner import FULL_TIME, Learner, Payment, Window, Wishes
from rota.solver.rotation_plan.programme import Breadth, Group, Programme, Requirement
from rota.solver.rotation_plan.stay import Stay, edges_of, segments_of, spans_of, steps_in
from rota.solver.rule import RuleChoice

# All that a problem is made of may be had from here.
__all__ = [
    "FULL_TIME",
    "Approval",
    "Breadth",
    "Group",
    "Host",
    "Learner",
    "Offer",
    "Payment",
    "Problem",
    "Programme",
    "Requirement",
    "RuleChoice",
    "Stay",
    "Supervisor",
    "Window",
    "Wishes",
]


@dataclass(frozen=True)
class Problem:
    """One plan of rotations, ready to be planned.

    `pins` stay as they are, whatever they break. `published` is what learners were told; `now` is the
    period in which the plan is made: nothing new begins before it. `waived` are learners who may be moved
    inside their notice period. `exchange` names the employers who lend each other learners, with the weeks
    each has lent more than borrowed so far.
    """

    periods: int
    programmes: tuple[Programme, ...]
    learners: tuple[Learner, ...]
    hosts: tuple[Host, ...]
    offers: tuple[Offer, ...]
    supervisors: tuple[Supervisor, ...] = ()
    rules: tuple[RuleChoice, ...] = ()
    pins: frozenset[Stay] = frozenset()
    published: frozenset[Stay] = frozenset()
    now: int = 0
    waived: frozenset[str] = frozenset()
    exchange: Mapping[str, int] = field(default_factory=dict)
    monday: date | None = None

    def __post_init__(self) -> None:
        if self.periods < 1:
            raise ValueError("A plan lasts 1 week or more.")
        if self.now < 0:
            raise ValueError("A plan is made in its week 0 or later.")
        self._refuse_repeats()
        self._refuse_strangers()
        self._refuse_wrong_lengths()
        for pin in self.pins:
            self._refuse_stay(pin, "pinned")
        for stay in self.published:
            self._refuse_stay(stay, "published")
        for stays in (self.pins, self.published):
            self._refuse_overlaps(stays)

    @cached_property
    def programme_by_key(self) -> dict[str, Programme]:
        return {each.key: each for each in self.programmes}

    @cached_property
    def learner_by_key(self) -> dict[str, Learner]:
        return {each.key: each for each in self.learners}

    @cached_property
    def host_by_key(self) -> dict[str, Host]:
        return {each.key: each for each in self.hosts}

    @cached_property
    def offer_by_number(self) -> dict[int, Offer]:
        return {each.number: each for each in self.offers}

    @cached_property
    def supervisor_by_key(self) -> dict[str, Supervisor]:
        return {each.key: each for each in self.supervisors}

    def programme_of(self, learner: Learner) -> Programme:
        return self.programme_by_key[learner.programme]

    def host_of(self, offer: Offer) -> Host:
        return self.host_by_key[offer.host]

    def when(self, period: int) -> str:
        """Say a period in words."""
        if self.monday is None:
            return f"period {period + 1}"
        day = self.monday + timedelta(weeks=period)
        return f"the week of {day.day} {day:%B %Y}"

    def while_in(self, first: int, end: int) -> str:
        """Say a stretch of periods in words; `end` is the first after it."""
        if end - first == 1:
            return f"in {self.when(first)}"
        return f"from {self.when(first)} to {self.when(end - 1)}"

    def requirements_of(self, learner: Learner, offer: Offer) -> tuple[Requirement, ...]:
        """Give the requirements of a learner's programme for which time with an offer counts."""
        return self._fulfilled[learner.programme, offer.number]

    @cached_property
    def _fulfilled(self) -> dict[tuple[str, int], tuple[Requirement, ...]]:
        return {
            (programme.key, offer.number): tuple(
                each for each in programme.requirements if each.fulfilled_by & offer.settings.keys()
            )
            for programme in self.programmes
            for offer in self.offers
        }

    def weeks_for(self, learner: Learner, weeks: int) -> int:
        """Give the periods in which a learner does so many full-time ones (P20)."""
        return -(-weeks * FULL_TIME // learner.percent) if self.scales else weeks

    def most_for(self, learner: Learner, weeks: int) -> int:
        """Give the same rounded up to whole blocks, as a limit: no more can be asked of a calendar."""
        block = self.programme_of(learner).block
        return -(-self.weeks_for(learner, weeks) // block) * block

    @cached_property
    def scales(self) -> bool:
        """Say whether time is scaled for those who train less than full time."""
        return any(rule.code == "P20" for rule in self.rules)

    @cached_property
    def edges(self) -> dict[str, tuple[int, ...]]:
        """Give the periods at which each learner's stays may begin or end."""
        kept: dict[str, list[Stay]] = {}
        for stay in self.pins | self.published:
            kept.setdefault(stay.learner, []).append(stay)
        return {
            each.key: edges_of(each, self.programme_of(each), kept.get(each.key, ()))
            for each in self.learners
        }

    @cached_property
    def segments(self) -> dict[str, tuple[range, ...]]:
        """Give the stretches in which each learner could be placed: a stay covers them wholly or not at
        all.
        """
        return {each.key: tuple(segments_of(self.edges[each.key], each.away)) for each in self.learners}

    @cached_property
    def spans(self) -> tuple[range, ...]:
        """Give the stretches within which nobody's stay and no capacity changes."""
        limits = (*(each.most for each in self.hosts), *(each.floor for each in self.hosts))
        numbers = [
            limit for each in self.offers for limit in (each.most, each.least, *each.by_stage.values())
        ]
        given = [[each.minutes_in(period) for period in range(self.periods)] for each in self.supervisors]
        steps = (place for each in (*limits, *numbers, *given) for place in steps_in(each))
        # What was set by hand may lie beyond a learner's time.
        set_by_hand = (edge for each in self.pins for edge in (each.first, each.end))
        edges = (edge for each in self.edges.values() for edge in each)
        return spans_of(self.periods, {*steps, *edges, *set_by_hand})

    @cached_property
    def span_of(self) -> tuple[int, ...]:
        """Give the number of the span of each period."""
        return tuple(number for number, span in enumerate(self.spans) for _ in span)

    def _refuse_repeats(self) -> None:
        for what, keys in (
            ("programmes", [each.key for each in self.programmes]),
            ("learners", [each.key for each in self.learners]),
            ("hosts", [each.key for each in self.hosts]),
            ("offers", [each.number for each in self.offers]),
            ("supervisors", [each.key for each in self.supervisors]),
        ):
            if len(set(keys)) < len(keys):
                raise ValueError(f"Two {what} have the same key: give each its own.")

    def _refuse_strangers(self) -> None:
        for said, named, known in self._named():
            if named not in known:
                raise ValueError(f"{said} names {named!r}, which is not in the plan.")

    def _named(self) -> Iterator[tuple[str, str, Collection[str]]]:
        for learner in self.learners:
            yield learner.name, learner.programme, self.programme_by_key
            if learner.base:
                yield learner.name, learner.base, self.host_by_key
        for offer in self.offers:
            yield offer.name, offer.host, self.host_by_key
            for key in offer.supervisors:
                yield offer.name, key, self.supervisor_by_key

    def _refuse_wrong_lengths(self) -> None:
        for said, number in (
            *((each.name, len(each.most)) for each in self.offers),
            *((each.name, len(each.minutes)) for each in self.supervisors),
            *((each.name, len(limit)) for each in self.hosts for limit in (each.most, each.floor) if limit),
        ):
            if number != self.periods:
                raise ValueError(f"{said}: give a number for each of the {self.periods} weeks, not {number}.")
        for learner in self.learners:
            if learner.last >= self.periods:
                raise ValueError(f"{learner.name}: the last week lies after the plan's end.")

    def _refuse_stay(self, stay: Stay, how: str) -> None:
        if stay.learner not in self.learner_by_key or stay.offer not in self.offer_by_number:
            raise ValueError(f"A {how} stay names a learner or an offer that is not in the plan.")
        if stay.end > self.periods:
            raise ValueError(f"A {how} stay of {stay.learner} ends after the plan does.")

    def _refuse_overlaps(self, stays: frozenset[Stay]) -> None:
        in_order = sorted(stays, key=lambda stay: (stay.learner, stay.first))
        for one, other in pairwise(in_order):
            if one.learner == other.learner and one.meets(other):
                name = self.learner_by_key[one.learner].name
                raise ValueError(f"{name} has two stays {self.while_in(other.first, one.end)}: keep one.")
