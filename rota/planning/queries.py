"""From the rows of a rota version to a problem for the solver, in the same few statements at any size."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property
from typing import Any

from network.organisations.records import Site as SiteRow
from network.organisations.rules import travel_minutes
from network.plumbing.database import today
from network.vocabulary import Activity, ContractType, SessionKind
from rota.agreed.rules import cadences_among, pairings_among
from rota.basis.rules import basis_of
from rota.facts.queries import Facts, facts_of
from rota.funding.rules import agreement_on, shares_on
from rota.holds.rules import meetings_in
from rota.placed.queries import HandMade, Place, Placed, numbers_of, placed_in
from rota.planning.rules import PAYING
from rota.roster.queries import Roster, eves_between
from rota.roster.rules import NOT_CLINICAL, ORDER, USUAL_HOURS, Hours, Time, burden_of, on_day, sessions_of
from rota.rotas.queries import find_chosen_version
from rota.rotas.records import DemandLine, RotaVersion
from rota.solver.staff_rota import Breach, Duty, Memory, Person, Placement, Plan, Problem, Session, Site
from rota.solver.staff_rota.archive import input_hash
from rota.solver.staff_rota.solution import Rota
from rota.staff.records import RotaMember

Cell = tuple[date, SessionKind]


@dataclass(frozen=True)
class Planned:
    """A version as the solver sees it: the problem, the plan as it stands, and what the duties stand for."""

    problem: Problem
    plan: Plan
    places: Mapping[int, Place]
    sites: Mapping[uuid.UUID, SiteRow]
    members: Mapping[uuid.UUID, RotaMember]
    times: Mapping[uuid.UUID, Time]
    marks: dict[tuple[Session, ...], str]
    memory: Memory

    @cached_property
    def hash(self) -> str:
        """Mark the facts a rota is filled on: not what a manager set by hand, and not the day it is."""
        if self.problem.sessions not in self.marks:
            self.marks[self.problem.sessions] = input_hash(self.facts)
        return self.marks[self.problem.sessions]

    @property
    def facts(self) -> Problem:
        """The problem without what a manager set by hand, and on no day in particular."""
        duties = tuple(
            duty for duty in self.problem.duties if isinstance(self.places[duty.number], DemandLine)
        )
        return replace(self.problem, duties=duties, pins=(), published=(), today=self.problem.sessions[0].day)

    @property
    def basis(self) -> dict[str, Any]:
        """The facts in brief, so that what changes later can be named."""
        return basis_of(self.facts, self.times)

    @cached_property
    def rota(self) -> Rota:
        """The plan, looked at."""
        return Rota(self.problem, self.plan)

    @cached_property
    def breaches(self) -> tuple[Breach, ...]:
        """The hard rules that the plan breaks."""
        return self.memory.breaches(self.rota)

    @cached_property
    def number_of(self) -> dict[uuid.UUID | HandMade, int]:
        """The number of each line's duty, and of each place made by hand."""
        return numbers_of(self.places)

    @cached_property
    def session_of(self) -> dict[Cell, Session]:
        return {(session.day, SessionKind(session.kind)): session for session in self.problem.sessions}


def planned_for(version: RotaVersion, facts: Facts | None = None) -> Planned:
    """Read all that a version's rota depends on, as far as it is not given, and build it."""
    period = version.period
    published = find_chosen_version(period.id)
    facts = facts or facts_of(period)
    told: list[Placed] = []
    if published is not None and published.id != version.id:
        # What people were told stays as it is, whatever is drafted meanwhile.
        if published.id not in facts.told:
            facts.told[published.id] = placed_in(published.id)
        told = facts.told[published.id]
    return _Builder(version=version, assignments=[*placed_in(version.id), *told], facts=facts).build()


@dataclass(frozen=True)
class _Builder:
    """Rows at hand, put together."""

    version: RotaVersion
    assignments: Sequence[Placed]
    facts: Facts

    @property
    def roster(self) -> Roster:
        return self.facts.roster

    def _people(self) -> tuple[Person, ...]:
        if self.sessions not in self.facts.people:
            self.facts.people[self.sessions] = self.roster.people(self.sessions, self.hours)
        return self.facts.people[self.sessions]

    def _memory(self) -> Memory:
        known = self.facts.memories
        if self.sessions not in known:
            known[self.sessions] = Memory(fixed=len(self.facts.lines))
        return known[self.sessions]

    def build(self) -> Planned:
        drafted = [row for row in self.assignments if row.version_id == self.version.id]
        told = [row for row in self.assignments if row.version_id != self.version.id]
        members = {member.id: member for member in self.roster.members}
        problem = Problem(
            sessions=self.sessions,
            sites=tuple(self._site(site) for site in self.facts.sites),
            people=self._people(),
            duties=self._duties(),
            rules=self.facts.rules,
            today=today(),
            pins=self._placements(row for row in drafted if row.is_pinned),
            published=self._placements(told),
            required_credentials=self.roster.required,
            shares=self._shares(),
            unpopular=self._unpopular(),
            patients=self.facts.patients,
            payers=PAYING,
            pairings=pairings_among(self.facts.pairings, self.roster.posts_of),
            cadences=cadences_among(self.facts.pairings),
            clinics=self.facts.standing.clinics(self.facts.numbers, self.numbers, self.codes),
            meetings=meetings_in(self.roster.kept, self.roster.members_of, self.sessions, self.hours),
        )
        return Planned(
            problem=problem,
            plan=Plan.of(self._placements(drafted)),
            places=self.places,
            sites={site.id: site for site in self.facts.sites},
            members=members,
            times=self.roster.times,
            marks=self.facts.marks,
            memory=self._memory(),
        )

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        period = self.version.period
        made = {(place.day, place.kind) for place in self.made}
        return sessions_of(period.starts_on, period.ends_on, self.facts.wanted | made)

    @property
    def hours(self) -> dict[tuple[uuid.UUID | None, int], Hours]:
        """When each session is held at each site, and where there is no site."""
        if self.sessions not in self.facts.hours:
            self.facts.hours[self.sessions] = self._hours()
        return self.facts.hours[self.sessions]

    def _hours(self) -> dict[tuple[uuid.UUID | None, int], Hours]:
        openings: dict[tuple[uuid.UUID | None, int, SessionKind], tuple[time, time]] = {
            (site.id, opening.weekday, opening.kind): (opening.starts_at, opening.ends_at)
            for site in self.facts.sites
            for opening in site.openings
        }
        found = {}
        for session in self.sessions:
            kind = SessionKind(session.kind)
            for site_id in (None, *(site.id for site in self.facts.sites)):
                starts, ends = openings.get((site_id, session.day.weekday(), kind), USUAL_HOURS[kind])
                found[site_id, session.number] = on_day(session.day, starts), on_day(session.day, ends)
        return found

    @cached_property
    def numbers(self) -> dict[Cell, int]:
        return {(session.day, SessionKind(session.kind)): session.number for session in self.sessions}

    @property
    def codes(self) -> dict[uuid.UUID | None, str]:
        return self.facts.codes

    @cached_property
    def places(self) -> dict[int, Place]:
        """Number the lines, then the places made by hand, in an order that only their content decides."""

        def order(place: HandMade) -> tuple[date, int, str, str, str]:
            site = self.codes.get(place.site_id, "")
            return place.day, ORDER[place.kind], site, place.role_group, place.activity

        made = sorted(self.made, key=order)
        return {**self.facts.numbered, **dict(enumerate(made, len(self.facts.lines)))}

    @cached_property
    def made(self) -> Counter[HandMade]:
        """Count who stands in each place made by hand."""
        return Counter(row.place for row in self.assignments if isinstance(row.place, HandMade))

    @cached_property
    def number_of(self) -> dict[uuid.UUID | HandMade, int]:
        found: dict[uuid.UUID | HandMade, int] = {id: number for id, number in self.facts.numbers.items()}
        made = {number: place for number, place in self.places.items() if isinstance(place, HandMade)}
        return found | numbers_of(made)

    def _placements(self, rows: Iterable[Placed]) -> tuple[Placement, ...]:
        """Give rows as placements, without those of people who are not planned any more."""
        keys = {member.id: str(member.id) for member in self.roster.members}
        return tuple(
            Placement(keys[row.member_id], self.number_of[row.place]) for row in rows if row.member_id in keys
        )

    def _site(self, site: SiteRow) -> Site:
        rooms = Counter(room.kind.value for room in site.rooms if room.bookable)
        travel = {other.code: travel_minutes(site, other) for other in self.facts.sites if other is not site}
        return Site(site.code, site.name, site.organisation.short_name, dict(rooms), travel)

    def _duties(self) -> tuple[Duty, ...]:
        """Give the lines, worked out once, and the places made by hand, which come after them."""
        known = self.facts.duties
        if self.sessions not in known:
            lines = self.facts.numbered.items()
            known[self.sessions] = tuple(self._duty(number, line) for number, line in lines)
        made = list(self.places.items())[len(self.facts.lines) :]
        return (*known[self.sessions], *(self._duty(number, place) for number, place in made))

    def _duty(self, number: int, place: Place) -> Duty:
        session = self.numbers[place.day, place.kind]
        starts, ends = self.hours[place.site_id, session]
        bare = Duty(
            number=number,
            session=session,
            site=self.codes.get(place.site_id),
            activity=place.activity.label,
            role_group=place.role_group.label,
            roles=frozenset(role.value for role in place.role_group.roles),
            starts=starts,
            ends=ends,
            maximum=self.made[place] if isinstance(place, HandMade) else place.maximum,
            clinical=place.activity not in NOT_CLINICAL,
        )
        if isinstance(place, HandMade):
            return bare
        shut = self.roster.shut_at.get(place.site_id, {})
        if why := shut.get((place.day, None)) or shut.get((place.day, place.kind)):
            # The site closed after the rota had its lines: nobody is wanted there any more.
            return replace(bare, shut=why)
        return replace(
            bare,
            minimum=place.minimum,
            desired=place.desired,
            competencies=frozenset(place.competencies),
            room=place.room.value if place.room else None,
            streams=(place.funding.value,),
            lead=place.activity is Activity.DUTY,
            extended=place.activity is Activity.ENHANCED_ACCESS,
        )

    def _shares(self) -> dict[str, dict[str, int]]:
        """Share what the network's own roles give among the practices, as agreed or by their lists (R30)."""
        names = {site.organisation_id: site.organisation.short_name for site in self.facts.sites}
        lists = {
            site.organisation_id: site.organisation.list_size
            for site in self.facts.sites
            if site.organisation.list_size
        }
        shared = {
            member.engagement.role
            for member in self.roster.members
            if member.engagement.contract is ContractType.ADDITIONAL_ROLES
        }
        day, agreements = self.version.period.starts_on, self.facts.agreements
        groups = self.facts.groups
        return {
            group.label: {
                names[organisation_id]: percent
                for organisation_id, percent in shares_on(agreements, group, day, lists).items()
                if organisation_id in names
            }
            for group in sorted(groups)
            if group.roles & shared or agreement_on(agreements, group, day)
        }

    def _unpopular(self) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        eves = eves_between(self.version.period.starts_on, self.version.period.ends_on)
        for (day, kind), number in self.numbers.items():
            if burden := burden_of(day, kind, is_eve=day in eves):
                found.setdefault(burden, set()).add(number)
        return {burden: frozenset(numbers) for burden, numbers in sorted(found.items())}
