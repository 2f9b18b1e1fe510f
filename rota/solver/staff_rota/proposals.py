"""Three ways to hold clinics: whom each serves, what it takes from the rota, how far people travel."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from rota.solver.limits import Limits
from rota.solver.result import Watch
from rota.solver.rule import RuleChoice
from rota.solver.staff_rota.clinic_core import core_of
from rota.solver.staff_rota.clinics import Bundle, Clinics, Opening
from rota.solver.staff_rota.looking import Breach, breaches, shortfalls
from rota.solver.staff_rota.problem import Placement, Problem
from rota.solver.staff_rota.solution import Plan, Rota

USUAL_LIMITS = Limits(seconds=28.0)
UNKNOWN_MINUTES = 20


class Aim(Enum):
    """What a proposal puts first."""

    MOST_SERVED = "most people served in one visit"
    LEAST_BACKFILL = "least taken from the rota"
    NEAREST = "shortest journeys, fewest sites"


@dataclass(frozen=True)
class Slot:
    """Where clinics of a type come back: weekday (Monday is 0), half-day, site, area, and which."""

    kind: str
    area: str
    site: str
    weekday: int
    half: str
    openings: tuple[int, ...]


@dataclass(frozen=True)
class Figures:
    """What a proposal comes to: people seen in one visit of all who wait, sessions of the rota left short by
    it, rooms used (each counted in each session), and mean minutes of travel.
    """

    clinics: int
    served: int
    wanted: int
    backfill: int
    rooms: int
    travel_minutes: float

    @property
    def left(self) -> int:
        """The people who are not seen in one visit."""
        return self.wanted - self.served


@dataclass(frozen=True)
class Proposal:
    """A way to hold clinics: the plan, its clinics by slot, and hard rules that it breaks beside those that
    were broken already.
    """

    aim: Aim
    plan: Plan
    slots: tuple[Slot, ...]
    figures: Figures
    breaches: tuple[Breach, ...]
    seats: frozenset[Placement]


def propose(
    problem: Problem,
    limits: Limits = USUAL_LIMITS,
    watch: Watch[Plan] | None = None,
    plan: Plan | None = None,
) -> tuple[Proposal, ...]:
    """Propose up to three ways to open clinics of a problem that differ in where or when they are held.

    `plan` is the rota as it stands: whoever cannot sit in a clinic keeps their duties of it. The limits hold
    for all together. A watcher that stops the search gets the proposals found by then.
    """
    proposing = Proposing(problem, limits, watch, plan)
    return tuple(proposing.proposals())


class Proposing:
    """Clinics of one problem being proposed."""

    def __init__(
        self, problem: Problem, limits: Limits, watch: Watch[Plan] | None, plan: Plan | None
    ) -> None:
        self.problem = core_of(problem, plan)
        self.watch = watch
        # One part is for the rota without clinics, against which all are held.
        self.limits = replace(limits, seconds=limits.seconds / (len(Aim) + 1))
        self.start = plan

    def proposals(self) -> Iterator[Proposal]:
        """Make a proposal for each aim, as long as nobody stops it and there is another way left."""
        used: list[frozenset[Where]] = []
        for aim in Aim:
            if self.watch is not None and self.watch.should_stop():
                return
            found = self._different(aim, used)
            if found is not None:
                used.append(wheres(self.problem, found))
                yield self._proposal(aim, found)

    def _different(self, aim: Aim, used: list[frozenset["Where"]]) -> Plan | None:
        """Fill for an aim; what comes out as another one did is filled again without one of its slots."""
        problem = for_aim(self.problem, aim)
        plan = self._filled(problem)
        if wheres(self.problem, plan) in used:
            plan = self._filled(without_slot(problem, plan))
        return None if not plan.openings or wheres(self.problem, plan) in used else plan

    def _filled(self, problem: Problem) -> Plan:
        from rota.solver.staff_rota import fill

        return fill(problem, self.limits, self.watch, self.without).plan

    @cached_property
    def without(self) -> Plan:
        """The rota without any clinic that is not held already."""
        from rota.solver.staff_rota import fill

        held = tuple(each for each in self.problem.clinics.openings if each.is_fixed)
        kept = {number for each in held for number in each.duties}
        shut = self.problem.clinics.seat_of.keys() - kept
        assert self.problem.part is not None
        part = replace(self.problem.part, duties=self.problem.part.duties - shut)
        problem = replace(
            self.problem, part=part, clinics=replace(self.problem.clinics, openings=held, bundles=())
        )
        return fill(problem, self.limits, self.watch, self.start).plan

    def _proposal(self, aim: Aim, plan: Plan) -> Proposal:
        before = {each.said for each in breaches(self.problem, self.without)}
        broken = tuple(each for each in breaches(self.problem, plan) if each.said not in before)
        seats = {number for each in opened(self.problem, plan) for number in each.duties}
        return Proposal(
            aim,
            plan,
            tuple(slots_of(self.problem, plan)),
            self._figures(plan),
            broken,
            frozenset(each for each in plan.placements if each.duty in seats),
        )

    def _figures(self, plan: Plan) -> Figures:
        held = opened(self.problem, plan)
        served = sum(each.count for each in plan.served)
        return Figures(
            clinics=len(held),
            served=served,
            wanted=sum(bundle.count for bundle in self.problem.clinics.bundles),
            backfill=max(0, missing(self.problem, plan) - missing(self.problem, self.without)),
            rooms=sum(rooms_in(self.problem, plan, opening) for opening in held),
            travel_minutes=round(travel(self.problem, plan) / served, 1) if served else 0.0,
        )


# The type, area, weekday, half-day and site of a clinic.
Where = tuple[str, str, int, str, str]


def where_of(problem: Problem, opening: Opening) -> Where:
    """Say where an opening comes back."""
    session = problem.session_by_number[opening.session]
    return opening.kind, opening.area, session.day.weekday(), session.kind, opening.site


def wheres(problem: Problem, plan: Plan) -> frozenset[Where]:
    """Give where and when in the week the clinics of a plan are held."""
    return frozenset(where_of(problem, opening) for opening in opened(problem, plan))


def opened(problem: Problem, plan: Plan) -> list[Opening]:
    """Give the clinics that a plan opens."""
    return [each for each in problem.clinics.openings if each.number in plan.openings and not each.is_fixed]


def slots_of(problem: Problem, plan: Plan) -> Iterator[Slot]:
    """Give the slots of a plan's clinics, in the order of the week."""
    found: dict[Where, list[int]] = {}
    for opening in opened(problem, plan):
        found.setdefault(where_of(problem, opening), []).append(opening.number)
    for where in sorted(found, key=lambda each: (each[2], each[3], each)):
        kind, area, weekday, half, site = where
        yield Slot(kind, area, site, weekday, half, tuple(sorted(found[where])))


def for_aim(problem: Problem, aim: Aim) -> Problem:
    """Give the problem in which an aim comes first."""
    if aim is Aim.NEAREST:
        return replace(problem, clinics=near(problem))
    served = {"weight": 50} if aim is Aim.MOST_SERVED else {"tier": "T4"}
    rules = tuple(_changed(rule, served) if rule.code == "C11" else rule for rule in problem.rules)
    return replace(problem, rules=rules)


def _changed(rule: RuleChoice, changes: Mapping[str, int | str]) -> RuleChoice:
    weight, tier = int(changes.get("weight", 1)), str(changes.get("tier", rule.tier))
    return replace(rule, tier=tier, weight=rule.weight * weight)


def near(problem: Problem) -> Clinics:
    """Leave to each type and area only openings at the site that is nearest to those who wait."""
    clinics = problem.clinics
    sites: dict[tuple[str, str], set[str]] = {}
    for opening in clinics.openings:
        sites.setdefault((opening.kind, opening.area), set()).add(opening.site)
    nearest = {
        key: min(sorted(codes), key=lambda code: _journeys(problem, key[1], code))
        for key, codes in sites.items()
    }
    kept = (each for each in clinics.openings if each.is_fixed or each.site == nearest[each.kind, each.area])
    return replace(clinics, openings=tuple(kept))


def _journeys(problem: Problem, area: str, site: str) -> int:
    bundles = (bundle for bundle in problem.clinics.bundles if bundle.area == area)
    return sum(bundle.count * minutes_to(problem, bundle, site) for bundle in bundles)


def without_slot(problem: Problem, plan: Plan) -> Problem:
    """Take from each type and area the slot that a plan uses most, as long as another one is left."""
    clinics, gone = problem.clinics, set[Where]()
    slots = sorted(slots_of(problem, plan), key=lambda slot: -len(slot.openings))
    for slot in slots:
        known = {where_of(problem, each) for each in clinics.openings if each.kind == slot.kind}
        own = {where for where in known if where[1] == slot.area}
        if not own & gone and len(own) > 1:
            gone.add((slot.kind, slot.area, slot.weekday, slot.half, slot.site))
    kept = (each for each in clinics.openings if each.is_fixed or where_of(problem, each) not in gone)
    return replace(problem, clinics=replace(clinics, openings=tuple(kept)))


def missing(problem: Problem, plan: Plan) -> int:
    """Count what the rota lacks to what it should have, seats of clinics aside."""
    seats = problem.clinics.seat_of
    short = (each for each in shortfalls(problem, plan) if each.duty not in seats)
    return sum(each.desired - each.have for each in short)


def rooms_in(problem: Problem, plan: Plan, opening: Opening) -> int:
    """Count the rooms that a clinic uses."""
    seen, duties = Rota(problem, plan), (problem.duty_by_number[number] for number in opening.duties)
    seated = sum(len(seen.present_on(duty)) for duty in duties if duty.room)
    return seated + sum(problem.clinics.kind_of(opening).rooms.values())


def travel(problem: Problem, plan: Plan) -> int:
    """Add up the minutes that people travel from home to their clinics."""
    clinics = problem.clinics
    return sum(
        each.count
        * minutes_to(
            problem, clinics.bundle_by_number[each.bundle], clinics.opening_by_number[each.opening].site
        )
        for each in plan.served
    )


def minutes_to(problem: Problem, bundle: Bundle, site: str) -> int:
    """Say how long people of a bundle travel to a site."""
    if bundle.home == site:
        return 0
    return problem.site_by_code[bundle.home].travel.get(site, UNKNOWN_MINUTES)
