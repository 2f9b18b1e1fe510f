"""An ask put together: the cells it could move, and the rules over them, grouped as a manager names them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from rota.solver.conflicts.groups import Group
from rota.solver.row import Row, Sum
from rota.solver.staff_rota.ask import Ask, WayKind
from rota.solver.staff_rota.asked import rows_of, seen_as_away, wanting_in
from rota.solver.staff_rota.bank import is_bank, with_bank
from rota.solver.staff_rota.clinic_hold import with_clinics_held
from rota.solver.staff_rota.placements import Pattern, Placements
from rota.solver.staff_rota.problem import Duty, Person, Problem
from rota.solver.staff_rota.rules import rules_of
from rota.solver.staff_rota.rules.cover import DutyLead, MinimumCover
from rota.solver.staff_rota.rules.eligibility import Availability
from rota.solver.staff_rota.rules.kinds import CellRule, PersonRule, StaffRule, TeamRule
from rota.solver.staff_rota.rules.single_place import Pins
from rota.solver.staff_rota.rules.wishes import Requests
from rota.solver.staff_rota.solution import Plan

# What is soft by itself, but may be asked to stay as it is.
CARES = (MinimumCover, DutyLead, Requests)
# The later, the easier to let go.
WEIGHT: Mapping[WayKind | None, int] = {
    WayKind.OVERRIDE: 1,
    WayKind.UNPIN: 1,
    WayKind.ASK: 2,
    WayKind.SHORT: 3,
}


@dataclass(frozen=True)
class Key:
    """What a group is about: a rule, a person or a place, and the days of its rows."""

    code: str
    about: str
    first: date
    last: date


class Asking:
    """The cells of a problem around an ask, and the groups of rows that touch them."""

    def __init__(self, problem: Problem, plan: Plan, ask: Ask) -> None:
        self.ask = ask
        problem = with_clinics_held(problem, plan)
        wanting = wanting_in(problem, plan, ask)
        self.problem = with_bank(seen_as_away(replace(problem, part=None), plan), wanting)
        self._named = ask.duties | {duty.number for duty, _ in wanting}
        self._held: dict[str, set[int]] = {}
        for each in (*plan.placements, *ask.works):
            self._held.setdefault(each.person, set()).add(each.duty)
        self.rules = [rule for rule in rules_of(self.problem) if rule.is_hard or isinstance(rule, CARES)]
        self._filters = [rule for rule in self.rules if isinstance(rule, CellRule) and rule.is_hard]
        self.placements = Placements(self.problem, self._open_to, lambda _: False, lambda _: False)
        self.now = self.placements.chosen_in(plan) | self.placements.pinned
        self.rule_of: dict[Group, StaffRule] = {}
        self._of_person: dict[str, dict[int, list[Group]]] = {}

    @cached_property
    def firm(self) -> list[Row]:
        """What is asked for, as rows."""
        return list(rows_of(self.ask, self.placements))

    @cached_property
    def asked_cells(self) -> set[int]:
        """The cells that are asked for, and those of duties which they might leave short."""
        asked = {cell for row in self.firm for cell in row.sum.cells}
        cares = [group for group in self._linking if isinstance(self.rule_of[group], CARES)]
        return asked.union(*(group.cells for group in cares if group.cells & asked))

    def groups_at(self, cells: Iterable[int]) -> list[Group]:
        """Give the groups that touch some cells, in the manager's order of rules."""
        wanted = set(cells)
        touched = {
            group: None
            for cell in sorted(wanted)
            for group in (*self._linking_at.get(cell, ()), *self._personal_at(cell))
        }
        order = {rule: place for place, rule in enumerate(self.rules)}
        return sorted(touched, key=lambda group: (self._weight(group), order[self.rule_of[group]]))

    def kind_of(self, group: Group) -> WayKind | None:
        """Say how a group could be let go, None where it never may."""
        rule = self.rule_of[group]
        if isinstance(rule, Pins):
            return WayKind.UNPIN
        if isinstance(rule, MinimumCover | DutyLead):
            return WayKind.SHORT
        if isinstance(rule, Requests) or (isinstance(rule, Availability) and self._is_askable(group)):
            return WayKind.ASK
        return WayKind.OVERRIDE if rule.choice.severity == "H1" else None

    def is_held(self, group: Group) -> bool:
        """Say whether a group stands in the way: a rule does, cover and wishes where the ask keeps them."""
        rule = self.rule_of[group]
        if isinstance(rule, Requests):
            return self.ask.keeps_wishes
        return self.ask.keeps_cover or not isinstance(rule, CARES)

    @cached_property
    def bank_rows(self) -> list[Row]:
        """While the duties are not open to the bank, nobody comes from there."""
        cells = [number for number, cell in enumerate(self.placements.cells) if is_bank(cell.person)]
        return [Row("nobody from the bank", Sum.of(cells), 0)] if cells else []

    def _weight(self, group: Group) -> int:
        """Put what is hardest to let go first: it is what should be named."""
        return WEIGHT.get(self.kind_of(group), 0)

    def _open_to(self, person: Person) -> Iterator[Duty]:
        """Give the duties a person has or could take, and those in question whatever closes them to them."""
        filters = [rule for rule in self._filters if rule.binds(person)]
        yield from (self.problem.duty_by_number[number] for number in self._held.get(person.key, ()))
        for duty in self._by_role.get(person.role, ()):
            if duty.number in self._in_question or (
                not is_bank(person.key)
                and duty.maximum > 0
                and not any(rule.stops(person, duty) for rule in filters)
            ):
                yield duty

    @cached_property
    def _by_role(self) -> dict[str, list[Duty]]:
        found: dict[str, list[Duty]] = {}
        for duty in self.problem.duties:
            for role in duty.roles:
                found.setdefault(role, []).append(duty)
        return found

    @cached_property
    def _in_question(self) -> set[int]:
        """The duties at the places that are asked about, in their sessions."""
        duties = [self.problem.duty_by_number[number] for number in self._named]
        places = {(duty.session, duty.site) for duty in duties}
        return {duty.number for duty in self.problem.duties if (duty.session, duty.site) in places}

    @cached_property
    def _linking(self) -> list[Group]:
        """The groups of all rules that tie people together."""
        return [
            group
            for rule in self.rules
            if isinstance(rule, TeamRule)
            for group in self._grouped(rule, rule.rows(self.placements))
        ]

    @cached_property
    def _linking_at(self) -> dict[int, list[Group]]:
        return by_cell(self._linking)

    def _personal_at(self, cell: int) -> list[Group]:
        """Give the groups of one person at one of their cells; a person's are made when first asked for."""
        key = self.placements.cells[cell].person
        if key not in self._of_person:
            self._of_person[key] = by_cell(self._personal(self.problem.person_by_key[key]))
        return self._of_person[key].get(cell, [])

    def _personal(self, person: Person) -> list[Group]:
        """Give the groups of the rules about one person."""
        pattern, found = self.placements.pattern_of(person), []
        for rule in self.rules:
            if isinstance(rule, PersonRule) and rule.binds(person):
                found += self._grouped(rule, told_by(rule, person, pattern), person)
        return found

    def _grouped(self, rule: StaffRule, rows: Iterable[Row], person: Person | None = None) -> list[Group]:
        """Put the hard rows of a rule together by whom they are about and by their days."""
        cares = isinstance(rule, CARES)
        found: dict[Key, list[Row]] = {}
        for row in rows:
            if (
                (cares or row.tier is None)
                and row.sum.greatest > row.most
                and any(True for _ in row.sum.cells)
            ):
                found.setdefault(self._key(rule, row, person), []).append(row)
        # What the rota or its pins alone break of a rule, it may go on breaking, but no further; what cover
        # or a wish lacks is counted in the rota as it stands.
        standing = [self.now] if cares else [self.now, self.placements.pinned]
        groups = [
            Group(key, tuple(mine), {row: max(map(row.excess, standing)) for row in mine})
            for key, mine in found.items()
        ]
        self.rule_of |= dict.fromkeys(groups, rule)
        return groups

    def _key(self, rule: StaffRule, row: Row, person: Person | None) -> Key:
        duties = [self.problem.duty_by_number[self.placements.cells[cell].duty] for cell in row.sum.cells]
        days = [self.problem.session_by_number[duty.session].day for duty in duties]
        about = person.key if person else self._place(rule, row, duties)
        return Key(rule.card.code, about, min(days), max(days))

    def _place(self, rule: StaffRule, row: Row, duties: Sequence[Duty]) -> str:
        if isinstance(rule, MinimumCover | DutyLead):
            return f"duty {duties[0].number}"
        sites = sorted({duty.site or "remote" for duty in duties})
        return f"{', '.join(sites)} in session {duties[0].session}" if len(sites) == 1 else row.name

    def _is_askable(self, group: Group) -> bool:
        """Say whether nothing but a pattern keeps somebody from these sessions."""
        placements = [self.placements.cells[cell] for cell in group.cells]
        duties = [self.problem.duty_by_number[each.duty] for each in placements]
        return all(
            not duty.shut and duty.session in self.ask.askable.get(each.person, frozenset())
            for each, duty in zip(placements, duties, strict=True)
        )


def told_by(rule: PersonRule, person: Person, pattern: Pattern) -> list[Row]:
    """Give the rows that one rule lays on one person's cells."""
    pattern.rows = []
    rule.enforce(person, pattern)
    return pattern.rows


def by_cell(groups: Iterable[Group]) -> dict[int, list[Group]]:
    """Give the groups that touch each cell."""
    found: dict[int, list[Group]] = {}
    for group in groups:
        for cell in group.cells:
            found.setdefault(cell, []).append(group)
    return found
