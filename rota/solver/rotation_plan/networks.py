"""A large plan taken apart: learners who share hosts with few others are planned together, the rest as it
stands; what they leave of shared hosts is handed on.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from rota.solver.rotation_plan.learner import FULL_TIME
from rota.solver.rotation_plan.problem import Host, Offer, Problem, Stay, Supervisor
from rota.solver.rotation_plan.stays import Stays

# Learners; more of them are not planned together.
LARGEST = 40


def networks_of(problem: Problem, stays: Stays) -> list[frozenset[str]]:
    """Part the learners into networks: first those who share the hosts that fewest others could use."""
    home = {learner.key: frozenset({learner.key}) for learner in problem.learners}
    for together in [*_kept_apart(problem), *_sharing(problem, stays)]:
        joined = frozenset().union(*(home[key] for key in together))
        if len(joined) <= LARGEST:
            home |= dict.fromkeys(joined, joined)
    return list(dict.fromkeys(home.values()))


def _kept_apart(problem: Problem) -> Iterator[Collection[str]]:
    known = problem.learner_by_key
    yield from ({each.key, *(each.not_with & known.keys())} for each in problem.learners if each.not_with)


def _sharing(problem: Problem, stays: Stays) -> list[Collection[str]]:
    """Give the learners who could be with each host, the fewest first."""
    found: dict[str, set[str]] = {}
    for stay in stays.cells:
        found.setdefault(problem.offer_by_number[stay.offer].host, set()).add(stay.learner)
    return sorted(found.values(), key=lambda learners: (len(learners), sorted(learners)))


def problem_of(problem: Problem, learners: Collection[str], others: Iterable[Stay]) -> Problem:
    """Give the problem of some learners, with what the stays of all others leave to them."""
    taken = Taken(problem, others)
    kept = tuple(each for each in problem.learners if each.key in learners)
    used = {each.programme for each in kept}
    return replace(
        problem,
        programmes=tuple(each for each in problem.programmes if each.key in used),
        learners=kept,
        hosts=tuple(taken.host(each) for each in problem.hosts),
        offers=tuple(taken.offer(each) for each in problem.offers),
        supervisors=tuple(taken.supervisor(each) for each in problem.supervisors),
        pins=frozenset(pin for pin in problem.pins if pin.learner in learners),
        published=frozenset(stay for stay in problem.published if stay.learner in learners),
    )


class Taken:
    """What some stays take of offers, hosts and supervisors, by period."""

    def __init__(self, problem: Problem, stays: Iterable[Stay]) -> None:
        self.problem = problem
        self._at_offer: Counter[tuple[int, str, int]] = Counter()
        self._at_host: Counter[tuple[str, int]] = Counter()
        self._minutes: Counter[tuple[str, int]] = Counter()
        for stay in stays:
            self._note(stay)

    def offer(self, offer: Offer) -> Offer:
        """Give an offer with the places that are left."""
        stages = ["", *offer.by_stage]
        gone = {
            stage: [self._at_offer[offer.number, stage, each] for each in self._periods] for stage in stages
        }
        if not any(gone[""]):
            return offer
        by_stage = {stage: rest(limit, gone[stage]) for stage, limit in offer.by_stage.items()}
        return replace(
            offer, most=rest(offer.most, gone[""]), least=rest(offer.least, gone[""]), by_stage=by_stage
        )

    def host(self, host: Host) -> Host:
        """Give a host with the places that are left."""
        gone = [self._at_host[host.key, period] for period in self._periods]
        return replace(host, most=rest(host.most, gone), floor=rest(host.floor, gone)) if any(gone) else host

    def supervisor(self, supervisor: Supervisor) -> Supervisor:
        """Give a supervisor with the minutes that are left."""
        gone = [self._minutes[supervisor.key, period] for period in self._periods]
        return replace(supervisor, minutes=rest(supervisor.minutes, gone)) if any(gone) else supervisor

    @property
    def _periods(self) -> range:
        return range(self.problem.periods)

    def _note(self, stay: Stay) -> None:
        offer, learner = self.problem.offer_by_number[stay.offer], self.problem.learner_by_key[stay.learner]
        need = -(-offer.minutes * learner.percent // FULL_TIME)
        for period in stay.span:
            for stage in {"", learner.stage}:
                self._at_offer[offer.number, stage, period] += 1
            self._at_host[offer.host, period] += 1
            self._take_minutes(offer.supervisors, period, need)

    def _take_minutes(self, supervisors: Sequence[str], period: int, need: int) -> None:
        """Take minutes of those who have some left, one after the other."""
        for key in supervisors:
            have = self.problem.supervisor_by_key[key].minutes_in(period) - self._minutes[key, period]
            part = min(need, max(0, have))
            self._minutes[key, period] += part
            need -= part


def rest(numbers: tuple[int, ...], gone: Sequence[int]) -> tuple[int, ...]:
    """Give what is left of numbers; no number stays none."""
    return tuple(max(0, number - less) for number, less in zip(numbers, gone, strict=True)) if numbers else ()
