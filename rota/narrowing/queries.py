"""What is looked for in a rota: rows by site or room, strips under the grid, and gaps, narrowed down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from network.vocabulary import Discipline, RoleGroup
from rota.cover.queries import StripView, cover_key, disciplines_of
from rota.roster.rules import monday_of
from rota.rows.queries import Week
from rota.solver.staff_rota import Session
from rota.views.rules import Rows


@dataclass(frozen=True)
class Strips:
    """Rows of figures of one kind under the grid, folded away together."""

    key: str
    label: str
    rows: tuple[StripView, ...]


@dataclass(frozen=True)
class Gap:
    """The next session in which somebody is missing: its week and its cell."""

    monday: date
    key: str


@dataclass(frozen=True)
class Found:
    """What of a rota fits how somebody looks at it."""

    week: Week

    @cached_property
    def places(self) -> tuple[tuple[str, tuple[StripView, ...]], ...]:
        """The rows by site or by room, each site's under its name."""
        by_room = self.week.look.by is Rows.ROOM
        rows = self.week.capacity.rows_by_room() if by_room else self.week.staffing.rows_by_site()
        kept = ((site, self._kept(strips)) for site, strips in rows)
        return tuple((site, strips) for site, strips in kept if strips)

    @cached_property
    def strips(self) -> tuple[Strips, ...]:
        """The figures under the grid, for planners; what the rows show already is not said again."""
        if not self.week.is_planner or self.week.look.person:
            return ()
        week, by = self.week, self.week.look.by
        found = (
            Strips("cover", "Cover, have / need", () if by is Rows.SITE else week.cover.strips()),
            Strips("rooms", "Rooms free", () if by is Rows.ROOM else week.capacity.room_strips()),
            Strips("guidance", "Supervision minutes free", week.capacity.guidance_strips()),
        )
        kept = (Strips(each.key, each.label, self._kept(each.rows)) for each in found)
        return tuple(each for each in kept if each.rows)

    def _kept(self, strips: Iterable[StripView]) -> tuple[StripView, ...]:
        """Keep the rows of the site, the discipline and the name that are looked for."""
        look = self.week.look
        return tuple(
            strip
            for strip in strips
            if (not look.site or strip.site == look.site)
            and (not look.discipline or not strip.disciplines or look.discipline in strip.disciplines)
            and (not look.only_short or strip.is_short)
            and (not look.name or strip.names is None or any(map(look.finds, strip.names)))
        )

    @cached_property
    def gap(self) -> Gap | None:
        """The first gap in the weeks shown, else the first after them, else the first of all."""
        found = self._gaps
        if not found:
            return None
        ahead = [each for each in found if each[0].day >= self.week.weeks[0]]
        session, site, group = (ahead or found)[0]
        return Gap(monday_of(session.day), cover_key(site, group, session.number))

    @cached_property
    def _gaps(self) -> list[tuple[Session, str, RoleGroup]]:
        """The gaps of the whole rota that are looked for."""
        return [
            (session, site, group)
            for session, site, group in (self.week.cover.gaps() if self.week.is_planner else ())
            if self.week.look.site in ("", site)
            and (not self.week.look.discipline or self.week.look.discipline in disciplines_of(group))
        ]

    @property
    def gaps_elsewhere(self) -> int:
        """Count the gaps in weeks that are not shown, as the grid would show them."""
        return len({gap for gap in self._gaps if monday_of(gap[0].day) not in self.week.weeks})

    @property
    def disciplines(self) -> list[Discipline]:
        """The disciplines that have people on the rota."""
        found = {member.engagement.role.discipline for member in self.week.planned.members.values()}
        return [discipline for discipline in Discipline if discipline in found]
