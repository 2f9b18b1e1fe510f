"""P23, P27 and P29: learners beside each other, learners kept apart, and what employers lend each other."""

from collections.abc import Iterator
from itertools import combinations

from rota.solver.rotation_plan.problem import Host, Learner, Offer, Stay
from rota.solver.rotation_plan.rules.kinds import NOT_AVAILABLE, StayRule, TogetherRule, number_of
from rota.solver.rotation_plan.solution import Rotations, Scope
from rota.solver.rotation_plan.stays import Stays
from rota.solver.row import AnyOf, Row, Sum
from rota.solver.rule import Card, Finding


class Peers(TogetherRule):
    card = Card(
        code="P23",
        name="Peers",
        words="A learner of a programme that wishes it is not the only one of it with a host.",
        source="Local practice: learners learn from each other",
        severity="soft",
        tier="T4",
        weight=1,
    )

    def rows(self, cells: Stays) -> Iterator[Row]:
        for host in self.problem.hosts:
            for number, span in enumerate(self.problem.spans):
                for programme in self._sociable():
                    groups: dict[str, list[int]] = {}
                    for cell, stay in cells.at_host(host.key, number):
                        if self._programme(stay) == programme:
                            groups.setdefault(stay.learner, []).append(cell)
                    if groups:
                        name = f"{programme} not alone with {host.key} in {span.start}"
                        somebody = AnyOf(f"P23 {name}", tuple(map(tuple, groups.values())))
                        all_there = Sum.of(cell for own in groups.values() for cell in own)
                        yield self.row(name, Sum.of([somebody], 2) - all_there, 0, times=len(span))

    def found_in(self, seen: Rotations, scope: Scope) -> Iterator[Finding]:
        for host in self.problem.hosts if self._sociable() else ():
            for span in self.problem.spans:
                there = [stay for stay in seen.at_host(host.key) if stay.covers(span.start)]
                for programme in self._sociable():
                    mine = [stay for stay in there if self._programme(stay) == programme]
                    if len(mine) == 1 and scope.touches(mine):
                        yield self._tell(mine[0], host, span)

    def _tell(self, stay: Stay, host: Host, span: range) -> Finding:
        name, when = self._learner(stay).name, self.problem.while_in(span.start, span.stop)
        said = f"{name} has no peer of the programme with {host.name} {when}."
        return self.finding(
            1, name, said, peers=said, times=len(span), person=stay.learner, session=span.start
        )

    def _sociable(self) -> list[str]:
        return [programme.key for programme in self.problem.programmes if programme.peers]

    def _programme(self, stay: Stay) -> str:
        return self._learner(stay).programme

    def _learner(self, stay: Stay) -> Learner:
        return self.problem.learner_by_key[stay.learner]


class Reciprocity(TogetherRule):
    card = Card(
        code="P27",
        name="Lent and borrowed",
        words="Over time each employer lends as many weeks of learners to the others as it borrows.",
        source="Exchange agreements between employers, such as reciprocal pharmacy placements",
        severity="soft",
        tier="T3",
        weight=1,
        parameters={"weeks": 4},
        parameter_words={"weeks": "weeks of difference that cost nothing"},
    )

    def rows(self, cells: Stays) -> Iterator[Row]:
        for employer, before in self.problem.exchange.items():
            weights = ((cell, self._lent(employer, stay)) for cell, stay in enumerate(cells.cells))
            lent = Sum.weighted(((cell, weeks) for cell, weeks in weights if weeks), before)
            yield self.row(f"{employer} lends no more than it borrows", lent, self.number("weeks"))
            yield self.row(f"{employer} borrows no more than it lends", lent * -1, self.number("weeks"))

    def found_in(self, seen: Rotations, scope: Scope) -> Iterator[Finding]:
        if scope.learners is not None:
            return
        for employer, before in self.problem.exchange.items():
            lent = before + sum(self._lent(employer, stay) for stay in seen.plan.stays)
            if (over := abs(lent) - self.number("weeks")) > 0:
                how = "lends" if lent > 0 else "borrows"
                other = "borrows" if lent > 0 else "lends"
                said = f"{employer} {how} {number_of(abs(lent), 'week')} of learners more than it {other}."
                yield self.finding(over, employer, said, peers=said)

    def _lent(self, employer: str, stay: Stay) -> int:
        """Give the weeks of a stay that an employer lends to another; below nought it borrows."""
        owner = self.problem.learner_by_key[stay.learner].employer
        user = self.problem.host_of(self.problem.offer_by_number[stay.offer]).employer
        if owner == user or not {owner, user} <= self.problem.exchange.keys():
            return 0
        return stay.periods * ((owner == employer) - (user == employer))


APART = Card(
    code="P29",
    name="Kept apart",
    words="Some learners are never with one host at the same time, and some never with a certain host.",
    source="Agreements with those concerned; the reason is known to few",
    severity="H0",
    tier="T4",
)


class NotThere(StayRule):
    card = APART

    def refuses(self, learner: Learner, offer: Offer) -> str | None:
        return f"{learner.name} is kept apart from {offer.name}." if offer.host in learner.never_at else None

    def peers_are_told(self, said: str) -> str:
        return NOT_AVAILABLE


class NotWith(TogetherRule):
    card = APART

    def rows(self, cells: Stays) -> Iterator[Row]:
        for one, other in self._pairs():
            hosts = [{self._host(stay) for _, stay in cells.pattern_of(each).cells} for each in (one, other)]
            for host in sorted(hosts[0] & hosts[1]):
                for number, span in enumerate(self.problem.spans):
                    both = [
                        cell
                        for cell, stay in cells.at_host(host, number)
                        if stay.learner in (one.key, other.key)
                    ]
                    name = f"{one.key} and {other.key} not both with {host} in {span.start}"
                    yield self.row(name, Sum.of(both), 1)

    def found_in(self, seen: Rotations, scope: Scope) -> Iterator[Finding]:
        for one, other in self._pairs():
            for span in self.problem.spans:
                together = {self._host(stay) for stay in seen.stays_of(one) if stay.covers(span.start)}
                together &= {self._host(stay) for stay in seen.stays_of(other) if stay.covers(span.start)}
                for host in sorted(together):
                    if scope.has(one.key) or scope.has(other.key):
                        name, when = self.problem.host_by_key[host].name, self.problem.when(span.start)
                        both = f"{one.name} and {other.name}, who are kept apart,"
                        said = f"{both} are both with {name} in {when}."
                        yield self.finding(
                            1, one.name, said, peers=NOT_AVAILABLE, person=one.key, session=span.start
                        )

    def _pairs(self) -> Iterator[tuple[Learner, Learner]]:
        apart = [learner for learner in self.problem.learners]
        for one, other in combinations(apart, 2):
            if other.key in one.not_with or one.key in other.not_with:
                yield one, other

    def _host(self, stay: Stay) -> str:
        return self.problem.offer_by_number[stay.offer].host
