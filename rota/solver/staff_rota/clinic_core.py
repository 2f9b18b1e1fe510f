"""The part of a rota that clinics touch: whoever could sit in one, and the duties they could have instead."""

from dataclasses import replace

from rota.solver.staff_rota.problem import Part, Placement, Problem, RuleChoice
from rota.solver.staff_rota.solution import Plan

# What is soft and still decides where a clinic goes: cover, the lead of the day, and what people were told.
CARES = frozenset({"R06", "R07", "R10", "R35"})


def core_of(problem: Problem, plan: Plan | None = None) -> Problem:
    """Give the problem in which only those move who could sit in a clinic; all others stay where a plan has
    them. Comfort is left to whoever fills the rota afterwards.
    """
    people = sitters(problem)
    sessions = {opening.session for opening in problem.clinics.openings}
    roles = {problem.person_by_key[key].role for key in people}
    seats = problem.clinics.seat_of
    # Whoever sits in a clinic that is held already was asked to.
    settled = {number for number, (opening, _) in seats.items() if plan and opening.is_fixed}
    duties = frozenset(
        duty.number
        for duty in problem.duties
        if duty.number not in settled
        and (duty.number in seats or (duty.session in sessions and duty.roles & roles))
    )
    part = Part(duties, people) if problem.part is None else _within(problem.part, Part(duties, people))
    stay = [each for each in sorted(plan.placements) if not part.has(*_cell(each))] if plan else []
    pins = tuple(dict.fromkeys((*problem.pins, *stay)))
    kept = part.duties | seats.keys() | {pin.duty for pin in pins}
    named = people | {pin.person for pin in pins}
    published = tuple(each for each in problem.published if each.duty in kept and each.person in named)
    return replace(
        problem,
        rules=tuple(choice for choice in problem.rules if decides(choice)),
        people=tuple(person for person in problem.people if person.key in named),
        duties=tuple(duty for duty in problem.duties if duty.number in kept),
        part=part,
        pins=pins,
        published=published,
    )


def sitters(problem: Problem) -> frozenset[str]:
    """Name those whose job role a seat takes."""
    roles = {role for number in problem.clinics.seat_of for role in problem.duty_by_number[number].roles}
    return frozenset(person.key for person in problem.people if person.role in roles)


def decides(choice: RuleChoice) -> bool:
    """Say whether a rule has a say in where clinics go."""
    return choice.severity != "soft" or choice.code in CARES or choice.code.startswith("C")


def _within(part: Part, core: Part) -> Part:
    people = core.people if part.people is None else part.people & (core.people or frozenset())
    return Part(part.duties & core.duties, people)


def _cell(placement: Placement) -> tuple[str, int]:
    return placement.person, placement.duty
