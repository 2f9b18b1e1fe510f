"""Rooms and supervision of the sessions shown, as the rules of the rota count them."""

from dataclasses import dataclass
from functools import cached_property

from network.vocabulary import RoomKind
from rota.capacity.rules import Placed, Rooms, guidance_at, rooms_at, tone_of_free
from rota.capacity.wording import guidance_said, number_text, rooms_said
from rota.cover.queries import StripView
from rota.cover.rules import CellView
from rota.solver.staff_rota import Duty, Person, Scope, Session, Site
from rota.solver.staff_rota.rules import rules_of
from rota.solver.staff_rota.rules.places import Place, people_by_place
from rota.solver.staff_rota.rules.supervision import LearnerSupervised
from rota.views.queries import View


@dataclass(frozen=True)
class Capacity:
    """What sites have left in the sessions shown."""

    view: View

    # Rooms

    def room_strips(self) -> tuple[StripView, ...]:
        """Draw how many rooms are free at each site; a type of room that runs short gets a row of its own."""
        strips = []
        for site in self._roomy:
            cells = tuple(self.room_cell(site, session) for session in self.view.sessions)
            strips.append(StripView(site.code, cells, site.code))
            kinds = (self.kind_strip(site, kind) for kind in self._kinds[site.code])
            strips.extend(strip for strip in kinds if strip.is_short)
        return tuple(strips)

    def room_cells(self, session: Session) -> list[CellView]:
        """Draw the rooms of all sites in one session, those of each type too."""
        totals = [self.room_cell(site, session) for site in self._roomy]
        return totals + [
            self.kind_cell(site, kind, session) for site in self._roomy for kind in self._kinds[site.code]
        ]

    def room_cell(self, site: Site, session: Session) -> CellView:
        """Draw how many rooms of a site are free in a session."""
        base = self.view.places_in_week[session.number]
        if not self._is_used(site, session):
            return CellView("", "", base, "")
        rooms = self._rooms(site, session)
        free = min((each.free for each in rooms if each.free < 0), default=sum(each.free for each in rooms))
        return CellView(
            f"m-{site.code}-{session.number}",
            number_text(free),
            f"{base} {tone_of_free(free)}",
            rooms_said(site.code, rooms),
        )

    def kind_strip(self, site: Site, kind: str) -> StripView:
        cells = tuple(self.kind_cell(site, kind, session) for session in self.view.sessions)
        return StripView(f"{site.code} {RoomKind(kind).label.lower()}s", cells, site.code)

    def kind_cell(self, site: Site, kind: str, session: Session) -> CellView:
        """Draw how many rooms of a type are free at a site in a session."""
        base = self.view.places_in_week[session.number]
        rooms = next((each for each in self._rooms(site, session) if each.kind == kind), None)
        if rooms is None or not self._is_used(site, session):
            return CellView("", "", base, "")
        return CellView(
            f"m-{site.code}-{kind}-{session.number}",
            number_text(rooms.free),
            f"{base} {tone_of_free(rooms.free)}",
            rooms_said(site.code, [rooms]),
        )

    # Rows by room

    def rows_by_room(self) -> tuple[tuple[str, tuple[StripView, ...]], ...]:
        """Draw each type of room of each site with the people who need one: which room is settled later."""
        return tuple(
            (site.code, tuple(self.kind_row(site, kind) for kind in self._kinds[site.code]))
            for site in self._roomy
        )

    def kind_row(self, site: Site, kind: str) -> StripView:
        cells = tuple(self.kind_names(site, kind, session) for session in self.view.sessions)
        names = frozenset(
            person.name
            for session in self.view.sessions
            for person, duty in self._placed(site, session)
            if duty.room == kind
        )
        label = f"{RoomKind(kind).label}s, {site.rooms.get(kind, 0)}"
        return StripView(label, cells, site.code, names=names)

    def room_names(self, session: Session) -> list[CellView]:
        """Draw who needs which type of room at all sites in one session."""
        return [
            self.kind_names(site, kind, session) for site in self._roomy for kind in self._kinds[site.code]
        ]

    def kind_names(self, site: Site, kind: str, session: Session) -> CellView:
        """Draw who needs a room of a type at a site in a session: needed / there, and their names."""
        base = self.view.places_in_week[session.number]
        key = f"q-{site.code}-{kind}-{session.number}"
        people = [person for person, duty in self._placed(site, session) if duty.room == kind]
        if not people:
            return CellView(key, "", base, "")
        rooms = next(each for each in self._rooms(site, session) if each.kind == kind)
        names = tuple(sorted(self.view.called[person.key] for person in people))
        return CellView(
            key,
            f"{rooms.needed}/{rooms.there}",
            f"{base} {tone_of_free(rooms.free)}",
            f"{rooms_said(site.code, [rooms])}: {', '.join(sorted(person.name for person in people))}",
            names=names,
        )

    # Supervision

    def guidance_strips(self) -> tuple[StripView, ...]:
        """Draw the minutes of supervision free at each site that has a learner or a supervisor."""
        strips = (
            StripView(
                site.code, tuple(self.guidance_cell(site, each) for each in self.view.sessions), site.code
            )
            for site in self._sites
        )
        return tuple(strip for strip in strips if any(cell.text for cell in strip.cells))

    def guidance_cells(self, session: Session) -> list[CellView]:
        """Draw the supervision of all sites in one session."""
        return [self.guidance_cell(site, session) for site in self._sites]

    def guidance_cell(self, site: Site, session: Session) -> CellView:
        """Draw the minutes of supervision that are free at a site in a session."""
        base = self.view.places_in_week[session.number]
        key = f"g-{site.code}-{session.number}"
        if self._rule is None:
            return CellView(key, "", base, "")
        guidance = guidance_at(self._rule, self._placed(site, session))
        if not (guidance.needed or guidance.given):
            return CellView(key, "", base, "")
        tone = tone_of_free(guidance.free, is_used=bool(guidance.needed))
        return CellView(
            key, number_text(guidance.free), f"{base} {tone}".strip(), guidance_said(site.code, guidance)
        )

    @cached_property
    def _rule(self) -> LearnerSupervised | None:
        rules = rules_of(self.view.planned.problem)
        return next((rule for rule in rules if isinstance(rule, LearnerSupervised)), None)

    # Who is where

    @property
    def _sites(self) -> tuple[Site, ...]:
        return self.view.planned.problem.sites

    @property
    def _roomy(self) -> list[Site]:
        """The sites that have rooms, or need one."""
        return [site for site in self._sites if self._kinds[site.code]]

    @cached_property
    def _kinds(self) -> dict[str, list[str]]:
        """The types of room that each site has, or that somebody needs there."""
        found = {site.code: {*site.rooms} for site in self._sites}
        for duty in self.view.planned.problem.duties:
            if duty.site and duty.room:
                found[duty.site].add(duty.room)
        return {code: sorted(kinds) for code, kinds in found.items()}

    @cached_property
    def _by_place(self) -> dict[Place, list[tuple[Person, Duty]]]:
        return people_by_place(
            self.view.rota, Scope(sessions=frozenset(each.number for each in self.view.sessions))
        )

    @cached_property
    def _open(self) -> set[Place]:
        """The sites and sessions in which somebody is wanted or works."""
        problem = self.view.planned.problem
        return {Place(duty.session, duty.site) for duty in problem.duties if not duty.shut} | {
            *self._by_place
        }

    def _is_used(self, site: Site, session: Session) -> bool:
        return Place(session.number, site.code) in self._open

    def _placed(self, site: Site, session: Session) -> Placed:
        return self._by_place.get(Place(session.number, site.code), [])

    def _rooms(self, site: Site, session: Session) -> tuple[Rooms, ...]:
        return rooms_at(site, self._placed(site, session))
