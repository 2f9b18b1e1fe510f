"""R30 and R33: practices get their share of shared roles, and unpopular sessions are shared out."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from rota.solver.row import Row, begun, total
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Duty, Person, Problem
from rota.solver.staff_rota.rules.kinds import TeamRule
from rota.solver.staff_rota.solution import Plan, Rota, Scope

FULL_POST = 100
# How heights above the common share are put in order: so many to a rank, so many ranks, and what a height
# weighs against the one below it.
HEIGHTS, RANKS, STEEPNESS = 3, 4, 8


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
    """The most loaded has the least, then the next, and so on down to the common share.

    Loads count in begun sessions of a full post above the common share. Each session costs in the rank of its
    height, and higher ranks come first: what is least in that order is leximin, unless eight others or more
    would bear more for one to bear less. Whoever can take none of a burden is compared with nobody.
    """

    card = Card(
        code="R33",
        name="Equity of unpopular sessions",
        words="Unpopular sessions of each kind are shared by whole-time equivalent, past months counted in.",
        source="Local policy; fairness as: the most loaded has the least, then the next",
        severity="soft",
        tier="T3",
        weight=1,
    )

    def rows(self, cells: Placements) -> Iterator[Row]:
        for burden, sessions in sorted(self.problem.unpopular.items()):
            for person in self._compared[burden]:
                worked = total(cells.works_in(person, session) for session in sorted(sessions))
                load = (worked + past_of(person, burden)) * weight_of(person.wte)
                for height in range(begun(load.greatest - self._share[burden], 100)):
                    name = f"{person.name} {height} above the share of {burden}"
                    allowed = self._share[burden] + 100 * height
                    rank, times = order_of(height)
                    yield self.row(name, load, allowed, unit=100, times=times, rank=rank)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for burden, sessions in sorted(self.problem.unpopular.items()):
            for person in self._compared[burden]:
                if scope.has_person(person.key):
                    worked = len(seen.sessions_of(person) & sessions)
                    load = (worked + past_of(person, burden)) * weight_of(person.wte)
                    yield from self._tell(burden, person, begun(load - self._share[burden], 100))

    def _tell(self, burden: str, person: Person, above: int) -> Iterator[Finding]:
        if above:
            said = f"{person.name} is {above} above the common share of {burden}, counted on a full post."
            size = sum((above - height) * order_of(height)[1] for height in range(above))
            yield self.finding(size, person.name, said, person=person.key)

    @cached_property
    def _share(self) -> dict[str, int]:
        return {burden: share_in(self.problem, burden) for burden in self.problem.unpopular}

    @cached_property
    def _compared(self) -> dict[str, list[Person]]:
        return {
            burden: [person for person in bearers_of(self.problem, burden) if can_bear(person, sessions)]
            for burden, sessions in self.problem.unpopular.items()
        }


def order_of(height: int) -> tuple[int, int]:
    """Give the rank of a session so many above the common share, and how often it counts there.

    Each rank costs the search a round of its own, so three heights share one, each far above the one below.

    >>> [order_of(height) for height in (0, 1, 2, 3, 11, 30)]
    [(0, 1), (0, 8), (0, 64), (1, 1), (3, 64), (3, 64)]
    """
    rank = min(height // HEIGHTS, RANKS - 1)
    return rank, STEEPNESS ** min(height - HEIGHTS * rank, HEIGHTS - 1)


def past_of(person: Person, burden: str) -> int:
    """Count the sessions of a burden that somebody has borne in the months before."""
    return person.history.unpopular.get(burden, 0)


def can_bear(person: Person, sessions: frozenset[int]) -> bool:
    """Say whether somebody is free in any of these sessions, or works in one already."""
    spoken_for = {commitment.session for commitment in person.commitments}
    return not sessions <= person.unavailable.keys() or not sessions.isdisjoint(spoken_for)
