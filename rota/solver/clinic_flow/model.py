"""The flow through a clinic session as an open shop: places are jobs, those who see them machines."""

from collections import Counter
from datetime import timedelta

from rota.solver.clinic_flow.obstacles import obstacle
from rota.solver.clinic_flow.problem import Chair, FlowProblem, PlaceNeed
from rota.solver.clinic_flow.solution import Flow, Unplaced, Visit
from rota.solver.limits import Limits
from rota.solver.search.open_shop import timetable
from rota.solver.search.shop import Job, Shop, Steps

# A discipline and the minutes that those of it take who take equally long.
Pool = tuple[str, int]


def solved(problem: FlowProblem, limits: Limits) -> Flow:
    """Find the flow of a clinic session."""
    return FlowModel(problem).flow(limits)


class FlowModel:
    """One clinic session, and what its places and chairs are called in the shop."""

    def __init__(self, problem: FlowProblem) -> None:
        self.problem = problem
        self.step = problem.step
        sizes = Counter((chair.discipline, chair.slot_minutes) for chair in problem.chairs)
        self.pools = sorted(sizes)
        self.sizes = tuple(sizes[pool] for pool in self.pools)
        there = {chair.discipline for chair in problem.chairs}
        # Those whom nobody is there for stay out of the search.
        self.places = [place for place in problem.places if place.disciplines <= there]

    def flow(self, limits: Limits) -> Flow:
        """Search, and give each visit its chair."""
        hours = self.problem.hours
        shop = Shop(
            tuple(self._job(place) for place in self.places),
            self.sizes,
            hours.minutes // self.step,
            hours.longest_wait // self.step,
            hours.longest_stay // self.step,
        )
        found = timetable(shop, limits)
        visits = self._visits({self.places[at]: steps for at, steps in found.steps.items()})
        seen = {visit.place for visit in visits}
        unplaced = (
            Unplaced(place.number, obstacle(self.problem, place, len(seen)))
            for place in self.problem.places
            if place.number not in seen
        )
        return Flow(visits, tuple(unplaced), found.is_best)

    def _job(self, place: PlaceNeed) -> Job:
        names = sorted(place.disciplines)
        steps = tuple(
            {
                number: minutes // self.step
                for number, (discipline, minutes) in enumerate(self.pools)
                if discipline == name
            }
            for name in names
        )
        pairs = sorted(place.before)
        before = ((names.index(a), names.index(b)) for a, b in pairs if {a, b} <= place.disciplines)
        return Job(steps, tuple(before))

    def _visits(self, found: dict[PlaceNeed, Steps]) -> tuple[Visit, ...]:
        """Seat each visit with the first who is free: a pool never has more visits at once than people."""
        visits: list[Visit] = []
        for number, pool in enumerate(self.pools):
            chairs = [each for each in self.problem.chairs if (each.discipline, each.slot_minutes) == pool]
            own = sorted(
                (start, place.number) for place, steps in found.items() for at, start in steps if at == number
            )
            free_at = dict.fromkeys(sorted(chairs), 0)
            for start, place_number in own:
                chair = next(each for each, free in free_at.items() if free <= start)
                free_at[chair] = start + chair.slot_minutes // self.step
                visits.append(self._visit(place_number, chair, start))
        return tuple(sorted(visits, key=lambda visit: (visit.starts, visit.place)))

    def _visit(self, place: int, chair: Chair, start: int) -> Visit:
        starts = self.problem.hours.starts + timedelta(minutes=start * self.step)
        return Visit(
            place, chair.discipline, chair.number, starts, starts + timedelta(minutes=chair.slot_minutes)
        )
