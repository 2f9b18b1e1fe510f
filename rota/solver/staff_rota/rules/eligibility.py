"""R02 to R05: may this person take this duty at all?"""

from rota.solver.rule import Card
from rota.solver.staff_rota.problem import Duty, Person
from rota.solver.staff_rota.rules.kinds import CellRule


class Availability(CellRule):
    card = Card(
        code="R02",
        name="Availability",
        words="Nobody is placed where leave, their pattern or another job makes them unavailable, or at a "
        "site that is closed; learners work where their placement is.",
        source="Approved leave, working patterns, closures and published placements",
        severity="H0",
        tier="T1",
    )

    def stops(self, person: Person, duty: Duty) -> str | None:
        if duty.shut:
            return f"{duty.site} is closed on {self.when(duty.session)}: {duty.shut}."
        base = person.placed_at.get(duty.session, duty.site)
        if duty.site not in (None, base):
            return f"{person.name} is on a placement at {base} on {self.when(duty.session)}."
        if duty.session not in person.unavailable:
            return None
        reason = person.unavailable[duty.session]
        return f"{person.name} is unavailable on {self.when(duty.session)}: {reason}."


class Skills(CellRule):
    card = Card(
        code="R03",
        name="Skill and role requirement",
        words="Whoever takes a duty has a role that may cover it and every competency it asks for.",
        source="Job descriptions and local competency sign-off",
        severity="H0",
        tier="T1",
    )

    def stops(self, person: Person, duty: Duty) -> str | None:
        if person.role not in duty.roles:
            return f"{person.name} does not have a role that covers {duty.role_group}."
        if missing := duty.competencies - person.competencies:
            said = ", ".join(sorted(missing)).replace("_", " ")
            return f"{person.name} is not signed off for {said}."
        return None

    def peers_are_told(self, person: Person) -> str:
        return f"{person.name} does not do this kind of duty."


class Credentials(CellRule):
    card = Card(
        code="R04",
        name="Registration, DBS and indemnity valid",
        words="On the day of the session every credential that the role requires is in date.",
        source="Professional regulators: a lapsed registration bars practice; local policy for the rest",
        severity="H0",
        tier="T1",
    )

    def stops(self, person: Person, duty: Duty) -> str | None:
        day = duty.starts.date()
        for kind in sorted(self.problem.required_credentials.get(person.role, ())):
            held = [credential.expires for credential in person.credentials if credential.kind == kind]
            if not held:
                return f"{person.name} has no {kind} on record."
            if None in held:
                continue
            if (latest := max(expires for expires in held if expires)) < day:
                return f"{person.name}: {kind} runs out on {latest.day} {latest:%B}, before this duty."
        return None


class Induction(CellRule):
    card = Card(
        code="R05",
        name="Site induction done",
        words="People work only at sites where they have had their induction.",
        source="Local policy",
        severity="H1",
        tier="T1",
    )

    def stops(self, person: Person, duty: Duty) -> str | None:
        if duty.site is None:
            return None
        inducted = person.inductions.get(duty.site)
        if inducted is not None and inducted <= duty.starts.date():
            return None
        return f"{person.name} has had no induction at {self.problem.site_by_code[duty.site].name} by then."
