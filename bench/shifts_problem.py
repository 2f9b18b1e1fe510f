"""A shift scheduling instance as a staff rota: a session for each day and shift, a duty in each, and the
product's own rules. This only translates.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from bench.shifts import Cover, Employee, Instance, Request, Row
from rota.solver.staff_rota import (
    Duty,
    Person,
    Plan,
    Problem,
    RuleChoice,
    Session,
    Wish,
    WorkTerms,
)

FIRST_DAY = date(2024, 1, 1)  # a Monday
ROLE = "employee"
COST_TIER = "T2"


def problem_of(instance: Instance) -> Problem:
    """Tell an instance in the product's words. All costs are in one tier."""
    return Problem(
        sessions=sessions_of(instance),
        sites=(),
        people=people_of(instance),
        duties=duties_of(instance),
        rules=rules_of(instance),
        today=FIRST_DAY,
    )


def solution_rows(instance: Instance, plan: Plan) -> list[Row]:
    """Give a plan as rows of employee, day and shift."""
    shifts = list(instance.shifts)
    rows = [
        (placement.person, placement.duty // len(shifts), shifts[placement.duty % len(shifts)])
        for placement in plan.placements
    ]
    place = {name: number for number, name in enumerate(instance.employees)}
    return sorted(rows, key=lambda row: (place[row[0]], row[1]))


def sessions_of(instance: Instance) -> tuple[Session, ...]:
    """Give a session for each day and shift."""
    days = (FIRST_DAY + timedelta(day) for day in range(instance.days))
    kinds = ((day, shift) for day in days for shift in instance.shifts)
    return tuple(Session(number, day, shift) for number, (day, shift) in enumerate(kinds))


def duties_of(instance: Instance) -> tuple[Duty, ...]:
    """Give a duty for each session; where no cover is asked, anybody may work and nothing is counted."""
    cover = {(line.day, line.shift): line for line in instance.cover}
    lines = [
        cover.get((day, shift), Cover(day, shift, 0, 0, 0))
        for day in range(instance.days)
        for shift in instance.shifts
    ]
    most = len(instance.employees)
    return tuple(duty_of(instance, number, line, most) for number, line in enumerate(lines))


def duty_of(instance: Instance, number: int, line: Cover, employees: int) -> Duty:
    """Give the duty of one session."""
    starts = datetime.combine(FIRST_DAY + timedelta(line.day), time())
    return Duty(
        number=number,
        session=number,
        site=None,
        activity=line.shift,
        role_group=ROLE,
        roles=frozenset({ROLE}),
        starts=starts,
        ends=starts + timedelta(minutes=instance.shifts[line.shift].minutes),
        desired=line.wanted,
        enough=line.wanted,
        maximum=max(employees, line.wanted),
        competencies=frozenset({line.shift}),
        weight_short=line.weight_under,
        weight_over=line.weight_over,
    )


def people_of(instance: Instance) -> tuple[Person, ...]:
    """Give the employees, each with their wishes."""
    wishes: dict[str, list[Wish]] = {name: [] for name in instance.employees}
    for requests, works in ((instance.on_requests, True), (instance.off_requests, False)):
        for request in requests:
            wishes[request.employee].append(wish_of(instance, request, works))
    return tuple(
        person_of(instance, employee, wishes[employee.name]) for employee in instance.employees.values()
    )


def wish_of(instance: Instance, request: Request, works: bool) -> Wish:
    """Give a request as a wish about one session."""
    return Wish(frozenset({session_of(instance, request.day, request.shift)}), works, request.weight)


def session_of(instance: Instance, day: int, shift: str) -> int:
    """Give the number of a session."""
    return day * len(instance.shifts) + list(instance.shifts).index(shift)


def person_of(instance: Instance, employee: Employee, wishes: Iterable[Wish]) -> Person:
    """Give one employee."""
    off = (session_of(instance, day, shift) for day in employee.days_off for shift in instance.shifts)
    can = frozenset(name for name in instance.shifts if employee.most_of.get(name, 1) > 0)
    return Person(
        key=employee.name,
        name=employee.name,
        role=ROLE,
        discipline=ROLE,
        contract=ROLE,
        weekly_minutes=0,
        session_minutes=max(shift.minutes for shift in instance.shifts.values()),
        unavailable=dict.fromkeys(off, "a day off"),
        competencies=can,
        wishes=tuple(wishes),
        terms=WorkTerms(
            longest_run=employee.longest_run,
            shortest_run=max(1, employee.shortest_run),
            shortest_break=max(1, employee.shortest_break),
            most_weekends=employee.most_weekends,
            most_by_kind={name: most for name, most in employee.most_of.items() if name in can},
            least_minutes=employee.least_minutes,
            most_minutes=employee.most_minutes,
        ),
    )


def rules_of(instance: Instance) -> tuple[RuleChoice, ...]:
    """Give the product's rules that say what the family's rules say."""
    shifts = instance.shifts.values()
    pairs = (f"{shift.name}>{other}" for shift in shifts for other in sorted(shift.not_next))
    hard: dict[str, dict[str, int | str]] = {
        "R02": {},
        "R03": {},
        "R20": {"most": 1, "most_with_evening": 1},
        # Nobody's run has a limit but their own, and none costs anything below it.
        "R21": {"soft_days": instance.days, "hard_days": instance.days},
        "R41": {},
        "R42": {},
        "R43": {},
        "R44": {},
        "R45": {},
        "R46": {"pairs": ",".join(pairs)},
    }
    return (
        *(RuleChoice(code, "H0", COST_TIER, 1, parameters) for code, parameters in hard.items()),
        *(RuleChoice(code, "soft", COST_TIER, 1) for code in ("R07", "R08", "R32")),
    )
