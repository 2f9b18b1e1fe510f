"""R37 and R38: a stream that may pay for each session, and what bank, locum and agency staff cost."""

from collections.abc import Iterator

from rota.solver.row import Sum
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Pattern
from rota.solver.staff_rota.problem import Duty, Person
from rota.solver.staff_rota.rules.kinds import CellRule, PersonRule
from rota.solver.staff_rota.solution import Rota


class FundingEligibility(CellRule):
    """Places made by hand are charged to nobody's stream, and a learner who is supernumerary to no line's."""

    card = Card(
        code="R37",
        name="Funding eligibility",
        words="Each session can be charged to a stream that allows the role and the activity.",
        source="The contract or scheme behind each stream",
        severity="H1",
        tier="T2",
        weight=20,
    )

    def stops(self, person: Person, duty: Duty) -> str | None:
        streams = [stream for stream in (*duty.streams, *person.streams) if stream in self.problem.payers]
        learns = person.learner is not None and person.learner.supernumerary
        if not duty.streams or not streams or learns:
            return None
        payers = [self.problem.payers[stream] for stream in streams]
        if any(person.role in payer.roles and duty.activity in payer.activities for payer in payers):
            return None
        return f"No funding stream of {person.name} or of {duty.activity} allows this role and activity."


class PoolCost(PersonRule):
    card = Card(
        code="R38",
        name="Cost of bank, locum and agency staff",
        words="Sessions go to own staff first, then to the bank, then to locums, and to an agency last.",
        source="Local budget",
        severity="soft",
        tier="T5",
        weight=1,
        parameters={"bank": 3, "locum": 8, "agency": 15},
        parameter_words={
            "bank": "cost of a session of somebody on the bank",
            "locum": "cost of a session of a locum",
            "agency": "cost of a session of somebody from an agency",
        },
    )

    def enforce(self, person: Person, pattern: Pattern) -> None:
        sessions = Sum.of(cell for cell, _ in pattern.cells)
        pattern.add(self.row(f"{person.name} costs more", sessions, 0, times=self._price(person)))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        if number := len(seen.duties_of(person)):
            said = f"{person.name} ({person.contract}) works {number} session{'s' if number > 1 else ''}."
            yield self.finding(number, person.name, said, times=self._price(person), person=person.key)

    def binds(self, person: Person) -> bool:
        return super().binds(person) and person.contract in self.card.parameters

    def _price(self, person: Person) -> int:
        return self.number(person.contract)
