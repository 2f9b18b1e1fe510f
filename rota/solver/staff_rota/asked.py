"""What an ask says, as rows, and how the people it is about are looked at."""

from collections.abc import Iterator
from dataclasses import replace

from rota.solver.row import AnyOf, Row, Sum
from rota.solver.staff_rota.ask import Ask, Cover
from rota.solver.staff_rota.bank import Wanting
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Problem
from rota.solver.staff_rota.solution import Plan


def rows_of(ask: Ask, placements: Placements) -> Iterator[Row]:
    """Give the rows that must hold for an ask to be met."""
    problem = placements.problem
    for each in sorted(ask.works):
        duty = problem.duty_by_number[each.duty]
        cells = [cell for cell, person in placements.on(duty) if person.key == each.person]
        yield Row(f"asked: {each}", Sum.of(cells, -1), -1)
    for there in ask.off:
        pattern = placements.pattern_of(problem.person_by_key[there.person])
        yield Row(f"asked: {there}", Sum.of(pattern.cells_in(there.session)), 0)
    for cover in ask.cover:
        yield cover_row(cover, placements)


def cover_row(cover: Cover, placements: Placements) -> Row:
    """Count heads: whoever has two of the duties is one person all the same."""
    problem = placements.problem
    cells: dict[str, list[tuple[int, ...]]] = {}
    for number in sorted(cover.duties):
        for cell, person in placements.on(problem.duty_by_number[number]):
            if problem.counts_as_cover(person) and person.role in (cover.roles or {person.role}):
                cells.setdefault(person.key, []).append((cell,))
    heads = [AnyOf(f"{key} is there", tuple(groups)) for key, groups in cells.items()]
    return Row(f"asked: {cover.number} on {sorted(cover.duties)}", Sum.of(heads, -1), -cover.number)


def wanting_in(problem: Problem, plan: Plan, ask: Ask) -> list[Wanting]:
    """Give the duties that want people: those asked about, and those that somebody is to leave."""
    wanting = [(problem.duty_by_number[each], cover.number) for cover in ask.cover for each in cover.duties]
    if ask.keeps_cover:
        leaving = {(each.person, each.session) for each in ask.off}
        duties = [(each.person, problem.duty_by_number[each.duty]) for each in sorted(plan.placements)]
        wanting += [(duty, 1) for person, duty in duties if (person, duty.session) in leaving]
    return wanting


def seen_as_away(problem: Problem, plan: Plan) -> Problem:
    """Let whoever is away be kept off by the rule that says so, unless they stand there all the same.

    A model leaves out who is away; here it is to be named.
    """
    standing = {(each.person, problem.duty_by_number[each.duty].session) for each in plan.placements}
    people = [
        replace(person, absent=frozenset(each for each in person.absent if (person.key, each) in standing))
        if person.absent
        else person
        for person in problem.people
    ]
    return replace(problem, people=tuple(people))
