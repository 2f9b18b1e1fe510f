"""P10, P21, P22: how many learners an offer takes, and how many a host needs and can see come at once."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from rota.solver.rotation_plan.problem import Learner, Offer, Stay
from rota.solver.rotation_plan.rules.kinds import StayRule, TogetherRule, number_of
from rota.solver.rotation_plan.solution import Rotations, Scope
from rota.solver.rotation_plan.stays import Stays
from rota.solver.row import Row, Sum
from rota.solver.rule import Card, Finding

MOST = Card(
    code="P10",
    name="Places with a host",
    words="An offer takes learners of its programmes, in open weeks, and no more than it has places for.",
    source="What each host offers",
    severity="H0",
    tier="T2",
    weight=20,
)


class OpenToThem(StayRule):
    card = MOST

    def refuses(self, learner: Learner, offer: Offer) -> str | None:
        if offer.programmes is None or learner.programme in offer.programmes:
            return None
        return f"{offer.name} takes no learners of {self.problem.programme_of(learner).name}."

    def minds_stays(self, learner: Learner, offer: Offer) -> bool:
        return offer.number in self._sometimes_shut or bool(offer.by_stage)

    @cached_property
    def _sometimes_shut(self) -> frozenset[int]:
        return frozenset(offer.number for offer in self.problem.offers if 0 in offer.most)

    def refuses_stay(self, learner: Learner, offer: Offer, stay: Stay) -> str | None:
        limits = [offer.most, *([mine] if (mine := offer.by_stage.get(learner.stage)) else [])]
        for limit in limits:
            if 0 in limit[weeks_of(stay)]:
                shut = next(period for period in stay.span if not limit[period])
                return f"{offer.name} has no place in {self.problem.when(shut)}."
        return None


class MostLearners(TogetherRule):
    card = MOST

    def rows(self, cells: Stays) -> Iterator[Row]:
        for number, span in enumerate(self.problem.spans):
            for offer in self.problem.offers:
                placed = cells.at_offer(offer, number)
                for stage, limit in self._limits(offer):
                    mine = [cell for cell, stay in placed if self._is_at(stage, stay)]
                    # Where no place is open at all, the single stay is refused.
                    if len(mine) > limit[span.start] > 0:
                        name = f"{stage or 'learners'} with offer {offer.number} in {span.start}"
                        yield self.row(name, Sum.of(mine), limit[span.start])
            for host in self.problem.hosts:
                here = [cell for cell, _ in cells.at_host(host.key, number)] if host.most else []
                if host.most and len(here) > host.most[span.start]:
                    yield self.row(
                        f"learners with {host.name} in {span.start}", Sum.of(here), host.most[span.start]
                    )

    def found_in(self, seen: Rotations, scope: Scope) -> Iterator[Finding]:
        for offer in self.problem.offers:
            placed = seen.at_offer(offer.number)
            for stage, limit in self._limits(offer) if placed else ():
                mine = [stay for stay in placed if self._is_at(stage, stay)]
                open_weeks = [number or len(mine) for number in limit]
                yield from self._over(offer.name, offer.number, mine, open_weeks, seen, scope)
        for host in self.problem.hosts:
            if host.most:
                yield from self._over(host.name, None, seen.at_host(host.key), host.most, seen, scope)

    def _over(
        self,
        where: str,
        offer: int | None,
        stays: list[Stay],
        limit: Sequence[int],
        seen: Rotations,
        scope: Scope,
    ) -> Iterator[Finding]:
        for span in self.problem.spans:
            there = within(stays, span)
            over = len(there) - limit[span.start]
            if over > 0 and scope.touches(there):
                most = number_of(limit[span.start], "learner")
                when = self.problem.while_in(span.start, span.stop)
                said = f"{where} has {len(there)} {when}; {most} is the most."
                names = ", ".join(sorted({seen.learner(stay).name for stay in there}))
                yield self.finding(over, names, said, peers=said, session=span.start, duty=offer)

    def _limits(self, offer: Offer) -> Iterator[tuple[str, Sequence[int]]]:
        yield "", offer.most
        yield from ((stage, limit) for stage, limit in offer.by_stage.items() if limit)

    def _is_at(self, stage: str, stay: Stay) -> bool:
        return not stage or self.problem.learner_by_key[stay.learner].stage == stage


class LeastLearners(TogetherRule):
    """A least that is firm is as hard as the most; any other costs for each learner and week missing."""

    card = MOST

    def rows(self, cells: Stays) -> Iterator[Row]:
        for number, span in enumerate(self.problem.spans):
            for offer in self.problem.offers:
                if least := self._least(offer, span):
                    there = Sum.of(cell for cell, _ in cells.at_offer(offer, number))
                    name = f"fewest learners with offer {offer.number} in {span.start}"
                    soft = not offer.firm_least
                    yield self.row(name, there * -1 + least, 0, soft=soft, times=len(span))

    def found_in(self, seen: Rotations, scope: Scope) -> Iterator[Finding]:
        for offer in self.problem.offers:
            for span in self.problem.spans if offer.least else ():
                there = within(seen.at_offer(offer.number), span)
                short = self._least(offer, span) - len(there)
                if short > 0 and scope.touches(there):
                    when = self.problem.while_in(span.start, span.stop)
                    said = f"{offer.name} has {number_of(short, 'learner')} too few {when}."
                    soft, times = not offer.firm_least, len(span)
                    yield self.finding(
                        short,
                        offer.name,
                        said,
                        peers=said,
                        soft=soft,
                        times=times,
                        session=span.start,
                        duty=offer.number,
                    )

    def _least(self, offer: Offer, span: range) -> int:
        return offer.least[span.start] if offer.least else 0


class ServiceFloor(TogetherRule):
    card = Card(
        code="P21",
        name="Service not left short",
        words="A host has as many learners as its service was built on, in every week.",
        source="What each host needs; agreements with employers",
        severity="soft",
        tier="T2",
        weight=10,
    )

    def rows(self, cells: Stays) -> Iterator[Row]:
        for host in self.problem.hosts:
            for number, span in enumerate(self.problem.spans if host.floor else ()):
                there = Sum.of(cell for cell, _ in cells.at_host(host.key, number))
                short = there * -1 + host.floor[span.start]
                yield self.row(f"floor of {host.name} in {span.start}", short, 0, times=len(span))

    def found_in(self, seen: Rotations, scope: Scope) -> Iterator[Finding]:
        for host in self.problem.hosts:
            for span in self.problem.spans if host.floor else ():
                there = within(seen.at_host(host.key), span)
                short = host.floor[span.start] - len(there)
                if short > 0 and scope.touches(there):
                    when = self.problem.while_in(span.start, span.stop)
                    said = f"{host.name} needs {number_of(short, 'more learner')} {when}."
                    yield self.finding(
                        short, host.name, said, peers=said, times=len(span), session=span.start
                    )


class Stagger(TogetherRule):
    """What begins with the plan itself is an intake, not a changeover."""

    card = Card(
        code="P22",
        name="Changeovers staggered",
        words="Not too many placements begin with a host in one week.",
        source="Local practice: induction takes a host's time",
        severity="soft",
        tier="T4",
        weight=2,
        parameters={"most": 2},
        parameter_words={"most": "placements that may begin with a host in one week"},
    )

    def rows(self, cells: Stays) -> Iterator[Row]:
        for host in self.problem.hosts:
            for number, span in enumerate(self.problem.spans):
                begin = [cell for cell, stay in cells.at_host(host.key, number) if stay.first == span.start]
                if span.start and len(begin) > self.number("most"):
                    name = f"new learners with {host.name} in {span.start}"
                    yield self.row(name, Sum.of(begin), self.number("most"))

    def found_in(self, seen: Rotations, scope: Scope) -> Iterator[Finding]:
        for host in self.problem.hosts:
            stays = seen.at_host(host.key)
            for first in sorted({stay.first for stay in stays if stay.first}):
                begin = [stay for stay in stays if stay.first == first]
                over = len(begin) - self.number("most")
                if over > 0 and scope.touches(begin):
                    when = self.problem.when(first)
                    said = f"{number_of(len(begin), 'placement')} with {host.name} begin in {when}."
                    yield self.finding(over, host.name, said, peers=said, session=first)


def within(stays: Iterable[Stay], span: range) -> list[Stay]:
    """Give the stays of the fullest week of a span: in a plan on the calendar all its weeks are alike."""
    stays = [stay for stay in stays if stay.first < span.stop and span.start < stay.end]
    return max(([stay for stay in stays if stay.covers(period)] for period in span), key=len)


def weeks_of(stay: Stay) -> slice:
    """Give the part of a row of weeks that a stay covers."""
    return slice(stay.first, stay.end)
