"""Some visits anew, in one model of CP-SAT: what each person does when and where, within limits on sums."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

Var = cp_model.IntVar
Expr = cp_model.LinearExpr | cp_model.IntVar | int


@dataclass(frozen=True)
class Visit:
    """One visit that may be made, known by its cell: what is done where, and from when to before when."""

    cell: int
    kind: int
    host: int
    first: int
    end: int
    points: int


@dataclass(frozen=True)
class Visitor:
    """One person: the visits still open, and what is made of them.

    So many visits are made of each group of kinds, one of a kind, and what comes before a kind earlier. A
    change of host and an idle period before the last visit take points away; `most` are all there could be.
    What is `kept` is made.
    """

    visits: Sequence[Visit]
    kept: frozenset[int]
    groups: Sequence[tuple[frozenset[int], int]]
    earlier: Mapping[int, frozenset[int]]
    most_per_host: int
    begin: int
    moving: int
    waiting: int
    most: int
    ahead: int


@dataclass(frozen=True)
class Limit:
    """The sum of some cells, each with its weight, is at most so much; what is above costs `price`.

    No price makes a limit hard.
    """

    terms: Sequence[tuple[int, int]]
    most: int
    price: int = 0


@dataclass(frozen=True)
class Costs:
    """What each missing point costs, and once more that of who misses most; others miss `least` already."""

    each: int
    worst: int
    least: int


class VisitModel:
    """The choice of visits for some visitors, beginning with those they make now."""

    def __init__(
        self, visitors: Sequence[Visitor], limits: Iterable[Limit], costs: Costs, now: frozenset[int]
    ) -> None:
        self.cp = cp_model.CpModel()
        self.now = now
        self.cells: dict[int, Var] = {}
        self.visitors = visitors
        self._cost: list[Expr] = []
        worst = self.cp.new_int_var(costs.least, 10**9, "") if costs.worst else None
        for visitor in visitors:
            missing = self._lay_visitor(visitor)
            self._cost.append(costs.each * missing)
            if worst is not None:
                self.cp.add(missing + visitor.ahead <= worst)
        for limit in limits:
            self._lay_limit(limit)
        if worst is not None:
            self._cost.append(costs.worst * worst)
        self.cp.minimize(sum(self._cost))

    def chosen(self, values: Sequence[int]) -> list[tuple[int, ...]]:
        """Read the cells of each visitor's visits, in order of time."""
        return [
            tuple(
                visit.cell
                for visit in sorted(visitor.visits, key=lambda visit: visit.first)
                if values[self.cells[visit.cell].index]
            )
            for visitor in self.visitors
        ]

    def _bool(self, hint: bool) -> Var:
        variable = self.cp.new_bool_var("")
        self.cp.add_hint(variable, int(hint))
        return variable

    def _lay_visitor(self, visitor: Visitor) -> Expr:
        """Lay what one visitor may do; give the points that are missing then."""
        for visit in visitor.visits:
            self.cells[visit.cell] = self._bool(visit.cell in self.now)
            if visit.cell in visitor.kept:
                self.cp.add(self.cells[visit.cell] == 1)
        visits = visitor.visits
        for kinds, count in visitor.groups:
            self.cp.add(self._sum(each for each in visits if each.kind in kinds) == count)
        for kind in sorted({each.kind for each in visits}):
            self._at_most_one(each for each in visits if each.kind == kind)
        for period in sorted({each.first for each in visits}):
            self._at_most_one(each for each in visits if each.first <= period < each.end)
        if visitor.most_per_host < sum(count for _, count in visitor.groups):
            for host in sorted({each.host for each in visits}):
                self.cp.add(self._sum(each for each in visits if each.host == host) <= visitor.most_per_host)
        self._lay_order(visitor)
        points = cp_model.LinearExpr.weighted_sum(
            [self.cells[each.cell] for each in visits], [each.points for each in visits]
        )
        return visitor.most - points + self._moves(visitor) + self._waiting(visitor)

    def _lay_order(self, visitor: Visitor) -> None:
        by_kind: dict[int, list[Visit]] = {}
        for visit in visitor.visits:
            by_kind.setdefault(visit.kind, []).append(visit)
        for kind, earlier in visitor.earlier.items():
            for before in sorted(earlier) if kind in by_kind else ():
                for period in sorted({each.first for each in by_kind[kind]}):
                    begun = self._sum(each for each in by_kind[kind] if each.first <= period)
                    done = self._sum(each for each in by_kind.get(before, ()) if each.end <= period)
                    self.cp.add(begun <= done)

    def _moves(self, visitor: Visitor) -> Expr:
        """Count what changes of host take away: everybody is with one host at any time."""
        hosts = sorted({each.host for each in visitor.visits})
        if not visitor.moving or len(hosts) < 2:
            return 0
        made = sorted((each.first, each.host) for each in visitor.visits if each.cell in self.now)
        before: dict[int, Var] = {}
        comes: list[Var] = []
        was = -1
        for period in sorted({each.first for each in visitor.visits}):
            begun = [host for first, host in made if first <= period] or [host for _, host in made[:1]]
            here = begun[-1] if begun else hosts[0]
            at = {host: self._bool(host == here) for host in hosts}
            self.cp.add_exactly_one(at.values())
            for host in hosts:
                with_host = (each for each in visitor.visits if each.host == host)
                self.cp.add(
                    self._sum(each for each in with_host if each.first <= period < each.end) <= at[host]
                )
                if before:
                    comes.append(self._bool(host == here != was))
                    self.cp.add(at[host] - before[host] <= comes[-1])
            before, was = at, here
        return visitor.moving * sum(comes)

    def _waiting(self, visitor: Visitor) -> Expr:
        """Count what idle periods before the last visit take away."""
        if not visitor.waiting:
            return 0
        last = max((each.end for each in visitor.visits), default=visitor.begin)
        now = max((each.end for each in visitor.visits if each.cell in self.now), default=visitor.begin)
        still = [self._bool(period < now) for period in range(visitor.begin, last)]
        for period, ahead in enumerate(still, visitor.begin):
            self.cp.add(
                self._sum(each for each in visitor.visits if each.first <= period < each.end) <= ahead
            )
            if period > visitor.begin:
                self.cp.add_implication(ahead, still[period - visitor.begin - 1])
        lengths = [each.end - each.first for each in visitor.visits]
        worked = cp_model.LinearExpr.weighted_sum([self.cells[each.cell] for each in visitor.visits], lengths)
        return visitor.waiting * (sum(still) - worked)

    def _lay_limit(self, limit: Limit) -> None:
        variables = [self.cells[cell] for cell, _ in limit.terms]
        weights = [weight for _, weight in limit.terms]
        amount = cp_model.LinearExpr.weighted_sum(variables, weights)
        if not limit.price:
            self.cp.add(amount <= limit.most)
            return
        above = sum(max(0, weight) for weight in weights) - limit.most
        over = self.cp.new_int_var(0, max(0, above), "")
        now = sum(weight for cell, weight in limit.terms if cell in self.now)
        self.cp.add_hint(over, max(0, now - limit.most))
        self.cp.add(amount - over <= limit.most)
        self._cost.append(limit.price * over)

    def _sum(self, visits: Iterable[Visit]) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.sum([self.cells[each.cell] for each in visits])

    def _at_most_one(self, visits: Iterable[Visit]) -> None:
        variables = [self.cells[each.cell] for each in visits]
        if len(variables) > 1:
            self.cp.add_at_most_one(variables)
