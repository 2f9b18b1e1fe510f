"""A checker of shift scheduling solutions that shares nothing with the product: its rules are written down
here once more, so that a rule told wrongly to the solver cannot hide.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from bench.shifts import Employee, Instance, Row

WEEK, SATURDAY = 7, 5


def assess(instance: Instance, rows: Iterable[Row]) -> tuple[int, list[str]]:
    """Give what a solution costs, and every hard rule that it breaks, in a sentence each."""
    worked, broken = rota_of(instance, rows)
    for employee in instance.employees.values():
        broken += broken_by(instance, employee, worked[employee.name])
    return cost_of(instance, worked), broken


def rota_of(instance: Instance, rows: Iterable[Row]) -> tuple[dict[str, dict[int, str]], list[str]]:
    """Put rows in a rota: the shift of each employee by day."""
    worked: dict[str, dict[int, str]] = {name: {} for name in instance.employees}
    broken = []
    for name, day, shift in rows:
        if name not in worked or shift not in instance.shifts or not 0 <= day < instance.days:
            broken.append(f"There is no {name} on day {day}, shift {shift}.")
        elif day in worked[name]:
            broken.append(f"{name} has two shifts on day {day}.")
        else:
            worked[name][day] = shift
    return worked, broken


def broken_by(instance: Instance, employee: Employee, worked: dict[int, str]) -> Iterator[str]:
    """Tell the hard rules that one employee's shifts break."""
    name = employee.name
    for day in sorted(employee.days_off & worked.keys()):
        yield f"{name} works on day {day}, a day off."
    for day, shift in sorted(worked.items()):
        if worked.get(day + 1) in instance.shifts[shift].not_next:
            yield f"{name} has {worked[day + 1]} after {shift} on day {day}."
    for shift, number in sorted(Counter(worked.values()).items()):
        if number > employee.most_of.get(shift, instance.days):
            yield f"{name} has {number} of shift {shift}."
    minutes = sum(instance.shifts[shift].minutes for shift in worked.values())
    if not employee.least_minutes <= minutes <= employee.most_minutes:
        yield f"{name} works {minutes} minutes."
    yield from broken_runs(employee, worked, instance.days)
    weekends = {day // WEEK for day in worked if day % WEEK >= SATURDAY}
    if len(weekends) > employee.most_weekends:
        yield f"{name} works on {len(weekends)} weekends."


def broken_runs(employee: Employee, worked: dict[int, str], days: int) -> Iterator[str]:
    """Tell runs that are too long, or too short where they touch neither the first day nor the last."""
    for works, group in groupby(range(days), lambda day: day in worked):
        run = list(group)
        least = employee.shortest_run if works else employee.shortest_break
        what = f"{employee.name} {'works' if works else 'is off'} {len(run)} days from day {run[0]}"
        if works and len(run) > employee.longest_run:
            yield f"{what}: too many."
        if len(run) < least and run[0] > 0 and run[-1] < days - 1:
            yield f"{what}: too few."


def cost_of(instance: Instance, worked: dict[str, dict[int, str]]) -> int:
    """Add up requests that are not met and cover that is missing or too much."""
    cost = sum(
        each.weight for each in instance.on_requests if worked[each.employee].get(each.day) != each.shift
    )
    cost += sum(
        each.weight for each in instance.off_requests if worked[each.employee].get(each.day) == each.shift
    )
    on = Counter((day, shift) for shifts in worked.values() for day, shift in shifts.items())
    for line in instance.cover:
        short = line.wanted - on[line.day, line.shift]
        cost += short * line.weight_under if short > 0 else -short * line.weight_over
    return cost
