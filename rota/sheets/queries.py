"""A rota as a workbook shows it, as far as the viewer may know."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from network.access.rules import Actor
from network.organisations.queries import network_of
from network.organisations.records import Organisation
from network.plumbing.database import ENGLAND, db, now
from network.vocabulary import RoleGroup, SessionKind
from rota.cover.wording import REMOTE, session_said
from rota.edits.rules import Cell
from rota.facts.queries import remembered_facts_of
from rota.planning.queries import Planned, planned_for
from rota.rotas.queries import get_version_for
from rota.rotas.records import RotaVersion
from rota.rotas.rules import said_period
from rota.rows.queries import Week
from rota.sheets.rules import Block, Line, Mark, Printed, Slot, State, Tab, WeekTable, in_order, stacked
from rota.sheets.wording import code_said, name_said, short_said, stamp_said
from rota.solver.staff_rota import Session
from rota.staff.queries import by_discipline
from rota.staff.records import RotaMember

Key = tuple[str, RoleGroup]


def printed_for(viewer: Actor, version_id: uuid.UUID) -> Printed:
    """Return a whole rota, ready to be written as a workbook."""
    version = get_version_for(viewer, version_id)
    return _Print(viewer, version, planned_for(version, remembered_facts_of(version.period))).printed()


@dataclass(frozen=True)
class WeekOf:
    """One week of a version, asked for what stands in its cells."""

    week: Week

    def holidays(self) -> dict[int, str]:
        return {day.day.weekday(): day.holiday for day in self.week.days if day.holiday}

    @cached_property
    def slots(self) -> dict[Slot, Session]:
        return {(session.day.weekday(), SessionKind(session.kind)): session for session in self.week.sessions}

    def line(self, member: RotaMember) -> Line:
        """Give somebody's week as a row."""
        post = member.engagement
        marks = {slot: self.mark(member, session) for slot, session in self.slots.items()}
        return Line(member.name, post.role.label, post.employer.short_name or post.employer.name, marks)

    def mark(self, member: RotaMember, session: Session) -> Mark:
        """Give what stands in a cell; what the viewer may not know is said as the grid says it."""
        row = self.week.assigned.get((member.id, session.day, SessionKind(session.kind)))
        if row is None:
            text = self.week.cell(member, session).text
            return Mark(text, State.AWAY) if text else Mark()
        site = self.week.planned.sites.get(row.site_id) if row.site_id else None
        pinned = row.is_pinned and self.week.is_planner
        return Mark(
            code_said(site.code if site else REMOTE, row.activity), State.PINNED if pinned else State.WORKS
        )

    @cached_property
    def places(self) -> dict[Key, dict[Slot, list[Mark]]]:
        """Who works at each site in each role group, slot by slot, and how many are missing."""
        found: dict[Key, dict[Slot, list[Mark]]] = defaultdict(lambda: defaultdict(list))
        for member in self.week.planned.members.values():
            for slot, session in self.slots.items():
                row = self.week.assigned.get((member.id, session.day, slot[1]))
                if row is not None:
                    site = self.week.planned.sites.get(row.site_id) if row.site_id else None
                    state = self.mark(member, session).state
                    said = Mark(name_said(member.name, row.activity), state)
                    found[site.code if site else REMOTE, row.role_group][slot].append(said)
        for key, by_session in self._missing().items():
            for slot, number in by_session.items():
                if number:
                    found[key][slot].append(Mark(short_said(number), State.SHORT))
                else:
                    # Where somebody is wanted there is a block, also in a week in which nobody works.
                    found[key][slot] += []
        return found

    def _missing(self) -> dict[Key, dict[Slot, int]]:
        """Count the people missing at each site; those who do not plan are not told."""
        if not self.week.is_planner:
            return {}
        duties, cover = self.week.planned.problem.duty_by_number, self.week.cover
        slots = {session.number: slot for slot, session in self.slots.items()}
        return {
            key: {
                slots[number]: sum(
                    max(0, duties[each].minimum - cover.rota.cover_of(duties[each])) for each in own
                )
                for number, own in by_session.items()
            }
            for key, by_session in cover.covers.items()
        }


@dataclass(frozen=True)
class _Print:
    """A version at hand, laid out."""

    viewer: Actor
    version: RotaVersion
    planned: Planned

    @cached_property
    def weeks(self) -> list[WeekOf]:
        first = Week(self.viewer, self.version, self.planned)
        return [WeekOf(Week(self.viewer, self.version, self.planned, monday)) for monday in first.mondays]

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        return in_order(slot for week in self.weeks for slot in week.slots)

    def printed(self) -> Printed:
        week, period = self.weeks[0].week, self.version.period
        is_planner = week.is_planner
        title = f"Rota, {said_period(period.starts_on, period.ends_on)}"
        exported_at = now().astimezone(ENGLAND)
        summary = week.summary
        return Printed(
            title=title,
            network=db.session.get_one(Organisation, network_of(self.viewer)).name,
            stamp=stamp_said(self.version.number, self.version.state, exported_at),
            state=self.version.state,
            version=self.version.number,
            exported_at=exported_at,
            exported_by=self.viewer.name,
            short_of=(summary.short, summary.wanted) if is_planner else None,
            short=tuple(self._short()) if is_planner else (),
            broken=tuple(dict.fromkeys(week.said(each) for each in week.breaches)),
            by_person=self._by_person(),
            by_site=tuple(self._site_tab(code, name) for code, name in self._sites()),
            sites=tuple(self._sites()),
        )

    def _sites(self) -> list[tuple[str, str]]:
        """Name the sites where somebody works or is wanted in these weeks."""
        used = {code for week in self.weeks for code, _ in week.places}
        names = {site.code: site.name for site in self.planned.sites.values()} | {REMOTE: "Remote work"}
        return [(code, name) for code, name in names.items() if code in used]

    def _by_person(self) -> Tab:
        groups = by_discipline(self.planned.members.values())
        return Tab(
            "By person",
            "Everybody, day by day",
            self.slots,
            tuple(
                WeekTable(
                    week.week.monday,
                    week.holidays(),
                    tuple(
                        Block(discipline.label, tuple(week.line(member) for member in members))
                        for discipline, members in groups.items()
                    ),
                )
                for week in self.weeks
            ),
        )

    def _site_tab(self, code: str, name: str) -> Tab:
        groups = {group for week in self.weeks for at, group in week.places if at == code}
        in_turn = [group for group in RoleGroup if group in groups]
        tables = (self._site_week(week, code, in_turn) for week in self.weeks)
        used = {
            slot
            for week in self.weeks
            for key, slots in week.places.items()
            if key[0] == code
            for slot in slots
        }
        return Tab(code, name, in_order(used), tuple(tables))

    def _site_week(self, week: WeekOf, code: str, groups: Iterable[RoleGroup]) -> WeekTable:
        blocks = (Block(group.label, stacked(week.places.get((code, group), {}))) for group in groups)
        return WeekTable(week.week.monday, week.holidays(), tuple(blocks))

    def _short(self) -> Iterable[str]:
        for week in self.weeks:
            for (code, group), by_slot in week.places.items():
                for slot, marks in by_slot.items():
                    for mark in marks:
                        if mark.state is State.SHORT:
                            day = week.week.monday + timedelta(slot[0])
                            yield f"{session_said(day, slot[1])}, {code}, {group.label}: {mark.text}"


def texts_of(viewer: Actor, version: RotaVersion, planned: Planned) -> dict[Cell, Mark]:
    """Return what each cell of a version says in its workbook; cells that say nothing are left out."""
    found = {}
    for week in _Print(viewer, version, planned).weeks:
        for member in planned.members.values():
            for slot, session in week.slots.items():
                mark = week.mark(member, session)
                if mark.text:
                    found[Cell(member.id, session.day, slot[1])] = mark
    return found
