"""P11 and P12: supervisors have the minutes their learners need, and those who judge do not also guide.

Supervisors of one offer share its learners out. By Hall's theorem that works when every set of supervisors
has the minutes for those learners whom nobody else may guide.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations

from rota.solver.rotation_plan.problem import FULL_TIME, Learner, Offer, Problem, Stay
from rota.solver.rotation_plan.rules.kinds import NOT_AVAILABLE, StayRule, TogetherRule
from rota.solver.rotation_plan.solution import Rotations, Scope
from rota.solver.rotation_plan.stays import Stays
from rota.solver.row import Row, Sum, begun
from rota.solver.rule import Card, Finding

Guides = frozenset[str]
# Sets that share supervisors: above this many only each, every two and all together are looked at.
FEW_SETS = 5
QUARTER = 15  # minutes


class SupervisorMinutes(TogetherRule):
    card = Card(
        code="P11",
        name="Supervision time",
        words="Supervisors have the minutes that their learners need; colleagues cover a short absence.",
        source="Supervisors' approvals and job plans; each session is looked at again in the weekly rota",
        severity="H0",
        tier="T1",
        parameters={"short": 4},
        parameter_words={"short": "weeks in a row with fewer minutes that colleagues cover"},
    )

    def rows(self, cells: Stays) -> Iterator[Row]:
        of_set: dict[tuple[Guides, int], dict[int, int]] = {}
        for number in range(len(self.problem.spans)):
            for offer in self.problem.offers if self._sets else ():
                for cell, stay in cells.at_offer(offer, number) if offer.minutes else ():
                    guides = self._guides(stay)
                    for wide in self._wider.get(guides, ()):
                        of_set.setdefault((wide, number), {})[cell] = self._need(stay)
        for (wide, number), needs in of_set.items():
            span = self.problem.spans[number]
            name = f"minutes of {'+'.join(sorted(wide))} in {span.start}"
            yield self.row(name, Sum.weighted(needs.items()), self._have(wide, span.start), unit=QUARTER)

    def found_in(self, seen: Rotations, scope: Scope) -> Iterator[Finding]:
        guided = [(stay, guides) for stay in sorted(seen.plan.stays) if (guides := self._guides(stay))]
        for wide in self._sets:
            mine = [stay for stay, guides in guided if guides <= wide]
            for span in self.problem.spans if mine else ():
                there = [stay for stay in mine if stay.first < span.stop and span.start < stay.end]
                needed = max(
                    sum(self._need(stay) for stay in there if stay.covers(period)) for period in span
                )
                if (short := needed - self._have(wide, span.start)) > 0 and scope.touches(there):
                    yield self._tell(wide, span, short, there, seen)

    def _tell(self, wide: Guides, span: range, short: int, there: list[Stay], seen: Rotations) -> Finding:
        learners = ", ".join(sorted({seen.learner(stay).name for stay in there}))
        guides = " and ".join(sorted(self.problem.supervisor_by_key[key].name for key in wide))
        when = self.problem.while_in(span.start, span.stop)
        said = f"{guides}: {short} minutes of supervision a week are missing {when} for {learners}."
        peers = f"There is not enough supervision {when}."
        return self.finding(
            begun(short, QUARTER), learners, said, peers=peers, session=span.start, duty=there[0].offer
        )

    def _need(self, stay: Stay) -> int:
        offer, learner = self.problem.offer_by_number[stay.offer], self.problem.learner_by_key[stay.learner]
        return -(-offer.minutes * learner.percent // FULL_TIME)

    def _have(self, guides: Guides, period: int) -> int:
        return sum(self._level[key][period] for key in guides)

    @cached_property
    def _level(self) -> dict[str, list[int]]:
        """Give the minutes of each supervisor by period, as if no absence were short."""
        periods, short = range(self.problem.periods), self.number("short")
        return {
            each.key: without_dips([each.minutes_in(period) for period in periods], short)
            for each in self.problem.supervisors
        }

    def _guides(self, stay: Stay) -> Guides:
        """Give those who may guide a stay; nobody where it takes no time."""
        offer = self.problem.offer_by_number[stay.offer]
        if not offer.minutes:
            return frozenset()
        return frozenset(guides_of(self.problem, self.problem.learner_by_key[stay.learner], offer))

    @cached_property
    def _sets(self) -> list[Guides]:
        """Give the sets of supervisors that need a row."""
        offers = [offer for offer in self.problem.offers if offer.minutes and offer.supervisors]
        sets = {
            frozenset(guides_of(self.problem, learner, offer))
            for offer in offers
            for learner in self.problem.learners
        }
        return [wide for part in tied(sets - {frozenset()}) for wide in unions(part)]

    @cached_property
    def _wider(self) -> dict[Guides, list[Guides]]:
        """Give for each set those that contain it."""
        return {one: [wide for wide in self._sets if one <= wide] for one in self._sets}


class RolesApart(StayRule):
    """Nobody holds two of the roles that a placement needs, and nobody guides their relative."""

    card = Card(
        code="P12",
        name="Supervisors' roles kept apart",
        words="Each role of a placement has an approved person of its own, with no tie to the learner.",
        source="NMC: assessor and supervisor are different people; GPhC: designated prescribing practitioner",
        severity="H0",
        tier="T1",
    )

    def refuses(self, learner: Learner, offer: Offer) -> str | None:
        if offer.minutes and not guides_of(self.problem, learner, offer):
            return f"Nobody at {offer.name} may supervise {learner.name}."
        return self._missing(learner, offer, guides_of(self.problem, learner, offer), "")

    def minds_stays(self, learner: Learner, offer: Offer) -> bool:
        known = self.problem.supervisor_by_key
        return bool(self.problem.programme_of(learner).roles) and any(
            known[key].away for key in offer.supervisors
        )

    def refuses_stay(self, learner: Learner, offer: Offer, stay: Stay) -> str | None:
        if not self.minds_stays(learner, offer):
            return None
        known = self.problem.supervisor_by_key
        there = [
            key
            for key in guides_of(self.problem, learner, offer)
            if not known[key].away.issuperset(stay.span)
        ]
        when = f" {self.problem.while_in(stay.first, stay.end)}"
        return self._missing(learner, offer, there, when)

    def peers_are_told(self, said: str) -> str:
        return NOT_AVAILABLE

    def _missing(self, learner: Learner, offer: Offer, guides: Sequence[str], when: str) -> str | None:
        roles = sorted(self.problem.programme_of(learner).roles)
        if can_share_out(roles, [self.problem.supervisor_by_key[key].roles for key in guides]):
            return None
        return f"{offer.name} has no different people to be {' and '.join(roles)} for {learner.name}{when}."


def guides_of(problem: Problem, learner: Learner, offer: Offer) -> list[str]:
    """Give the supervisors of an offer who may guide a learner."""
    known = problem.supervisor_by_key
    return [key for key in offer.supervisors if known[key].may_guide(learner.key, learner.programme)]


def without_dips(numbers: Sequence[int], longest: int) -> list[int]:
    """Fill what is lower than before and after for no more than so many places.

    >>> without_dips([5, 0, 0, 5, 1, 1, 1, 5], 2)
    [5, 5, 5, 5, 1, 1, 1, 5]
    """
    width = min(longest + 1, len(numbers))
    highest = [max(numbers[place : place + width]) for place in range(len(numbers) - width + 1)]
    return [min(highest[max(0, place - width + 1) : place + 1]) for place in range(len(numbers))]


def can_share_out(roles: Sequence[str], holders: Sequence[frozenset[str]]) -> bool:
    """Say whether each role can have a holder of its own."""
    if not roles:
        return True
    return any(
        roles[0] in held and can_share_out(roles[1:], [*holders[:place], *holders[place + 1 :]])
        for place, held in enumerate(holders)
    )


def tied(sets: set[Guides]) -> list[list[Guides]]:
    """Part sets so that those of different parts have nobody in common."""
    parts: list[tuple[set[str], list[Guides]]] = []
    for one in sorted(sets, key=sorted):
        near = [part for part in parts if part[0] & one]
        people, members = set(one), [one]
        for part in near:
            people |= part[0]
            members += part[1]
        parts = [part for part in parts if part not in near] + [(people, members)]
    return [members for _, members in parts]


def unions(sets: Sequence[Guides]) -> list[Guides]:
    """Give the unions of sets that hang together."""
    sizes = range(1, len(sets) + 1) if len(sets) <= FEW_SETS else (1, 2, len(sets))
    found = {
        frozenset().union(*chosen)
        for size in sizes
        for chosen in combinations(sets, size)
        if len(tied(set(chosen))) == 1
    }
    return sorted(found, key=sorted)
