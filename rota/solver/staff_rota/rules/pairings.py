"""R36: people who are kept apart, and people who work only beside somebody."""

from collections.abc import Iterator

from rota.solver.row import Row
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Commitment, Duty, Pairing
from rota.solver.staff_rota.rules.kinds import TeamRule
from rota.solver.staff_rota.solution import Rota, Scope

NOT_FOR_PEERS = "Not available."


class Pairings(TeamRule):
    """Remote work is not beside anybody."""

    card = Card(
        code="R36",
        name="Pair with, keep apart",
        words="Some people are never at one site in the same session; some work only where another does.",
        source="Agreements of managers with those concerned; the reason is for managers alone",
        severity="H1",
        tier="T4",
        weight=8,
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for pairing in self._known():
            one, other = (
                cells.pattern_of(self.problem.person_by_key[key]) for key in (pairing.one, pairing.other)
            )
            places = {(duty.session, duty.site) for _, duty in one.cells if duty.site}
            places |= {(each.session, each.site) for each in one.person.commitments if each.site}
            for session, site in sorted(places, key=str):
                here, there = one.at(session, site), other.at(session, site)
                amount = here + there - 1 if pairing.apart else here - there
                name = f"{one.person.name} and {other.person.name} at {site} in session {session}"
                yield self.row(name, amount, 0, soft=not pairing.firm)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for pairing in self._known():
            here, there = (places_of(seen, key) for key in (pairing.one, pairing.other))
            for session, site in sorted(here & there if pairing.apart else here - there):
                if scope.sessions is None or session in scope.sessions:
                    yield self._tell(pairing, session, site)

    def _tell(self, pairing: Pairing, session: int, site: str) -> Finding:
        one, other = (self.problem.person_by_key[key].name for key in (pairing.one, pairing.other))
        where = f"at {self.problem.site_by_code[site].name} on {self.when(session)}"
        said = (
            f"{one} and {other}, who are kept apart, are both {where}"
            if pairing.apart
            else f"{one} is {where} without {other}"
        )
        sentence = f"{said}: {pairing.why}." if pairing.why else f"{said}."
        # With the person named, whoever may not know why they are away is told what peers are.
        return self.finding(
            1,
            one,
            sentence,
            peers=NOT_FOR_PEERS,
            soft=not pairing.firm,
            person=pairing.one,
            session=session,
        )

    def _known(self) -> Iterator[Pairing]:
        """Give the pairings of people who are planned here."""
        people = self.problem.person_by_key
        yield from (each for each in self.problem.pairings if each.one in people and each.other in people)


def places_of(seen: Rota, key: str) -> set[tuple[int, str]]:
    """Give the sessions in which somebody is at a site, on a duty and not away, or on a commitment."""
    person = seen.problem.person_by_key[key]
    duties = [duty for duty in seen.duties_of(person) if duty.session not in person.absent]
    work: list[Duty | Commitment] = [*duties, *person.commitments]
    return {(each.session, each.site) for each in work if each.site}
