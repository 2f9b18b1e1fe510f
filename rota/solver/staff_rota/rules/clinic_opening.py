"""C01, C02 and C03: a clinic is opened with its team, or not at all."""

from collections.abc import Iterator

from rota.solver.row import Row
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Opening, Seat
from rota.solver.staff_rota.rules.clinics import ClinicRule
from rota.solver.staff_rota.solution import Rota, Scope


class SessionOpened(ClinicRule):
    """In a clinic that is held anyway it costs to have more people than it takes: it is no breach."""

    card = Card(
        code="C01",
        name="Clinic session opened",
        words="Only a clinic that is opened has people in its seats and sees anybody, no more than it takes.",
        source="Physics; the clinic's own limits",
        severity="H0",
        tier="T2",
        weight=5,
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for opening in self.openings(Scope()):
            held, soft = cells.clinics.opened(opening), opening.is_fixed
            for seat, duty in self.seats(opening):
                over = cells.cover_of(duty) - held * seat.most
                yield self.row(f"seat {duty.number} of clinic {opening.number}", over, 0, soft=soft)
            over = self.learners_in(cells, opening) - held * self.kind(opening).learners
            yield self.row(f"learners in clinic {opening.number}", over, 0, soft=soft)
            for bundle in self.problem.clinics.bundles if cells.clinics.can_open(opening) else ():
                if not cells.clinics.digits_of(bundle, opening):
                    continue
                most = self.problem.clinics.can_serve(opening, bundle)
                over = cells.clinics.served(bundle, opening) - held * most
                yield self.row(f"bundle {bundle.number} in clinic {opening.number}", over, 0)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for opening in self.openings(scope):
            held, soft = seen.is_open(opening), opening.is_fixed
            for seat, duty in self.seats(opening):
                if (over := seen.cover_of(duty) - held * seat.most) > 0:
                    said = self._said(held, f"{over} more than it takes ({seat.group})", seat.group)
                    yield self.tell(opening, over, said, soft=soft, duty=duty.number)
            if (over := self.learners_seen(seen, opening) - held * self.kind(opening).learners) > 0:
                said = self._said(held, f"{over} more learners than it has places for", "learners")
                yield self.tell(opening, over, said, soft=soft)
            yield from self._seen_while_shut(seen, opening)

    def _seen_while_shut(self, seen: Rota, opening: Opening) -> Iterator[Finding]:
        for bundle in () if seen.is_open(opening) else self.problem.clinics.bundles:
            if number := seen.served(bundle, opening):
                yield self.tell(opening, number, f"is not opened, but {number} people are sent there")

    def _said(self, held: bool, too_many: str, who: str) -> str:
        return f"has {too_many}" if held else f"is not opened, but has {who} in it"


class TeamThere(ClinicRule):
    """What is held anyway may be short of somebody: its duties say whom it lacks (R06)."""

    card = Card(
        code="C02",
        name="Clinic team",
        words="A clinic that is opened has the number of people that each of its seats needs.",
        source="The clinic's type",
        severity="H0",
        tier="T1",
        weight=100,
    )

    def wanted(self, seat: Seat) -> int:
        """Say how many a seat must have."""
        return seat.needed

    def rows(self, cells: Placements) -> Iterator[Row]:
        for opening in self.openings(Scope()):
            for seat, duty in () if opening.is_fixed else self.seats(opening):
                short = cells.clinics.opened(opening) * self.wanted(seat) - cells.cover_of(duty)
                yield self.row(f"{seat.group} missing in clinic {opening.number}", short, 0)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for opening in self.openings(scope):
            if opening.is_fixed or not seen.is_open(opening):
                continue
            for seat, duty in self.seats(opening):
                if (short := self.wanted(seat) - seen.cover_of(duty)) > 0:
                    said = f"is without {short} of the {self.wanted(seat)} it must have ({seat.group})"
                    yield self.tell(opening, short, said, duty=duty.number)


class SafeMix(TeamThere):
    """What is held anyway costs while it is not safe, and more where it must close."""

    card = Card(
        code="C03",
        name="Safe clinic team",
        words="Only a safe clinic is opened; one that is held already should stay safe, and open.",
        source="Local clinical governance, by type of clinic",
        severity="H0",
        tier="T1",
        weight=50,
    )

    def wanted(self, seat: Seat) -> int:
        return seat.safe

    def rows(self, cells: Placements) -> Iterator[Row]:
        yield from super().rows(cells)
        for opening in self.openings(Scope()):
            for seat, duty in self.seats(opening) if opening.is_fixed else ():
                for said, least in levels_of(seat):
                    short = cells.cover_of(duty) * -1
                    yield self.row(f"clinic {opening.number} {seat.group} {said}", short, -least, soft=True)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        yield from super().found_in(seen, scope)
        for opening in self.openings(scope):
            for seat, duty in self.seats(opening) if opening.is_fixed else ():
                for said, least in levels_of(seat):
                    if (short := least - seen.cover_of(duty)) > 0:
                        sentence = f"{said}: {short} missing ({seat.group})"
                        yield self.tell(opening, short, sentence, soft=True, duty=duty.number)


def levels_of(seat: Seat) -> tuple[tuple[str, int], ...]:
    """Give what a clinic is below each of a seat's numbers."""
    return ("is not safe", seat.safe), ("must close", seat.degraded)
