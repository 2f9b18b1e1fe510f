"""Who works where in the sessions shown, person by person, as far as viewers may know."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Row

from network.vocabulary import Activity, Discipline, SessionKind
from rota.capacity.queries import Capacity
from rota.cover.queries import cover_key
from rota.cover.rules import CellView
from rota.cover.wording import CLINIC_SIGN, KIND_LABELS, REMOTE, SIGNS
from rota.edits.rules import Cell, row_key
from rota.jobs.wording import Summary, summary_seen
from rota.leave.rules import keeps_away
from rota.roster.rules import Time, monday_of
from rota.rows.rules import mark_of
from rota.rows.wording import away_code, count_said, fixed_code, states_said, was_said
from rota.solver.staff_rota import Breach, Person, Session
from rota.staff.records import RotaMember
from rota.staffing.queries import Staffing
from rota.views.queries import DayView, Slot, View
from rota.views.rules import Rows


@dataclass(frozen=True)
class RowView:
    """A person's sessions; `asked` is the address of their own sheet."""

    member_id: uuid.UUID
    name: str
    count: str
    is_over: bool
    cells: tuple[CellView, ...]
    asked: dict[str, str]


@dataclass(frozen=True)
class WeekOfOne:
    """A week of one person: each day with its sessions, None where the day has no such session."""

    monday: date
    count: str
    days: tuple[tuple[DayView, tuple[CellView | None, ...]], ...]


@dataclass(frozen=True)
class OwnSheet:
    """All weeks of one person, day by day."""

    member_id: uuid.UUID
    name: str
    discipline: Discipline
    labels: tuple[str, ...]
    weeks: tuple[WeekOfOne, ...]


class BrokenRule(NamedTuple):
    """A rule that the rota breaks: the sentence, and the week and the cell to look at, where there is one."""

    said: str
    monday: date | None
    key: str


class Who(NamedTuple):
    """Somebody whose cells are drawn: their key as a person of the problem, and the begin of ids."""

    member: RotaMember
    person: str
    key: str
    times: Time


@dataclass(frozen=True)
class Week(View):
    """The people of a rota in the sessions shown, drawn as rows and cells."""

    @cached_property
    def summary(self) -> Summary:
        return summary_seen(self.rota)

    @cached_property
    def is_stale(self) -> bool:
        return bool(self.version.input_hash) and self.version.input_hash != self.planned.hash

    @cached_property
    def capacity(self) -> Capacity:
        return Capacity(self)

    @cached_property
    def staffing(self) -> Staffing:
        return Staffing(self)

    @property
    def wished(self) -> int:
        """Count those who are wished for and not there, though nobody is missing."""
        return self.cover.wished

    @cached_property
    def broken_rules(self) -> tuple[BrokenRule, ...]:
        """The rules that the rota breaks, each told once; those who do not plan are not told."""
        found = {self.said(each): each for each in reversed(self.breaches)}
        return tuple(self._broken_rule(said, each) for said, each in reversed(found.items()))

    def _broken_rule(self, said: str, breach: Breach) -> BrokenRule:
        if breach.session is None:
            return BrokenRule(said, None, "")
        session = self.planned.problem.session_by_number[breach.session]
        key = ""
        if breach.person:
            key = Cell(uuid.UUID(breach.person), session.day, SessionKind(session.kind)).key
        elif breach.duty is not None:
            duty = self.planned.problem.duty_by_number[breach.duty]
            key = cover_key(duty.site or REMOTE, self.planned.places[breach.duty].role_group, breach.session)
        return BrokenRule(said, monday_of(session.day), key)

    # Rows

    def groups(self) -> tuple[tuple[Discipline, tuple[RowView, ...]], ...]:
        """Draw everybody who is looked for, by discipline."""
        found: dict[Discipline, list[RotaMember]] = {}
        for member in self.planned.members.values():
            if self.is_looked_for(member):
                found.setdefault(member.engagement.role.discipline, []).append(member)
        order = list(Discipline)
        return tuple(
            (discipline, tuple(self.row(member) for member in found[discipline]))
            for discipline in sorted(found, key=order.index)
        )

    def is_looked_for(self, member: RotaMember) -> bool:
        """Say whether somebody belongs on the page as it is narrowed down."""
        look = self.look
        if look.person:
            return member.id == look.person
        return (
            look.discipline in (None, member.engagement.role.discipline)
            and look.finds(member.name)
            and (not look.site or self._is_at(member, look.site))
        )

    def _is_at(self, member: RotaMember, site: str) -> bool:
        """Say whether somebody belongs to a site, or works there in the sessions shown."""
        if member.home_site and member.home_site.code == site:
            return True
        duties = self.rota.duties_of(self.person(member))
        return any(duty.site == site and duty.session in self.places_in_week for duty in duties)

    def person(self, member: RotaMember) -> Person:
        return self.planned.problem.person_by_key[str(member.id)]

    def row(self, member: RotaMember) -> RowView:
        """Draw somebody's sessions."""
        count, is_over = self.count(member, self.sessions)
        cells = self.cells(member)
        asked = self.look.but(person=member.id, by=Rows.PERSON)
        return RowView(member.id, member.name, count, is_over, cells, asked)

    def count(self, member: RotaMember, sessions: Collection[Session]) -> tuple[str, bool]:
        """Say how many sessions somebody has of those owed, for planners, and whether they are too many."""
        if not self.is_planner:
            return "", False
        post, person = member.engagement, self.person(member)
        numbers = {session.number for session in sessions}
        weeks = len({session.day.isocalendar()[:2] for session in sessions})
        credited = sum(person.credits.get(number, 0) for number in numbers)
        owed = max(0, weeks * post.weekly_minutes - credited)
        own = self._own_minutes(person, numbers)
        is_over = own > owed + weeks * member.tolerance_minutes + post.session_minutes // 2
        return f"{count_said(own, post.session_minutes)}/{count_said(owed, post.session_minutes)}", is_over

    def _own_minutes(self, person: Person, numbers: Collection[int]) -> int:
        """Add up what somebody does: duties and what the pattern fixes."""
        duties = (duty for duty in self.rota.duties_of(person) if duty.session in numbers)
        fixed = (each for each in person.commitments if each.session in numbers)
        return sum(person.counted_minutes(duty) for duty in duties) + sum(each.minutes for each in fixed)

    # One person

    def own_sheet(self) -> OwnSheet | None:
        """Draw the person who is looked for alone, None where there is no such person."""
        member = self.planned.members.get(self.look.person) if self.look.person else None
        if member is None:
            return None
        used = {KIND_LABELS[slot.kind] for slot in self.slots}
        labels = tuple(label for label in dict.fromkeys(KIND_LABELS.values()) if label in used)
        return OwnSheet(
            member_id=member.id,
            name=member.name,
            discipline=member.engagement.role.discipline,
            labels=labels,
            weeks=tuple(self._week_of_one(member, monday, labels) for monday in self.weeks),
        )

    def _week_of_one(self, member: RotaMember, monday: date, labels: Sequence[str]) -> WeekOfOne:
        slots = [slot for slot in self.slots if monday_of(slot.session.day) == monday]
        who = self._who(member)
        drawn = {(slot.session.day, KIND_LABELS[slot.kind]): self._cell(who, slot) for slot in slots}
        days = [day for day in self.days if monday_of(day.day) == monday]
        count, _ = self.count(member, [slot.session for slot in slots])
        return WeekOfOne(
            monday, count, tuple((day, tuple(drawn.get((day.day, each)) for each in labels)) for day in days)
        )

    # Cells

    def cells(self, member: RotaMember) -> tuple[CellView, ...]:
        """Draw somebody in every session shown."""
        who = self._who(member)
        return tuple(self._cell(who, slot) for slot in self.slots)

    def cell(self, member: RotaMember, session: Session) -> CellView:
        """Draw somebody in one session."""
        return self._cell(self._who(member), self.slot_of[session.number])

    @cached_property
    def slot_of(self) -> dict[int, Slot]:
        return {slot.session.number: slot for slot in self.slots}

    def _who(self, member: RotaMember) -> Who:
        return Who(member, str(member.id), row_key(member.id), self.planned.times[member.id])

    def _cell(self, who: Who, slot: Slot) -> CellView:
        day, kind, mark = slot.session.day, slot.kind, (who.person, slot.session.number)
        key, classes, told = f"{who.key}-{slot.key}", slot.classes, self.meetings.get(mark, "")
        if mark in self.changed:
            classes, told = f"{classes} changed", states_said((told, was_said(self.told.get(mark))))
        if mark in self.broken:
            classes, told = f"{classes} breach", states_said((told, "breaks a rule"))
        away = keeps_away(who.times.absences, day, kind)
        if row := self.assigned.get((who.member.id, day, kind)):
            worked = self._worked(key, classes, row, told)
            return _taken(worked, away_code(away, self.knows_absence(away, who.member))) if away else worked
        if away:
            text, label = away_code(away, self.knows_absence(away, who.member))
            return CellView(key, text, f"{classes} away", states_said((label, told)))
        if activity := who.times.fixed(day, kind):
            return CellView(key, fixed_code(activity), f"{classes} away", states_said((activity.label, told)))
        if mark in self.meetings:
            return CellView(key, fixed_code(Activity.MEETING), f"{classes} away", told)
        return CellView(key, "", classes, told)

    def _worked(self, key: str, classes: str, row: Row[Any], told: str) -> CellView:
        site = self.planned.sites.get(row.site_id) if row.site_id else None
        pinned = row.is_pinned and self.is_planner
        clinic = self.clinics.get(row.line_id, "")
        words = (
            site.name if site else "Remote",
            f"{row.activity.label}: {clinic}" if clinic else row.activity.label,
            "draft" if self.is_draft else "",
            "pinned" if pinned else "",
            told,
        )
        return CellView(
            key,
            site.code if site else REMOTE,
            f"{classes} on{' draft' if self.is_draft else ''}{' pinned' if pinned else ''}",
            states_said(words),
            sign=CLINIC_SIGN if clinic else SIGNS.get(row.activity, ""),
            seen=mark_of(row.id, row.row_version) if self.is_draft else "",
        )

    # What a change touches

    def touched(self, cells: Collection[Cell]) -> tuple[CellView, ...]:
        """Draw all that a change of these cells may have changed on the page: the cells themselves, everybody
        in the same sessions, and the cover, rooms and supervision of those sessions.
        """
        found = {self.planned.session_of[cell.day, cell.kind].number for cell in cells}
        sessions = [session for session in self.sessions if session.number in found]
        drawn: list[CellView] = []
        if self.look.by is Rows.PERSON:
            people = [member for member in self.planned.members.values() if self.is_looked_for(member)]
            drawn += [self.cell(member, session) for session in sessions for member in people]
        if self.is_planner:
            drawn += [cell for session in sessions for cell in self._under(session)]
        return tuple(cell for cell in drawn if cell.key)

    def _under(self, session: Session) -> list[CellView]:
        """Draw the cells of one session in all rows that are not a person's."""
        by_site, by_room = self.look.by is Rows.SITE, self.look.by is Rows.ROOM
        cover = self.staffing if by_site else self.cover
        cells = [cover.strip_cell(site, group, session) for site, group in cover.teams]
        cells += self.capacity.room_names(session) if by_room else self.capacity.room_cells(session)
        return [*cells, *self.capacity.guidance_cells(session), self.cover.short(session)]


def _taken(worked: CellView, away: tuple[str, str]) -> CellView:
    """Draw an absence over the duty that it takes, which is struck out."""
    text, label = away
    classes = worked.classes.replace(" on", " away taken", 1)
    said = states_said((f"{label}, not there", worked.label))
    return replace(worked, text=text, label=said, classes=classes, sign="", gone=worked.text)
