"""R30 and R33: practices get their share of shared roles, and unpopular sessions are shared out."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from rota.solver.result import TIERS
from rota.solver.row import Row, Sum, begun, total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Duty, Person, Problem
from rota.solver.staff_rota.rules.kinds import TeamRule
from rota.solver.staff_rota.solution import Plan, Rota, Scope

FULL_POST = 100


class FairShare(TeamRule):
    card = Card(
        code="R30",
        name="Fair share across practices",
        words="Each practice gets its agreed part of the sessions of a shared role.",
        source="Network agreement",
        severity="soft",
        tier="T2",
        weight=15,
        parameters={"tolerance": 1},
        parameter_words={"tolerance": "sessions below its share that a practice bears without cost"},
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for group, shares in sorted(self.problem.shares.items()):
            at = {
                organisation: total(cells.cover_of(duty) for duty in self._duties(group, {organisation: 0}))
                for organisation in shares
            }
            everywhere = total(at.values())
            for organisation, percent in sorted(shares.items()):
                short = everywhere * percent - at[organisation] * 100
                name = f"{organisation} has its share of {group}"
                yield self.row(name, short, 100 * self.number("tolerance"), unit=100)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        if not scope.is_everything:
            return
        for group, shares in sorted(self.problem.shares.items()):
            at = {
                organisation: sum(seen.cover_of(duty) for duty in self._duties(group, {organisation: 0}))
                for organisation in shares
            }
            for organisation, percent in sorted(shares.items()):
                short = sum(at.values()) * percent - at[organisation] * 100
                if size := begun(short - 100 * self.number("tolerance"), 100):
                    said = f"{organisation} has {at[organisation]} of {sum(at.values())} {group} sessions"
                    yield self.finding(size, organisation, f"{said}; its share is {percent}%.")

    def _duties(self, group: str, organisations: Mapping[str, int]) -> list[Duty]:
        site_by_code = self.problem.site_by_code
        return [
            duty
            for duty in self.problem.duties
            if duty.role_group == group
            and duty.site
            and site_by_code[duty.site].organisation in organisations
        ]


def weight_of(wte: int) -> int:
    """Say what one session weighs for somebody, in hundredths of what it weighs on a full post."""
    return round(100 * FULL_POST / wte)


def common_share(burdens: int, wtes: Iterable[int]) -> int:
    """Give the share of so many burdens that a full post would have, in hundredths of a session."""
    return 100 * FULL_POST * burdens // max(1, sum(wtes))


def bearers_of(problem: Problem, burden: str) -> list[Person]:
    """Give those among whom a burden is shared: of a role that covers such sessions, and free in one."""
    sessions = problem.unpopular[burden]
    roles = {role for number in sessions for duty in problem.duties_in[number] for role in duty.roles}
    return [
        person
        for person in problem.people
        if person.role in roles
        # Who has borne some of it is counted, or what they did would be laid upon the others.
        and (person.history.unpopular.get(burden) or not sessions <= person.unavailable.keys())
    ]


def share_in(problem: Problem, burden: str) -> int:
    """Give the common share of a burden for a full post, past months counted in."""
    people = bearers_of(problem, burden)
    wanted = sum(duty.desired for number in problem.unpopular[burden] for duty in problem.duties_in[number])
    past = sum(person.history.unpopular.get(burden, 0) for person in people)
    return common_share(wanted + past, (person.wte for person in people))


def borne_in(problem: Problem, plan: Plan, burden: str) -> dict[str, int]:
    """Count the sessions of a burden that each person bears in a plan."""
    seen = Rota(problem, plan)
    sessions = problem.unpopular[burden]
    return {person.key: len(seen.sessions_of(person) & sessions) for person in problem.people}


class UnpopularSessions(TeamRule):
    """First the most loaded has the least, then (tier T3b) each further step above the common share costs
    more.
    """

    card = Card(
        code="R33",
        name="Equity of unpopular sessions",
        words="Unpopular sessions of each kind are shared by whole-time equivalent, past months counted in.",
        source="Local policy; fairness as: the most loaded has the least, then the next",
        severity="soft",
        tier="T3",
        weight=1,
        parameters={"steps": 3},
        parameter_words={"steps": "how many sessions above the common share cost more and more"},
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for burden, sessions in sorted(self.problem.unpopular.items()):
            for person in self.problem.people:
                load = self._load(cells, person, burden, sessions)
                yield self.row(f"{person.name} has most {burden}", load, 0, unit=100, slack=f"most {burden}")
                for step in range(self.number("steps")):
                    allowed = self._share[burden] + 100 * step
                    name = f"{person.name} {step} above the share of {burden}"
                    yield self.row(name, load, allowed, unit=100, tier=self._later_tier)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        worked = {
            person.key: seen.sessions_of(person)
            for person in self.problem.people
            if scope.has_person(person.key)
        }
        for burden, sessions in sorted(self.problem.unpopular.items()):
            loads = {
                key: self._weight(key) * (len(mine & sessions) + self._past(key, burden))
                for key, mine in worked.items()
            }
            if scope.people is None and loads:
                yield from self._tell_most(burden, loads)
            for key, load in loads.items():
                yield from self._tell_above(burden, key, load)

    def _load(self, cells: Placements, person: Person, burden: str, sessions: frozenset[int]) -> Sum:
        worked = total(cells.works_in(person, session) for session in sorted(sessions))
        return (worked + self._past(person.key, burden)) * self._weight(person.key)

    def _past(self, key: str, burden: str) -> int:
        return self.problem.person_by_key[key].history.unpopular.get(burden, 0)

    def _weight(self, key: str) -> int:
        return weight_of(self.problem.person_by_key[key].wte)

    @property
    def _later_tier(self) -> str:
        later = f"{self.choice.tier}b"
        return later if later in TIERS else self.choice.tier

    @cached_property
    def _share(self) -> dict[str, int]:
        return {burden: share_in(self.problem, burden) for burden in self.problem.unpopular}

    def _tell_most(self, burden: str, loads: dict[str, int]) -> Iterator[Finding]:
        key = max(loads, key=lambda each: loads[each])
        if size := begun(loads[key], 100):
            name = self.problem.person_by_key[key].name
            said = f"{name} has most {burden}: as many as {loads[key] / 100:g} on a full post."
            yield self.finding(size, name, said)

    def _tell_above(self, burden: str, key: str, load: int) -> Iterator[Finding]:
        steps = range(self.number("steps"))
        above = load - self._share[burden]
        if size := sum(begun(above - 100 * step, 100) for step in steps):
            name = self.problem.person_by_key[key].name
            said = f"{name} has {begun(above, 100)} more {burden} than the common share."
            yield self.finding(size, name, said, tier=self._later_tier, person=key)
