"""P06, P07 and P08: no host twice, what comes before what, and what may follow what."""

from collections.abc import Iterator
from itertools import pairwise

from rota.solver.rotation_plan.problem import Learner, Requirement, Stay
from rota.solver.rotation_plan.rules.kinds import LearnerRule, number_of, part_of
from rota.solver.rotation_plan.rules.requirements import WEEK, fulfilling
from rota.solver.rotation_plan.solution import Rotations
from rota.solver.rotation_plan.stays import Pattern, Placed
from rota.solver.row import Sum, begun
from rota.solver.rule import Card, Finding


class OncePerHost(LearnerRule):
    card = Card(
        code="P06",
        name="Each host once",
        words="A learner is sent to a host again no more often than the programme allows.",
        source="Programme standards: breadth of placements",
        severity="H1",
        tier="T4",
        weight=20,
    )

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        programme = self.problem.programme_of(person)
        for host in sorted({pattern.offer(stay).host for _, stay in pattern.cells}):
            there = pattern.at_host(host)
            if programme.most_per_host is not None:
                visits = Sum.of(cell for cell, _ in there)
                name = f"{person.name} has few placements with {host}"
                pattern.add(self.row(name, visits, programme.most_per_host))
            for each in self._once(person):
                visits = Sum.of(cell for cell, stay in there if part_of(each, pattern.offer(stay)))
                pattern.add(self.row(f"{person.name} does {each.name} once with {host}", visits, 1))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        most = self.problem.programme_of(person).most_per_host
        for host in sorted({seen.offer(stay).host for stay in seen.stays_of(person)}):
            there = [stay for stay in seen.stays_of(person) if seen.offer(stay).host == host]
            name = self.problem.host_by_key[host].name
            if most is not None and len(there) > most:
                said = (
                    f"{person.name} has {number_of(len(there), 'placement')} with {name}; {most} is the most."
                )
                yield self.tell(person, len(there) - most, said, period=there[-1].first)
            for each in self._once(person):
                mine = [stay for stay in there if part_of(each, seen.offer(stay))]
                if len(mine) > 1:
                    said = f"{person.name} goes to {name} more than once for {each.name}."
                    yield self.tell(person, len(mine) - 1, said, period=mine[-1].first)

    def _once(self, person: Learner) -> list[Requirement]:
        return [each for each in self.problem.programme_of(person).requirements if each.once_per_host]


class Prerequisite(LearnerRule):
    """So many weeks of one thing are done before another begins; counted once for each such beginning."""

    card = Card(
        code="P07",
        name="What comes first",
        words="Before a placement begins, the learner has done what it builds on.",
        source="The curriculum of each programme: prerequisites",
        severity="H1",
        tier="T4",
        weight=20,
    )

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for each, before, needed in self._asked(person):
            later, earlier = pattern.fulfilling(each), pattern.fulfilling(before)
            for start in sorted({stay.first for _, stay in later}):
                begins = Sum.of((cell for cell, stay in later if stay.first == start), needed)
                done = Sum.weighted(
                    (cell, stay.periods * part_of(before, pattern.offer(stay)))
                    for cell, stay in earlier
                    if stay.end <= start
                )
                name = f"{person.name} does {before.name} before {each.name} from {start}"
                pattern.add(self.row(name, begins - done, 0, unit=WEEK))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        for each, before, needed in self._asked(person):
            earlier = fulfilling(seen, person, before)
            for stay in fulfilling(seen, person, each):
                done = sum(
                    one.periods * part_of(before, seen.offer(one)) for one in earlier if one.end <= stay.first
                )
                if short := begun(needed - done, WEEK):
                    when, weeks = self.problem.when(stay.first), number_of(short, "week")
                    said = f"{person.name} begins {each.name} in {when}, {weeks} of {before.name} short."
                    yield self.tell(person, short, said, period=stay.first, offer=stay.offer)

    def _asked(self, person: Learner) -> Iterator[tuple[Requirement, Requirement, int]]:
        """Give what builds on what, and the hundredths of weeks still needed."""
        known = self.problem.programme_of(person).requirement_by_key
        for each in known.values():
            for key, periods in each.after:
                left = max(0, periods - person.history.get(key, 0))
                if left:
                    yield each, known[key], WEEK * self.problem.weeks_for(person, left)


class Precedence(LearnerRule):
    """Where two requirements are both taken, one comes wholly before the other."""

    card = Prerequisite.card

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for first, then in self._pairs(person):
            early, late = pattern.fulfilling(first), pattern.fulfilling(then)
            for start in sorted({stay.first for _, stay in late}):
                begins = [cell for cell, stay in late if stay.first == start]
                still = [(cell, stay) for cell, stay in early if stay.end > start]
                if begins and still:
                    amount = pattern.any_of(f"does {first.name} after {start}", still) + Sum.of(begins)
                    name = f"{person.name} does {first.name} before {then.name} from {start}"
                    pattern.add(self.row(name, amount, 1))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        for first, then in self._pairs(person):
            early = fulfilling(seen, person, first)
            for stay in fulfilling(seen, person, then):
                if any(one.end > stay.first for one in early):
                    when = self.problem.when(stay.first)
                    said = f"{person.name} begins {then.name} in {when}, before the end of {first.name}."
                    yield self.tell(person, 1, said, period=stay.first, offer=stay.offer)

    def _pairs(self, person: Learner) -> Iterator[tuple[Requirement, Requirement]]:
        known = self.problem.programme_of(person).requirement_by_key
        for each in known.values():
            yield from ((each, known[key]) for key in sorted(each.before))


class Following(LearnerRule):
    card = Card(
        code="P08",
        name="What may follow what",
        words="Some placements may not follow each other directly; others must.",
        source="The curriculum of each programme",
        severity="H1",
        tier="T4",
        weight=20,
    )

    def enforce(self, person: Learner, pattern: Pattern) -> None:
        for each in self.problem.programme_of(person).requirements:
            mine = pattern.fulfilling(each)
            for key in sorted(each.not_after):
                others = pattern.fulfilling(self._known(person, key))
                for edge in sorted({stay.first for _, stay in mine} & {stay.end for _, stay in others}):
                    amount = Sum.of(beginning(mine, edge)) + Sum.of(ending(others, edge))
                    pattern.add(self.row(f"{person.name} {each.name} not after {key} at {edge}", amount, 1))
            if each.next_must_be:
                followers = self._followers(each, pattern)
                for edge in sorted({stay.end for _, stay in mine if stay.end <= person.last}):
                    amount = Sum.of(ending(mine, edge)) - Sum.of(beginning(followers, edge))
                    pattern.add(self.row(f"{person.name} goes on after {each.name} at {edge}", amount, 0))

    def found_in(self, person: Learner, seen: Rotations) -> Iterator[Finding]:
        stays = seen.stays_of(person)
        for each in self.problem.programme_of(person).requirements:
            for before, after in pairwise(stays):
                if before.end == after.first and part_of(each, seen.offer(after)):
                    yield from self._wrong_order(person, each, before, after, seen)
            for stay in stays:
                if each.next_must_be and part_of(each, seen.offer(stay)) and stay.end <= person.last:
                    yield from self._left_off(person, each, stay, seen)

    def _wrong_order(
        self, person: Learner, each: Requirement, before: Stay, after: Stay, seen: Rotations
    ) -> Iterator[Finding]:
        for key in sorted(each.not_after):
            other = self._known(person, key)
            if part_of(other, seen.offer(before)):
                when = self.problem.when(after.first)
                said = f"{person.name} goes straight from {other.name} to {each.name} in {when}."
                yield self.tell(person, 1, said, period=after.first, offer=after.offer)

    def _left_off(self, person: Learner, each: Requirement, stay: Stay, seen: Rotations) -> Iterator[Finding]:
        allowed = [self._known(person, key) for key in sorted(each.next_must_be)]
        following = [seen.offer(one) for one in seen.stays_of(person) if one.first == stay.end]
        if not any(part_of(one, offer) for one in allowed for offer in following):
            names = " or ".join(one.name for one in allowed)
            said = f"{person.name} does not go on to {names} straight after {each.name}."
            yield self.tell(person, 1, said, period=stay.end - 1, offer=stay.offer)

    def _followers(self, each: Requirement, pattern: Pattern) -> list[Placed]:
        allowed = [self._known(pattern.learner, key) for key in sorted(each.next_must_be)]
        return sorted({placed for one in allowed for placed in pattern.fulfilling(one)})

    def _known(self, person: Learner, key: str) -> Requirement:
        return self.problem.programme_of(person).requirement_by_key[key]


def beginning(placed: list[Placed], edge: int) -> list[int]:
    """Give the cells of stays that begin at an edge."""
    return [cell for cell, stay in placed if stay.first == edge]


def ending(placed: list[Placed], edge: int) -> list[int]:
    """Give the cells of stays that end at an edge."""
    return [cell for cell, stay in placed if stay.end == edge]
