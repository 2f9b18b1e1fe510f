"""What rules of one-stop clinics have in common."""

from collections.abc import Iterator
from typing import NamedTuple

from rota.solver.row import Sum, total
from rota.solver.rule import Finding
from rota.solver.staff_rota.clinics import ClinicKind
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Duty, Opening, Person, Seat
from rota.solver.staff_rota.rules.kinds import TeamRule
from rota.solver.staff_rota.solution import Rota, Scope


class Series(NamedTuple):
    """The clinics of one type for one area."""

    kind: ClinicKind
    area: str
    openings: tuple[Opening, ...]

    @property
    def said(self) -> str:
        return f"{self.kind.name} for {self.area}"


class ClinicRule(TeamRule):
    """A rule about clinics."""

    def openings(self, scope: Scope) -> Iterator[Opening]:
        """Give the clinics in the sessions to look at."""
        for opening in self.problem.clinics.openings:
            if scope.sessions is None or opening.session in scope.sessions:
                yield opening

    def kind(self, opening: Opening) -> ClinicKind:
        return self.problem.clinics.kind_of(opening)

    def seats(self, opening: Opening) -> Iterator[tuple[Seat, Duty]]:
        """Give the seats of a clinic with their duties."""
        duties = (self.problem.duty_by_number[number] for number in opening.duties)
        yield from zip(self.kind(opening).seats, duties, strict=True)

    def series(self) -> list[Series]:
        """Give the clinics by type and area."""
        found: dict[tuple[str, str], list[Opening]] = {}
        for opening in self.problem.clinics.openings:
            found.setdefault((opening.kind, opening.area), []).append(opening)
        kinds = self.problem.clinics.kind_by_key
        return [Series(kinds[kind], area, tuple(held)) for (kind, area), held in sorted(found.items())]

    def said_of(self, opening: Opening) -> str:
        """Name a clinic: what, where and when."""
        where = self.problem.site_by_code[opening.site].name
        return f"{self.kind(opening).name} at {where} on {self.when(opening.session)}"

    def tell(
        self,
        opening: Opening,
        size: int,
        said: str,
        *,
        soft: bool = False,
        times: int = 1,
        duty: int | None = None,
    ) -> Finding:
        """Tell of a clinic."""
        sentence = f"{self.said_of(opening)} {said}."
        return self.finding(
            size,
            self.kind(opening).name,
            sentence,
            peers=sentence,
            soft=soft,
            times=times,
            session=opening.session,
            duty=duty,
        )

    def learns(self, person: Person) -> bool:
        """Say whether somebody takes a learner's place, not a seat."""
        return not self.problem.counts_as_cover(person)

    def learners_in(self, cells: Placements, opening: Opening) -> Sum:
        """Count the learners in a clinic who could be there."""
        duties = (duty for _, duty in self.seats(opening))
        return Sum.of(
            cell for duty in duties for cell, person in cells.present_on(duty) if self.learns(person)
        )

    def learners_seen(self, seen: Rota, opening: Opening) -> int:
        """Count the learners in a clinic."""
        duties = (duty for _, duty in self.seats(opening))
        return sum(self.learns(person) for duty in duties for person in seen.present_on(duty))

    def present(self, cells: Placements, opening: Opening, discipline: str) -> Sum:
        """Count those of a discipline who sit in a clinic."""
        duties = (duty for seat, duty in self.seats(opening) if seat.discipline == discipline)
        return total(cells.cover_of(duty) for duty in duties)

    def present_seen(self, seen: Rota, opening: Opening, discipline: str) -> int:
        """Count the same in a plan."""
        duties = (duty for seat, duty in self.seats(opening) if seat.discipline == discipline)
        return sum(seen.cover_of(duty) for duty in duties)
