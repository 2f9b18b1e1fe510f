"""The kinds of staff rota rules: about one cell, about one person, about people together."""

from abc import abstractmethod
from collections.abc import Iterator

from rota.solver.row import Sum
from rota.solver.rule import Finding, LinkingRule, PersonalRule, RuleChoice
from rota.solver.staff_rota.placements import Pattern, Placements
from rota.solver.staff_rota.problem import Duty, Person, Problem
from rota.solver.staff_rota.solution import Rota, Scope


class PersonRule(PersonalRule[Person, Pattern, Rota]):
    """A rule about one person's pattern."""

    def __init__(self, choice: RuleChoice, problem: Problem) -> None:
        super().__init__(choice)
        self.problem = problem

    def binds(self, person: Person) -> bool:
        return self.choice.covers(person.contract)

    def when(self, session: int) -> str:
        """Say a session in words."""
        return self.problem.session_by_number[session].said


class CellRule(PersonRule):
    """A rule about one person on one duty, whatever else they do: it says why they may not."""

    @abstractmethod
    def stops(self, person: Person, duty: Duty) -> str | None:
        """Say in a sentence for managers why this person may not take this duty, or None."""

    def peers_are_told(self, person: Person) -> str:
        """Say the same to peers, who need not know the reason."""
        return f"{person.name} is not available."

    def enforce(self, person: Person, pattern: Pattern) -> None:
        for cell, duty in pattern.cells:
            if self.stops(person, duty):
                pattern.add(self.row(f"keeps {person.name} off duty {duty.number}", Sum.of([cell]), 0))

    def found_in(self, person: Person, seen: Rota) -> Iterator[Finding]:
        for duty in seen.duties_of(person):
            if said := self.stops(person, duty):
                yield self.about(person, duty, said)

    def about(self, person: Person, duty: Duty, said: str) -> Finding:
        """Tell of this person on this duty."""
        return self.finding(
            1,
            person.name,
            said,
            peers=self.peers_are_told(person),
            person=person.key,
            session=duty.session,
            duty=duty.number,
        )


class HumanRule(PersonRule):
    """A rule about all that one human works: of whoever has several posts it says nothing by itself."""

    def binds(self, person: Person) -> bool:
        return super().binds(person) and person.individual not in self.problem.posts_of


class TeamRule(LinkingRule[Placements, Rota, Scope]):
    """A rule that ties people together."""

    def __init__(self, choice: RuleChoice, problem: Problem) -> None:
        super().__init__(choice)
        self.problem = problem

    def when(self, session: int) -> str:
        """Say a session in words."""
        return self.problem.session_by_number[session].said


def hours_said(minutes: float) -> str:
    """Say a length of time: '4 hours 10 minutes'."""
    parts = zip(divmod(round(minutes), 60), ("hour", "minute"), strict=True)
    said = [f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number]
    return " ".join(said) or "0 hours"


StaffRule = PersonRule | TeamRule
