"""Which room each person has on a day of a rota: worked out anew for whoever looks, and kept nowhere."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from network.access.rules import Actor
from network.organisations.records import Room as RoomRow
from network.organisations.records import Site as SiteRow
from network.vocabulary import SessionKind
from rota.cover.wording import KIND_LABELS
from rota.facts.queries import remembered_facts_of
from rota.planning.queries import Planned, planned_for
from rota.rotas.queries import get_version_for
from rota.rotas.records import RotaVersion
from rota.solver.staff_rota import Placement, Plan, Session
from rota.solver.staff_rota.rooms import Room, rooms_for


@dataclass(frozen=True)
class RoomUsed:
    """One room, and who has it in each session of the day: nobody, or several one after another."""

    name: str
    kind: str
    people: tuple[tuple[str, ...], ...]

    @property
    def is_free(self) -> bool:
        return not any(self.people)


@dataclass(frozen=True)
class SiteRooms:
    """The rooms of one site on a day, and who finds none."""

    name: str
    rooms: tuple[RoomUsed, ...]
    without: tuple[str, ...]


@dataclass(frozen=True)
class RoomsOfDay:
    """The rooms of a rota on one of its days."""

    version: RotaVersion
    planned: Planned
    day: date

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the week looked at."""
        return tuple(
            day for day in self.planned.problem.days if day.isocalendar()[:2] == self.day.isocalendar()[:2]
        )

    @property
    def before(self) -> date | None:
        """The last day before this week."""
        return max((day for day in self.planned.problem.days if day < self.days[0]), default=None)

    @property
    def after(self) -> date | None:
        """The first day after this week."""
        return min((day for day in self.planned.problem.days if day > self.days[-1]), default=None)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Name the sessions in which rooms are needed."""
        return tuple(KIND_LABELS[SessionKind(session.kind)] for session in self._sessions)

    @cached_property
    def sites(self) -> tuple[SiteRooms, ...]:
        """The sites at which somebody needs a room, by name."""
        at = {
            site: [
                need for need in self._needs if self.planned.problem.duty_by_number[need.duty].site == code
            ]
            for site in self.planned.sites.values()
            for code in [site.code]
        }
        return tuple(
            self._site(site, needs)
            for site, needs in sorted(at.items(), key=lambda each: each[0].name)
            if needs
        )

    @cached_property
    def _needs(self) -> tuple[Placement, ...]:
        """Give those who need a room on the day and are there, in order of time."""
        problem = self.planned.problem
        today = {session.number for session in problem.sessions_on.get(self.day, ())}
        found = [
            placement
            for placement in self.planned.plan.placements
            for duty in [problem.duty_by_number[placement.duty]]
            if duty.session in today
            and duty.site
            and duty.room
            and duty.session not in problem.person_by_key[placement.person].absent
        ]
        return tuple(sorted(found, key=lambda each: (problem.duty_by_number[each.duty].starts, each)))

    @cached_property
    def _sessions(self) -> tuple[Session, ...]:
        used = {self.planned.problem.duty_by_number[need.duty].session for need in self._needs}
        found = self.planned.problem.sessions_on.get(self.day, ())
        return tuple(session for session in found if session.number in used)

    @cached_property
    def _chosen(self) -> Mapping[Placement, str]:
        rooms = [
            Room(str(room.id), room.name, site.code, room.kind.value)
            for site in self.planned.sites.values()
            for room in _in_order(site)
        ]
        return rooms_for(self.planned.problem, Plan.of(self._needs), rooms)

    def _site(self, site: SiteRow, needs: Sequence[Placement]) -> SiteRooms:
        kinds = {self.planned.problem.duty_by_number[need.duty].room for need in needs}
        rooms = [room for room in _in_order(site) if room.kind.value in kinds]
        without = tuple(self._said(need) for need in needs if need not in self._chosen)
        return SiteRooms(site.name, tuple(self._room(room, needs) for room in rooms), without)

    def _room(self, room: RoomRow, needs: Sequence[Placement]) -> RoomUsed:
        own = [need for need in needs if self._chosen.get(need) == str(room.id)]
        people = tuple(
            tuple(
                f"{self._name(need)}, {duty.activity.lower()}"
                for need in own
                for duty in [self.planned.problem.duty_by_number[need.duty]]
                if duty.session == session.number
            )
            for session in self._sessions
        )
        return RoomUsed(room.name, room.kind.label, people)

    def _said(self, need: Placement) -> str:
        problem = self.planned.problem
        duty = problem.duty_by_number[need.duty]
        session = KIND_LABELS[SessionKind(problem.session_by_number[duty.session].kind)]
        return f"{self._name(need)}, {session} {duty.activity.lower()}"

    def _name(self, need: Placement) -> str:
        return self.planned.members[uuid.UUID(need.person)].name


def rooms_of_day_for(viewer: Actor, version_id: uuid.UUID, day: date) -> RoomsOfDay:
    """Return who has which room on a day of a rota; of another day, on the nearest that it has."""
    version = get_version_for(viewer, version_id)
    planned = planned_for(version, remembered_facts_of(version.period))
    nearest = min(planned.problem.days, key=lambda each: abs(each - day))
    return RoomsOfDay(version, planned, nearest)


def _in_order(site: SiteRow) -> list[RoomRow]:
    rooms = (room for room in site.rooms if room.bookable)
    return sorted(rooms, key=lambda room: (room.kind.label, room.name))
