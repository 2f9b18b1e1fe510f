"""The part of a rota that a repair may touch, put together for the search."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from rota.solver.row import Row
from rota.solver.rule import RuleChoice
from rota.solver.search.fixing import around
from rota.solver.staff_rota.absence import Away, lost_by, with_away, with_present
from rota.solver.staff_rota.clinic_hold import with_clinics_held
from rota.solver.staff_rota.model import RotaModel, personal_rows
from rota.solver.staff_rota.problem import Duty, Part, Person, Placement, Problem
from rota.solver.staff_rota.rules import rules_of
from rota.solver.staff_rota.rules.cover import DutyLead, MinimumCover
from rota.solver.staff_rota.rules.kinds import CellRule, PersonRule, TeamRule
from rota.solver.staff_rota.rules.stability import Stability
from rota.solver.staff_rota.solution import Plan

# Who had how much of a whole period is made even by rotas, not by a call before breakfast.
OF_PERIODS = frozenset({"R30", "R33"})
# What must not be worse than it was; below that a change is not worth making.
GUARDED = (None, "T1")


class OpenDays(RotaModel):
    """A rota of which some days are open: rules speak of those alone who could be placed there."""

    def _personal_rows(self) -> Iterator[Row]:
        personal = [rule for rule in self.rules if isinstance(rule, PersonRule)]
        pinned = self.placements.pinned
        free = {cell.person for number, cell in enumerate(self.placements.cells) if number not in pinned}
        for person in self.problem.people:
            if person.key in free:
                yield from personal_rows(self.placements, person, personal)


class RepairModel:
    """The cells that a repair decides: who of those still there works where, on the days concerned.

    Cells have numbers of their own here; `kept` are those in which people stand already.
    """

    def __init__(self, problem: Problem, plan: Plan, away: Away) -> None:
        self.away = away
        lost = lost_by(problem, plan, away)
        pins = tuple(pin for pin in problem.pins if pin not in lost)
        self.told, self.rest = plan, replace(plan, placements=plan.placements - lost)
        held = with_clinics_held(problem, plan)
        self.problem = replace(with_away(held, away), pins=pins, rules=for_one_day(problem.rules))
        self.window = window_of(problem, lost)
        self._cut = self._reachable({problem.duty_by_number[each.duty].site for each in lost})
        self._built = OpenDays(self._cut)
        cells, pinned = self._built.placements.cells, self._built.placements.pinned
        self._open = [number for number in range(len(cells)) if number not in pinned]
        numbers = {cell: number for number, cell in enumerate(self._open)}
        standing = self._built.placements.chosen_in(self.rest)
        self.kept = frozenset(numbers[cell] for cell in standing if cell in numbers)
        self.rows = [self._guarded(row) for row in around(self._built.rows, pinned, numbers)]

    @property
    def names(self) -> list[str]:
        every = list(self._built.names)
        return [every[cell] for cell in self._open]

    @cached_property
    def cells_of(self) -> Mapping[str, list[int]]:
        """The cells of each person."""
        found: dict[str, list[int]] = {}
        for number, cell in enumerate(self._open):
            found.setdefault(self._built.placements.cells[cell].person, []).append(number)
        return found

    def plan_of(self, chosen: frozenset[int]) -> Plan:
        """Give the whole plan in which these cells are chosen."""
        cells = self._built.placements.cells
        decided = {cells[cell] for cell in self._open}
        taken = {cells[self._open[number]] for number in chosen}
        return replace(self.rest, placements=(self.rest.placements - decided) | taken)

    def _guarded(self, row: Row) -> Row:
        """Let a row be as broken as it was before anybody fell out: that is not for this repair to mend."""
        if row.tier not in GUARDED:
            return row
        known = self._known.get(row.name)
        if known is None:
            known = row.excess(self.kept)
        return replace(row, most=row.most + known * row.unit)

    @cached_property
    def _known(self) -> dict[str, int]:
        """How far each row about people together was broken before."""
        team = {
            rule.card.code
            for rule in rules_of(self._cut)
            if isinstance(rule, TeamRule) and (rule.is_hard or rule.choice.tier in GUARDED)
        }
        people, duties = self._cut.person_by_key, self._cut.duty_by_number
        stood = tuple(each for each in self.told.placements if each.person in people and each.duty in duties)
        before = replace(
            with_present(self._cut, self.away),
            rules=tuple(choice for choice in self._cut.rules if choice.code in team),
            pins=stood,
            part=Part(frozenset()),
        )
        built = OpenDays(before)
        return {row.name: row.excess(built.placements.pinned) for row in built.rows}

    def _reachable(self, sites: set[str | None]) -> Problem:
        """Cut out who could stand in, who could stand in for them, and so on, with their places."""
        days = [duty for duty in self.problem.duties if duty.session in self.window]
        people: dict[str, Person] = {}
        while True:
            asked = [duty for duty in days if duty.site in sites]
            new = [
                person
                for person in self.problem.people
                if person.key not in people and any(self._could(person, duty) for duty in asked)
            ]
            if not new:
                return self._cut_to(people, sites)
            people |= {person.key: person for person in new}
            sites |= {duty.site for duty in days for person in new if self._stands(person, duty)}

    def _cut_to(self, helpers: Mapping[str, Person], sites: set[str | None]) -> Problem:
        known = self.problem.duty_by_number
        there = {each.person for each in self.told.placements if known[each.duty].site in sites}
        people = helpers.keys() | there | self.away.keys()
        standing = {each for each in self.told.placements if each.person in people}
        used = {each.duty for each in standing}
        duties = tuple(duty for duty in self.problem.duties if duty.site in sites or duty.number in used)
        here = frozenset(duty.number for duty in duties if duty.session in self.window)
        part = Part(here, frozenset(helpers.keys() - self.away.keys()))
        free = {each for each in standing if self._is_free(each, part)}
        rest = tuple(sorted(standing & self.rest.placements))
        return replace(
            self.problem,
            people=tuple(person for person in self.problem.people if person.key in people),
            duties=duties,
            clinics=self.problem.clinics.among({duty.number for duty in duties}),
            pins=tuple(each for each in rest if each not in free),
            published=tuple(sorted(standing)),
            part=part,
        )

    def _is_free(self, placement: Placement, part: Part) -> bool:
        """Say whether somebody may leave where they stand: not from a pin, nor from what rules forbid."""
        person, duty = (
            self.problem.person_by_key[placement.person],
            self.problem.duty_by_number[placement.duty],
        )
        may_move = part.has(person.key, duty.number) and placement not in self.problem.pins
        return may_move and self._could(person, duty)

    def _could(self, person: Person, duty: Duty) -> bool:
        if person.role not in duty.roles or duty.maximum < 1:
            return False
        return not any(rule.binds(person) and rule.stops(person, duty) for rule in self._filters)

    def _stands(self, person: Person, duty: Duty) -> bool:
        return Placement(person.key, duty.number) in self.rest.placements

    @cached_property
    def _filters(self) -> list[CellRule]:
        return [rule for rule in rules_of(self.problem) if isinstance(rule, CellRule) and rule.is_hard]


def window_of(problem: Problem, lost: frozenset[Placement]) -> frozenset[int]:
    """Give the sessions that a repair may touch: of each day concerned, those from the first one lost on."""
    known, sessions = problem.duty_by_number, problem.session_by_number
    first: dict[object, int] = {}
    for each in lost:
        session = sessions[known[each.duty].session]
        first[session.day] = min(first.get(session.day, session.number), session.number)
    return frozenset(
        each.number for each in problem.sessions if each.number >= first.get(each.day, each.number + 1)
    )


def for_one_day(rules: tuple[RuleChoice, ...]) -> tuple[RuleChoice, ...]:
    """Let each change cost, before any wish, whatever the network has chosen for whole rotas.

    Nor does the lead of the day leave to fill a gap: all would have to learn of another one.
    """
    own = next((choice for choice in rules if choice.code == Stability.card.code), None)
    gap = max((choice.weight for choice in rules if choice.code == MinimumCover.card.code), default=0)
    kept = tuple(
        replace(choice, weight=gap + 1)
        if choice.code == DutyLead.card.code and choice.weight <= gap
        else choice
        for choice in rules
        if choice is not own and choice.code not in OF_PERIODS
    )
    usual = Stability.card.as_choice()
    choice = replace(own, severity="soft", tier=usual.tier) if own and own.weight else usual
    return (*kept, choice)
