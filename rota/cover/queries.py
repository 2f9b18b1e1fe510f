"""Cover of a week under the grid: have and need, by site, role group and session."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from network.vocabulary import RoleGroup, SessionKind
from rota.cover.rules import CellView, tone_of_cover
from rota.cover.wording import REMOTE, session_said
from rota.planning.queries import Planned
from rota.rotas.records import DemandLine
from rota.solver.staff_rota import Duty, Session
from rota.solver.staff_rota.solution import Rota


@dataclass(frozen=True)
class StripView:
    """The cover of one role group at one site, session by session."""

    label: str
    cells: tuple[CellView, ...]


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

    def shorts(self) -> tuple[CellView, ...]:
        """Draw how many people are missing in each session."""
        return tuple(self.short(session) for session in self.sessions)

    @cached_property
    def missing(self) -> Counter[int]:
        """Count the people missing in each session."""
        found: Counter[int] = Counter()
        for duty in self.planned.problem.duties:
            found[duty.session] += max(0, duty.minimum - self.rota.cover_of(duty))
        return found

    @cached_property
    def covers(self) -> dict[tuple[str, RoleGroup], dict[int, list[int]]]:
        """The numbers of the week's duties by site, role group and session."""
        shown = {session.number for session in self.sessions}
        found: dict[tuple[str, RoleGroup], dict[int, list[int]]] = {}
        for number, place in self.planned.places.items():
            duty = self.planned.problem.duty_by_number[number]
            if duty.session in shown and isinstance(place, DemandLine):
                by_session = found.setdefault((duty.site or REMOTE, place.role_group), {})
                by_session.setdefault(duty.session, []).append(number)
        order = list(RoleGroup)
        return dict(sorted(found.items(), key=lambda each: (each[0][0], order.index(each[0][1]))))

    def strip(self, site: str, group: RoleGroup) -> StripView:
        cells = tuple(self.strip_cell(site, group, session) for session in self.sessions)
        return StripView(f"{site} {group.label}", cells)

    def strip_cell(self, site: str, group: RoleGroup, session: Session) -> CellView:
        """Draw the cover of a role group at a site in a session: have / need."""
        key = f"s-{site}-{group.value}-{session.number}"
        base = self.places_in_week[session.number]
        numbers = self.covers[site, group].get(session.number, [])
        duties = [self.planned.problem.duty_by_number[number] for number in numbers]
        if not duties:
            return CellView("", "", base, "")
        have = sum(self.rota.cover_of(duty) for duty in duties)
        least, good = sum(duty.minimum for duty in duties), sum(duty.desired for duty in duties)
        # Where nobody must be there, what is wished is what is needed.
        need = least or good
        tone = tone_of_cover(have, least, good)
        # Two lines may be short and over at once: what one has too many the other still lacks.
        if any(self.rota.cover_of(duty) < duty.minimum for duty in duties):
            tone = "short"
        words = {"short": "too few", "tight": "fewer than wished", "enough": "enough"}
        said = f"{site} {group.label}: {have} of {need}, {words[tone]}"
        return CellView(key, f"{have}/{need}", f"{base} {tone}", said, line=str(self._line(duties)))

    def _line(self, duties: Sequence[Duty]) -> uuid.UUID:
        """Name the line of demand that lacks most."""
        worst = max(duties, key=lambda duty: self._lacks(duty))
        place = self.planned.places[worst.number]
        assert isinstance(place, DemandLine)
        return place.id

    def _lacks(self, duty: Duty) -> tuple[int, int]:
        have = self.rota.cover_of(duty)
        return duty.minimum - have, duty.desired - have

    def short(self, session: Session) -> CellView:
        number = self.missing[session.number]
        base = self.places_in_week[session.number]
        key = f"f-{session.number}"
        if not number:
            return CellView(key, "", base, "")
        said = f"{number} short on {session_said(session.day, SessionKind(session.kind))}"
        return CellView(key, str(number), f"{base} short", said)
