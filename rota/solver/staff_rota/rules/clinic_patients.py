"""C11, C12 and C14: people are seen by all whom they need in one visit, within reach, as far as seats go."""

from collections.abc import Iterator

from rota.solver.row import Row, total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Bundle, Duty, Opening
from rota.solver.staff_rota.rules.clinics import ClinicRule
from rota.solver.staff_rota.solution import Rota, Scope


class OneVisit(ClinicRule):
    """Somebody who is not seen costs twice what somebody costs who is seen too late."""

    card = Card(
        code="C11",
        name="Served in one visit",
        words="People who need several disciplines see them all in one visit, and before they are due.",
        source="Referrals and recalls, counted by need; priority by the network",
        severity="soft",
        tier="T1",
        weight=5,
    )
    UNSEEN = 2

    def rows(self, cells: Placements) -> Iterator[Row]:
        for bundle in self.problem.clinics.bundles:
            seen = total(cells.clinics.served(bundle, each) for each in self.problem.clinics.openings)
            name, times = f"bundle {bundle.number}", self.UNSEEN * bundle.weight
            yield self.row(f"{name} unseen", seen * -1, -bundle.count, times=times)
            late = total(cells.clinics.served(bundle, each) for each in self._too_late_for(bundle))
            yield self.row(f"{name} late", late, 0, times=bundle.weight)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for bundle in self.problem.clinics.bundles if scope.is_everything else ():
            served = sum(seen.served(bundle, opening) for opening in self.problem.clinics.openings)
            if (unseen := bundle.count - served) > 0:
                said = f"{unseen} of {bundle.count} people are not seen in one visit"
                yield self._tell(bundle, unseen, said, self.UNSEEN * bundle.weight)
            if late := sum(seen.served(bundle, opening) for opening in self._too_late_for(bundle)):
                said = f"{late} of {bundle.count} people are seen after they are due"
                yield self._tell(bundle, late, said, bundle.weight)

    def _tell(self, bundle: Bundle, size: int, said: str, times: int) -> Finding:
        who = f"{bundle.area}, {' and '.join(sorted(bundle.disciplines))}"
        return self.finding(size, bundle.area, f"{who}: {said}.", peers=f"{who}: {said}.", times=times)

    def _too_late_for(self, bundle: Bundle) -> Iterator[Opening]:
        for opening in self.problem.clinics.openings:
            day = self.problem.session_by_number[opening.session].day
            if bundle.due is not None and day > bundle.due:
                yield opening


class Throughput(ClinicRule):
    """Places that are given away already and can no longer be kept cost: that is no fault of the plan."""

    card = Card(
        code="C12",
        name="Patients each discipline can see",
        words="No discipline has more patients than those there can see; nobody is counted twice.",
        source="The clinic's type",
        severity="H0",
        tier="T1",
        weight=100,
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for opening in self.openings(Scope()):
            for discipline in sorted(self.kind(opening).disciplines):
                wanting = self._wanting(discipline)
                sent = total(cells.clinics.served(bundle, opening) for bundle in wanting)
                room = total(cells.cover_of(duty) * each for each, duty in self._chairs(opening, discipline))
                name = f"{discipline} in clinic {opening.number}"
                yield self.row(name, sent - room, 0)
                if taken := opening.taken.get(discipline):
                    yield self.row(f"{name} with places taken", sent - room, -taken, soft=True)
        for bundle in self.problem.clinics.bundles:
            seen = total(cells.clinics.served(bundle, each) for each in self.problem.clinics.openings)
            yield self.row(f"bundle {bundle.number} seen twice", seen, bundle.count)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for opening in self.openings(scope):
            for discipline in sorted(self.kind(opening).disciplines):
                sent = sum(seen.served(bundle, opening) for bundle in self._wanting(discipline))
                room = sum(seen.cover_of(duty) * each for each, duty in self._chairs(opening, discipline))
                taken = opening.taken.get(discipline, 0)
                if sent > room:
                    said = f"has {sent} people sent to {discipline}, which can see {room}"
                    yield self.tell(opening, sent - room, said)
                if taken and sent + taken > room:
                    said = f"has {sent + taken} places for {discipline}, which can see {room}"
                    yield self.tell(opening, sent + taken - room, said, soft=True)
        yield from self._seen_twice(seen) if scope.is_everything else ()

    def _seen_twice(self, seen: Rota) -> Iterator[Finding]:
        for bundle in self.problem.clinics.bundles:
            served = sum(seen.served(bundle, opening) for opening in self.problem.clinics.openings)
            if served > bundle.count:
                said = f"{bundle.area}: {served} people are to be seen, and there are {bundle.count}."
                yield self.finding(served - bundle.count, bundle.area, said, peers=said)

    def _wanting(self, discipline: str) -> list[Bundle]:
        return [bundle for bundle in self.problem.clinics.bundles if discipline in bundle.disciplines]

    def _chairs(self, opening: Opening, discipline: str) -> list[tuple[int, Duty]]:
        """Give how many patients each person of a discipline sees, and on which duty."""
        return [
            (seat.throughput, duty) for seat, duty in self.seats(opening) if seat.discipline == discipline
        ]


class PatientTravel(ClinicRule):
    card = Card(
        code="C14",
        name="Within reach of patients",
        words="People are sent no further than they can travel, and to step-free sites where they need one.",
        source="Local policy on access; Equality Act 2010",
        severity="H1",
        tier="T2",
        weight=10,
        parameters={"unknown_minutes": 20},
        parameter_words={"unknown_minutes": "journey between two sites for which no time is recorded"},
    )

    def refuses(self, bundle: Bundle, opening: Opening) -> str | None:
        """Say why people of a bundle should not be sent to a clinic, or None."""
        where = self.problem.site_by_code[opening.site].name
        if bundle.needs_step_free and opening.site not in self.problem.clinics.step_free:
            return f"{where} is not step-free"
        travel = self.problem.site_by_code[bundle.home].travel
        minutes = travel.get(opening.site, self.number("unknown_minutes"))
        if bundle.home != opening.site and minutes > bundle.longest_minutes:
            return f"{where} is {minutes} minutes away, and {bundle.longest_minutes} is the most"
        return None

    def rows(self, cells: Placements) -> Iterator[Row]:
        for bundle in self.problem.clinics.bundles:
            for opening in self.openings(Scope()):
                if cells.clinics.digits_of(bundle, opening) and self.refuses(bundle, opening):
                    name = f"bundle {bundle.number} beyond reach in clinic {opening.number}"
                    yield self.row(name, cells.clinics.served(bundle, opening), 0)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for bundle in self.problem.clinics.bundles:
            for opening in self.openings(scope):
                sent = seen.served(bundle, opening)
                if sent and (why := self.refuses(bundle, opening)):
                    said = f"has {sent} people from {bundle.area} for whom it is out of reach: {why}"
                    yield self.tell(opening, sent, said)
