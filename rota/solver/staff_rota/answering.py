"""Answering an ask: by moving as few people as can be; else why not, and what would help."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from rota.solver.conflicts.groups import Group, without_echoes
from rota.solver.conflicts.minimal import Member, minimal_conflict
from rota.solver.conflicts.question import Deadline, NotKnown, Question
from rota.solver.rule import Finding
from rota.solver.staff_rota.ask import Answer, Ask, Obstacle, Verdict, Way, WayKind
from rota.solver.staff_rota.asking import CARES, Asking, Key
from rota.solver.staff_rota.bank import is_bank
from rota.solver.staff_rota.effects import Effects, moves_between
from rota.solver.staff_rota.looking import findings_in
from rota.solver.staff_rota.problem import Problem
from rota.solver.staff_rota.rules.kinds import PersonRule
from rota.solver.staff_rota.solution import Plan, Rota, Scope

# What it costs to let one group go. A manager unpins alone; everything else needs somebody else.
PRICES: Mapping[WayKind, int] = {
    WayKind.UNPIN: 2,
    WayKind.ASK: 3,
    WayKind.BANK: 4,
    WayKind.OVERRIDE: 5,
    WayKind.SHORT: 8,
}
MOST_WAYS = 3
# Somebody from the bank is worth a few people's moves.
BANK_WEIGHT = 10

Found = tuple[frozenset[int], list[Group]]


class Answering:
    """One ask being answered.

    Only the rules around the ask are told at first; those that a choice breaks elsewhere are told with it
    next time, so what is possible holds on the whole, and what excludes itself in a part does anywhere.
    """

    def __init__(self, problem: Problem, plan: Plan, ask: Ask, seconds: float) -> None:
        self.deadline = Deadline(seconds)
        self.asking = Asking(problem, plan, ask)
        self.now = self.asking.now
        self.active = dict.fromkeys(self.asking.groups_at(self.asking.asked_cells))

    def answer(self) -> Answer:
        """Answer within the time there is, as far as it goes."""
        try:
            moved = self._nearest(frozenset())
            if moved is not None:
                return Answer(Verdict.POSSIBLE, ways=(self._way(WayKind.MOVE, moved),))
            obstacles = self._obstacles()
        except NotKnown:
            return Answer(Verdict.NOT_KNOWN)
        ways = []
        try:
            for way in self._ways():
                ways.append(way)
        except NotKnown:
            # What stands in the way is told all the same.
            pass
        return Answer(Verdict.IMPOSSIBLE, obstacles, ranked(ways))

    def _nearest(self, kinds: Collection[WayKind]) -> Found | None:
        """Meet the ask by letting go as little as can be of these kinds, and moving as few as can be."""
        asking, is_open = self.asking, WayKind.BANK in kinds
        firm = asking.firm if is_open else [*asking.firm, *asking.bank_rows]
        weights = {cell: BANK_WEIGHT for row in asking.bank_rows for cell in row.sum.cells}
        while True:
            question = Question(firm, list(self.active), self.deadline)
            found = question.cheapest(self._prices(kinds), weights, self.now)
            if found is None:
                return None
            chosen, let_go = found
            whole = (self.now - set(question.cells)) | chosen
            touched = asking.groups_at(whole ^ self.now)
            if all(group in self.active or group.is_kept_in(whole) for group in touched):
                return whole, let_go
            self.active |= dict.fromkeys(touched)

    def _prices(self, kinds: Collection[WayKind]) -> dict[Group, int]:
        found = {}
        for group in self.active:
            kind = self.asking.kind_of(group)
            if kind is not None and (kind in kinds or not self.asking.is_held(group)):
                found[group] = PRICES[kind]
        return found

    def _obstacles(self) -> tuple[Obstacle, ...]:
        """Name a minimal set of what excludes the ask."""
        groups = [group for group in self.active if self.asking.is_held(group)]
        firm = [*self.asking.firm, *self.asking.bank_rows]
        near = self.asking.placements.pinned
        members = minimal_conflict(firm, without_echoes(groups), self.deadline, near)
        if members is None:
            raise NotKnown
        return tuple(self._obstacle(member) for member in members)

    def _ways(self) -> Iterator[Way]:
        """Give a way of each kind; where none helps alone, one of several kinds together."""
        has_any = False
        for kind in PRICES:
            found = self._nearest({kind})
            if found is not None:
                has_any = True
                yield self._way(kind, found)
        if not has_any and (found := self._nearest(PRICES)) is not None:
            kinds = {self.asking.kind_of(group) for group in found[1]}
            yield self._way(max((kind for kind in PRICES if kind in kinds), key=PRICES.__getitem__), found)

    def _way(self, kind: WayKind, found: Found) -> Way:
        whole, let_go = found
        placements = self.asking.placements
        plan, before = placements.plan_of(whole), placements.plan_of(self.now)
        moves = moves_between(self.asking.problem, before, plan)
        return Way(
            kind,
            tuple(move for move in moves if not is_bank(move.person)),
            tuple(self._obstacle(Member(group, whole)) for group in let_go),
            tuple(sorted(each.duty for each in plan.placements if is_bank(each.person))),
            self._effects.of(plan),
            plan,
        )

    @cached_property
    def _effects(self) -> "Effects":
        return Effects(self.asking.problem, self.asking.placements.plan_of(self.now))

    def _obstacle(self, member: Member) -> Obstacle:
        """Put a group into words: those of its rule's twin, on the choice that breaks it."""
        key, rule = member.group.key, self.asking.rule_of[member.group]
        assert isinstance(key, Key)
        finding = self._finding(member, key)
        person = self.asking.problem.person_by_key.get(key.about)
        about = person.name if person else (finding.about if finding else key.about)
        # A rule may break without a sentence of its own, where another one has said the same.
        said = f"{about}: {rule.card.words}"
        return Obstacle(
            code=key.code,
            name=rule.card.name,
            severity=finding.severity if finding and finding.is_breach else rule.choice.severity,
            about=about,
            first=key.first,
            last=key.last,
            said=finding.said if finding else said,
            said_to_peers=finding.said_to_peers if finding else said,
            person=person.key if person else (finding.person if finding else None),
        )

    def _finding(self, member: Member, key: Key) -> Finding | None:
        """Find what the rule says of the choice that it did not say without it."""
        problem, placements = self.asking.problem, self.asking.placements
        rule = self.asking.rule_of[member.group]
        is_personal = isinstance(rule, PersonRule)
        people = frozenset({key.about}) if is_personal else frozenset()
        duties = {placements.cells[cell].duty for cell in member.group.cells}
        sessions = frozenset(problem.duty_by_number[number].session for number in duties)
        scope = Scope(people, sessions)
        # What cover lacks now is no news; what somebody's rota breaks now is, beside the pins alone.
        standing = self.now if isinstance(rule, CARES) else placements.pinned
        before = findings_in(Rota(problem, placements.plan_of(standing)), scope, [rule])
        known = Counter(each.said for each in before)
        found = findings_in(Rota(problem, placements.plan_of(member.witness)), scope, [rule])
        fresh = [each for each in found if not known[each.said]]
        here = [each for each in fresh if each.session in sessions]
        # What breaks one row may leave other duties short as well: the row's own is what stands in the way.
        own = [each for each in here if each.duty in duties]
        return next(iter([*own, *here, *fresh]), None)


def ranked(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Put ways in order: what has to be let go, who has to move."""

    def rank(way: Way) -> tuple[int, int, int]:
        price = PRICES.get(way.kind, 0) * (len(way.lets_go) + len(way.bank))
        return price, len(way.people), way.effect.short_after

    return tuple(sorted(ways, key=rank)[:MOST_WAYS])
