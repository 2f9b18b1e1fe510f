"""Who is at each site, role group by role group, in the sessions shown."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from network.vocabulary import RoleGroup
from rota.cover.queries import StripView, Team, cover_key, disciplines_of
from rota.cover.rules import CellView
from rota.cover.wording import REMOTE, SIGNS, figure_said, figure_text
from rota.solver.staff_rota import Duty, Person, Session
from rota.views.queries import View


@dataclass(frozen=True)
class Staffing:
    """The people of each site in the sessions shown."""

    view: View

    def rows_by_site(self) -> tuple[tuple[str, tuple[StripView, ...]], ...]:
        """Draw a row for each role group that is wanted or works at a site, site by site."""
        by_site: dict[str, list[StripView]] = {}
        for site, group in self.teams:
            by_site.setdefault(site, []).append(self.row(site, group))
        return tuple((site, tuple(rows)) for site, rows in by_site.items())

    def row(self, site: str, group: RoleGroup) -> StripView:
        cells = tuple(self.strip_cell(site, group, session) for session in self.view.sessions)
        placed = self._placed.get((site, group), {}).values()
        names = frozenset(person.name for people in placed for person, _ in people)
        return StripView(group.label, cells, site, disciplines_of(group), names)

    def strip_cell(self, site: str, group: RoleGroup, session: Session) -> CellView:
        """Draw who of a role group is at a site in a session; for planners also have / need."""
        base = self.view.places_in_week[session.number]
        placed = self._placed.get((site, group), {}).get(session.number, [])
        duties = self.view.cover.duties(site, group, session) if self.view.is_planner else []
        if not placed and not duties:
            return CellView("", "", base, "")
        names = tuple(sorted(self._called(person, duty) for person, duty in placed))
        full = ", ".join(sorted(person.name for person, _ in placed))
        key, where = cover_key(site, group, session.number), f"{site} {group.label}"
        if not duties:
            return CellView(key, "", f"{base} there", f"{where}: {full}", names=names)
        figure = self.view.cover.figure(duties)
        said = f"{figure_said(where, figure)}{': ' if full else ''}{full}"
        line = str(self.view.cover.line(duties))
        classes = f"{base} {figure.tone}" if figure.have or figure.need else base
        return CellView(key, figure_text(figure), classes, said, line=line, names=names)

    def _called(self, person: Person, duty: Duty) -> str:
        sign = SIGNS.get(self.view.planned.places[duty.number].activity, "")
        return " ".join(filter(None, (self.view.called[person.key], sign)))

    @cached_property
    def teams(self) -> list[Team]:
        wanted: Collection[Team] = self.view.cover.teams if self.view.is_planner else ()
        order = list(RoleGroup)
        return sorted({*wanted, *self._placed}, key=lambda team: (team[0], order.index(team[1])))

    @cached_property
    def _placed(self) -> dict[Team, dict[int, list[tuple[Person, Duty]]]]:
        """Who works in each team, session by session."""
        found: dict[Team, dict[int, list[tuple[Person, Duty]]]] = {}
        for session in self.view.sessions:
            for person, duty in self.view.rota.placed_in(session.number):
                if session.number in person.absent:
                    continue
                team = duty.site or REMOTE, self.view.planned.places[duty.number].role_group
                found.setdefault(team, {}).setdefault(session.number, []).append((person, duty))
        return found
