"""Cover under the grid: have and need, by site, role group and session."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from network.vocabulary import Discipline, RoleGroup, SessionKind
from rota.cover.rules import SHORT, CellView, Figure, Staffed, figure_of, missing_in, wished_in
from rota.cover.wording import REMOTE, figure_said, figure_text, session_said
from rota.planning.queries import Planned
from rota.rotas.records import DemandLine
from rota.solver.staff_rota import Duty, Session
from rota.solver.staff_rota.solution import Rota

# A role group at a site.
Team = tuple[str, RoleGroup]


@dataclass(frozen=True)
class StripView:
    """A row of one site's figures, session by session; `names` are those of whom it lists, if it does."""

    label: str
    cells: tuple[CellView, ...]
    site: str = ""
    disciplines: frozenset[Discipline] = frozenset()
    names: frozenset[str] | None = None

    @property
    def is_short(self) -> bool:
        return any(cell.classes.endswith(SHORT) for cell in self.cells)


@dataclass(frozen=True)
class Cover:
    """The cover of the sessions shown; `places_in_week` has the classes that place each on the page."""

    planned: Planned
    rota: Rota
    sessions: Sequence[Session]
    places_in_week: Mapping[int, str]

    def strips(self) -> tuple[StripView, ...]:
        """Draw the cover of every role group at every site where somebody is wanted."""
        return tuple(self.strip(*key) for key in self.covers)

    def strip(self, site: str, group: RoleGroup) -> StripView:
        cells = tuple(self.strip_cell(site, group, session) for session in self.sessions)
        return StripView(f"{site} {group.label}", cells, site, disciplines_of(group))

    def strip_cell(self, site: str, group: RoleGroup, session: Session) -> CellView:
        """Draw the cover of a role group at a site in a session: have / need."""
        base = self.places_in_week[session.number]
        duties = self.duties(site, group, session)
        if not duties:
            return CellView("", "", base, "")
        if all(duty.shut for duty in duties):
            return CellView("", "", f"{base} closed", f"{site} is closed: {duties[0].shut}")
        figure = self.figure(duties)
        return CellView(
            cover_key(site, group, session.number),
            figure_text(figure),
            f"{base} {figure.tone}" if figure.have or figure.need else base,
            figure_said(f"{site} {group.label}", figure),
            line=str(self.line(duties)),
        )

    @property
    def teams(self) -> Collection[Team]:
        """The sites and role groups where somebody is wanted in the sessions shown."""
        return self.covers.keys()

    def shorts(self) -> tuple[CellView, ...]:
        """Draw how many people are missing in each session."""
        return tuple(self.short(session) for session in self.sessions)

    def short(self, session: Session) -> CellView:
        number = self.missing[session.number]
        base = self.places_in_week[session.number]
        key = f"f-{session.number}"
        if not number:
            return CellView(key, "", base, "")
        said = f"{number} short on {session_said(session.day, SessionKind(session.kind))}"
        return CellView(key, str(number), f"{base} {SHORT}", said)

    def gaps(self) -> Iterator[tuple[Session, str, RoleGroup]]:
        """Give the sessions of the whole rota in which somebody is missing, where and in which role group."""
        problem = self.planned.problem
        for duty in sorted(problem.duties, key=lambda each: (each.session, each.site or "", each.number)):
            place = self.planned.places[duty.number]
            if missing_in([self.staffed[duty.number]]) and isinstance(place, DemandLine):
                yield problem.session_by_number[duty.session], duty.site or REMOTE, place.role_group

    def duties(self, site: str, group: RoleGroup, session: Session) -> list[Duty]:
        """Give what is wanted of a role group at a site in a session."""
        numbers = self.covers.get((site, group), {}).get(session.number, [])
        return [self.planned.problem.duty_by_number[number] for number in numbers]

    def figure(self, duties: Sequence[Duty]) -> Figure:
        """Sum up how duties are staffed."""
        return figure_of([self.staffed[duty.number] for duty in duties])

    def line(self, duties: Sequence[Duty]) -> uuid.UUID:
        """Name the line of demand that lacks most."""
        worst = max(duties, key=self._lacks)
        place = self.planned.places[worst.number]
        assert isinstance(place, DemandLine)
        return place.id

    @cached_property
    def staffed(self) -> dict[int, Staffed]:
        """How each duty of the rota is staffed, by its number."""
        return {duty.number: self._staffed(duty) for duty in self.planned.problem.duties}

    @cached_property
    def missing(self) -> Counter[int]:
        """Count the people missing in each session."""
        found: Counter[int] = Counter()
        for duty in self.planned.problem.duties:
            found[duty.session] += missing_in([self.staffed[duty.number]])
        return found

    @cached_property
    def wished(self) -> int:
        """Count the people of the whole rota who are wished for and not there, beyond the missing."""
        return wished_in(list(self.staffed.values()))

    @cached_property
    def covers(self) -> dict[Team, dict[int, list[int]]]:
        """The numbers of the duties shown by site, role group and session."""
        shown = {session.number for session in self.sessions}
        found: dict[Team, dict[int, list[int]]] = {}
        for number, place in self.planned.places.items():
            duty = self.planned.problem.duty_by_number[number]
            if duty.session in shown and isinstance(place, DemandLine):
                by_session = found.setdefault((duty.site or REMOTE, place.role_group), {})
                by_session.setdefault(duty.session, []).append(number)
        order = list(RoleGroup)
        return dict(sorted(found.items(), key=lambda each: (each[0][0], order.index(each[0][1]))))

    def _staffed(self, duty: Duty) -> Staffed:
        # A duty that is led has one holder, whatever its line says.
        most = 1 if duty.lead else duty.maximum
        present = len(self.rota.present_on(duty))
        return Staffed(self.rota.cover_of(duty), duty.minimum, duty.desired, most, present)

    def _lacks(self, duty: Duty) -> tuple[int, int]:
        have = self.staffed[duty.number].have
        return duty.minimum - have, duty.desired - have


def cover_key(site: str, group: RoleGroup, session: int) -> str:
    """Name the cell of a role group's cover on the page."""
    return f"s-{site}-{group.value}-{session}"


def disciplines_of(group: RoleGroup) -> frozenset[Discipline]:
    return frozenset(role.discipline for role in group.roles)
