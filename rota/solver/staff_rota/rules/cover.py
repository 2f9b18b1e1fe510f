"""R06, R07, R08, R10 and R13: how many people each duty has, and who counts."""

from collections.abc import Iterator

from rota.solver.row import Row, Sum, begun
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Duty
from rota.solver.staff_rota.rules.kinds import TeamRule
from rota.solver.staff_rota.solution import Rota, Scope


class DutyRule(TeamRule):
    """A rule about the number of people on each duty."""

    lead_duties = False

    def wanted(self, duty: Duty) -> int:
        """Say how many people the rule wants on a duty at least."""
        return 0

    def duties(self, scope: Scope) -> Iterator[Duty]:
        for session in scope.among(self.problem.duties_in):
            for duty in self.problem.duties_in[session]:
                if duty.lead == self.lead_duties:
                    yield duty

    def rows(self, cells: Placements) -> Iterator[Row]:
        for duty in self.duties(Scope()):
            if wanted := self.wanted(duty):
                missing = cells.cover_of(duty) * -1
                yield self.row(f"duty {duty.number} short", missing, -wanted, times=duty.weight_short)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for duty in self.duties(scope):
            wanted = self.wanted(duty)
            if wanted and (short := wanted - seen.cover_of(duty)) > 0:
                said = f"is {short} short of {self.said_of(wanted)}"
                yield self.tell(duty, short, said, duty.weight_short)

    def said_of(self, wanted: int) -> str:
        """Name the number wanted."""
        return str(wanted)

    def tell(self, duty: Duty, size: int, said: str, times: int) -> Finding:
        """Tell of a duty."""
        place = self.problem.site_by_code[duty.site].name if duty.site else "remote"
        sentence = f"{duty.activity} ({duty.role_group}, {place}) on {self.when(duty.session)} {said}."
        about = f"{duty.activity}, {duty.role_group}, {place}"
        return self.finding(
            size,
            about,
            sentence,
            peers=sentence,
            times=times,
            session=duty.session,
            duty=duty.number,
        )


class MinimumCover(DutyRule):
    card = Card(
        code="R06",
        name="Minimum cover",
        words="Each duty has at least its minimum number of people; what is missing is named.",
        source="Demand templates",
        severity="soft",
        tier="T1",
        weight=100,
    )

    def wanted(self, duty: Duty) -> int:
        return duty.minimum

    def said_of(self, wanted: int) -> str:
        return f"its minimum of {wanted}"


class DesiredCover(DutyRule):
    card = Card(
        code="R07",
        name="Optimal cover",
        words="Each duty should have its desired number of people.",
        source="Demand templates",
        severity="soft",
        tier="T2",
        weight=30,
    )

    def wanted(self, duty: Duty) -> int:
        return duty.desired

    def said_of(self, wanted: int) -> str:
        return f"the {wanted} desired"


class OverCover(DutyRule):
    card = Card(
        code="R08",
        name="Over-cover",
        words="No duty should have more people than it can use, learners included.",
        source="Demand templates",
        severity="soft",
        tier="T2",
        weight=5,
    )

    def duties(self, scope: Scope) -> Iterator[Duty]:
        # A clinic has numbers of its own, and places for learners beside its seats (C01).
        yield from (duty for duty in super().duties(scope) if duty.number not in self.problem.clinics.seat_of)

    def rows(self, cells: Placements) -> Iterator[Row]:
        for duty in self.duties(Scope()):
            on = Sum.of(cell for cell, _ in cells.present_on(duty))
            yield self.row(f"duty {duty.number} over", on, duty.usable, times=duty.weight_over)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for duty in self.duties(scope):
            if over := begun(len(seen.present_on(duty)) - duty.usable, 1):
                said = f"has {over} more than the {duty.usable} it can use"
                yield self.tell(duty, over, said, duty.weight_over)


class DutyLead(DutyRule):
    card = Card(
        code="R10",
        name="Duty doctor, on-the-day lead",
        words="Each lead duty has exactly one holder.",
        source="Local policy; GMS contract: urgent need is met on the day",
        severity="soft",
        tier="T1",
        weight=90,
    )
    lead_duties = True

    def wanted(self, duty: Duty) -> int:
        return 1

    def said_of(self, wanted: int) -> str:
        return "its one holder"

    def rows(self, cells: Placements) -> Iterator[Row]:
        yield from super().rows(cells)
        for duty in self.duties(Scope()):
            on = Sum.of(cell for cell, _ in cells.present_on(duty))
            yield self.row(f"duty {duty.number} led twice", on, 1, times=duty.weight_over)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        yield from super().found_in(seen, scope)
        for duty in self.duties(scope):
            if (over := len(seen.present_on(duty)) - 1) > 0:
                said = f"has {over + 1} holders instead of one"
                yield self.tell(duty, over, said, duty.weight_over)


class Supernumerary(TeamRule):
    """R13 has no rows of its own: while it is on, `Problem.counts_as_cover` leaves supernumerary learners
    out.
    """

    card = Card(
        code="R13",
        name="Supernumerary",
        words="A supernumerary learner never counts to cover.",
        source="Training and funding rules of each programme",
        severity="H0",
        tier="T1",
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        return iter(())

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        return iter(())
