"""Plain CP-SAT: the straightforward model of an instance, all of it at once, as one would write it first."""

from argparse import Namespace
from collections.abc import Iterable, Iterator

from ortools.sat.python import cp_model

from bench.peers.solving import run
from bench.shifts import Employee, Instance, Row
from bench.shifts_check import SATURDAY, WEEK

Cells = dict[tuple[str, int, str], cp_model.IntVar]


def total(amounts: Iterable[cp_model.LinearExpr]) -> cp_model.LinearExpr:
    """Add up what a model decides."""
    return cp_model.LinearExpr.sum(list(amounts))


class OneModel:
    """Every rule of an instance as a constraint, every cost as a term of one objective."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.cp = cp_model.CpModel()
        self.cells: Cells = {
            (name, day, shift): self.cp.new_bool_var(f"{name} {day} {shift}")
            for name in instance.employees
            for day in range(instance.days)
            for shift in instance.shifts
        }
        self.costs: list[cp_model.LinearExpr] = []
        for employee in instance.employees.values():
            self._shifts(employee)
            self._runs(employee)
            self._weekends(employee)
        self._requests()
        self._cover()
        self.cp.minimize(total(self.costs))

    def works(self, employee: Employee, day: int) -> cp_model.LinearExpr:
        """Is one when the employee works on the day."""
        return total(self.cells[employee.name, day, shift] for shift in self.instance.shifts)

    def _shifts(self, employee: Employee) -> None:
        days, shifts, name = range(self.instance.days), self.instance.shifts, employee.name
        for day in days:
            self.cp.add(self.works(employee, day) <= (0 if day in employee.days_off else 1))
        for day in days[:-1]:
            for shift in shifts.values():
                for barred in shift.not_next:
                    after = self.cells[name, day + 1, barred]
                    self.cp.add_at_most_one([self.cells[name, day, shift.name], after])
        for shift_name, most in employee.most_of.items():
            self.cp.add(total(self.cells[name, day, shift_name] for day in days) <= most)
        minutes = total(
            each.minutes * self.cells[name, day, each.name] for each in shifts.values() for day in days
        )
        self.cp.add_linear_constraint(minutes, employee.least_minutes, employee.most_minutes)

    def _runs(self, employee: Employee) -> None:
        last, longest = self.instance.days, employee.longest_run
        for first in range(last - longest):
            run_of_days = total(self.works(employee, day) for day in range(first, first + longest + 1))
            self.cp.add(run_of_days <= longest)
        for length in range(1, employee.shortest_run):
            self._no_run(employee, length, is_work=True)
        for length in range(1, employee.shortest_break):
            self._no_run(employee, length, is_work=False)

    def _no_run(self, employee: Employee, length: int, *, is_work: bool) -> None:
        """Forbid runs of exactly this length that touch neither the first day nor the last."""
        for first in range(1, self.instance.days - length):
            inside = total(self.works(employee, day) for day in range(first, first + length))
            edges = self.works(employee, first - 1) + self.works(employee, first + length)
            if is_work:
                self.cp.add(inside - edges <= length - 1)
            else:
                self.cp.add(edges - inside <= 1)

    def _weekends(self, employee: Employee) -> None:
        worked = []
        for saturday in range(SATURDAY, self.instance.days, WEEK):
            weekend = self.cp.new_bool_var(f"{employee.name} works on the weekend of day {saturday}")
            for day in range(saturday, min(saturday + 2, self.instance.days)):
                self.cp.add(self.works(employee, day) <= weekend)
            worked.append(weekend)
        self.cp.add(total(worked) <= employee.most_weekends)

    def _requests(self) -> None:
        for each in self.instance.on_requests:
            self.costs.append(each.weight * (1 - self.cells[each.employee, each.day, each.shift]))
        for each in self.instance.off_requests:
            self.costs.append(each.weight * self.cells[each.employee, each.day, each.shift])

    def _cover(self) -> None:
        names = self.instance.employees
        for line in self.instance.cover:
            on = total(self.cells[name, line.day, line.shift] for name in names)
            short = self.cp.new_int_var(0, line.wanted, f"short of {line.shift} on day {line.day}")
            over = self.cp.new_int_var(0, len(names), f"over in {line.shift} on day {line.day}")
            self.cp.add(on + short - over == line.wanted)
            self.costs += [line.weight_under * short, line.weight_over * over]


def solve(instance: Instance, options: Namespace) -> Iterator[Row]:
    """Give CP-SAT the whole model and all of the time."""
    model, solver = OneModel(instance), cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = options.seconds
    solver.parameters.random_seed = options.seed
    if options.workers:
        solver.parameters.num_workers = options.workers
    if solver.solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        yield from (cell for cell, var in model.cells.items() if solver.boolean_value(var))


if __name__ == "__main__":
    run("one_model", solve)
