"""What changes of cells look up: the sites, the duties of the sessions touched, and how they are staffed."""

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from sqlalchemy import func, select, tuple_

from network.access.rules import Actor
from network.organisations.queries import sites_for
from network.organisations.records import Site, SiteOpening
from network.people.records import Engagement
from network.plumbing.database import db
from network.plumbing.refusals import Invalid
from network.vocabulary import Activity, FundingStream, JobRole, RoleGroup, SessionKind
from rota.cover.wording import SIGNS, session_said
from rota.desk.rules import Change, Deed, Meant, Offer, Vocabulary, as_sent, best_offer
from rota.desk.wording import content_said
from rota.drafts.queries import Standing, counts_as_cover, last_edits, members_of, standing_in
from rota.edits.rules import Cell, Content, kept
from rota.funding.rules import stream_for
from rota.losses.queries import is_away
from rota.roster.rules import USUAL_HOURS, Hours, moment, on_day
from rota.rotas.queries import get_version_for
from rota.rotas.records import Assignment, DemandLine, RotaVersion
from rota.rotas.rules import AssignmentSource
from rota.rows.wording import AWAY_CODES, FIXED_CODES, HIDDEN_AWAY
from rota.staff.queries import planned_between
from rota.staff.records import RotaMember


@dataclass(frozen=True)
class Desk:
    """A draft as far as some of its cells are concerned, read in the same few statements for any number."""

    actor: Actor
    version: RotaVersion
    cells: Collection[Cell]

    @cached_property
    def members(self) -> dict[uuid.UUID, RotaMember]:
        return members_of(self.cells)

    @cached_property
    def standing(self) -> dict[Cell, Standing]:
        return dict(standing_in(self.version.id, self.cells))

    @cached_property
    def sites(self) -> dict[str, Site]:
        return {site.code: site for site in sites_for(self.actor)}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        names = {code: site.name for code, site in self.sites.items()}
        return Vocabulary(names, SIGNS, {*AWAY_CODES.values(), HIDDEN_AWAY}, set(FIXED_CODES.values()))

    @cached_property
    def lines(self) -> dict[tuple[date, SessionKind], list[DemandLine]]:
        """The lines of demand of the sessions touched."""
        sessions = {(cell.day, cell.kind) for cell in self.cells}
        found: dict[tuple[date, SessionKind], list[DemandLine]] = {}
        for line in db.session.scalars(
            select(DemandLine)
            .where(
                DemandLine.period_id == self.version.period_id,
                tuple_(DemandLine.day, DemandLine.kind).in_(sessions),
            )
            .order_by(DemandLine.id)
        ):
            found.setdefault((line.day, line.kind), []).append(line)
        return found

    @cached_property
    def have(self) -> Counter[uuid.UUID]:
        """Count those on each line of these sessions, without the cells that are to change."""
        sessions = {(cell.day, cell.kind) for cell in self.cells}
        rows = db.session.execute(
            select(Assignment.member_id, Assignment.day, Assignment.kind, Assignment.line_id)
            .join(Assignment.member)
            .join(RotaMember.engagement)
            .where(
                Engagement.role.in_([role for role in JobRole if counts_as_cover(role)]),
                Assignment.version_id == self.version.id,
                tuple_(Assignment.day, Assignment.kind).in_(sessions),
                Assignment.line_id.is_not(None),
                planned_between(self.version.period.starts_on, self.version.period.ends_on),
                ~is_away(Assignment.member_id, Assignment.day, Assignment.kind),
            )
        )
        touched = set(self.cells)
        return Counter(row.line_id for row in rows if Cell(*row[:3]) not in touched)

    def take(self, member: RotaMember, line_id: uuid.UUID) -> None:
        """Count somebody who is put on a line, for those who come after."""
        if counts_as_cover(member.engagement.role):
            self.have[line_id] += 1

    def offers(self, cell: Cell) -> list[Offer]:
        """Give the duties of a cell's session that its person could be put on."""
        role = self.members[cell.member_id].engagement.role
        held = self.standing[cell].content
        codes = {site.id: code for code, site in self.sites.items()}
        return [
            Offer(
                line.id,
                codes[line.site_id],
                line.activity,
                line.minimum,
                line.maximum,
                self.have[line.id],
                is_current=held is not None and held["line_id"] == str(line.id),
            )
            for line in self.lines.get((cell.day, cell.kind), ())
            if role in line.role_group.roles and line.site_id in codes
        ]

    def line(self, cell: Cell, line_id: uuid.UUID) -> DemandLine | None:
        """Find a line of demand in a cell's session."""
        here = self.lines.get((cell.day, cell.kind), ())
        return next((line for line in here if line.id == line_id), None)

    def usual_activity(self, cell: Cell) -> Activity:
        """Say what somebody does where nothing else is asked: what they do now, or most of their role."""
        held = self.standing[cell].content
        if held is not None:
            return Activity(held["activity"])
        role = self.members[cell.member_id].engagement.role
        counts: Counter[Activity] = Counter()
        for (group, activity), number in self._activities.items():
            if role in group.roles:
                counts[activity] += number
        return max(counts, key=lambda each: counts[each], default=Activity.SURGERY)

    @cached_property
    def _activities(self) -> dict[tuple[RoleGroup, Activity], int]:
        rows = db.session.execute(
            select(DemandLine.role_group, DemandLine.activity, func.count())
            .where(DemandLine.period_id == self.version.period_id)
            .group_by(DemandLine.role_group, DemandLine.activity)
        )
        return {(group, activity): number for group, activity, number in rows}

    def hours(self, site_id: uuid.UUID | None, day: date, kind: SessionKind) -> Hours:
        """Say when a session is held at a site."""
        starts, ends = self._openings.get((site_id, day.weekday(), kind), USUAL_HOURS[kind])
        return on_day(day, starts), on_day(day, ends)

    @cached_property
    def _openings(self) -> dict[tuple[uuid.UUID | None, int, SessionKind], tuple[time, time]]:
        kinds = {cell.kind for cell in self.cells}
        rows = db.session.scalars(
            select(SiteOpening).where(
                SiteOpening.site_id.in_([site.id for site in self.sites.values()]),
                SiteOpening.kind.in_(kinds),
            )
        )
        return {(row.site_id, row.weekday, row.kind): (row.starts_at, row.ends_at) for row in rows}


@dataclass(frozen=True)
class Contested:
    """A cell that two people changed: what stands there, by whom, and what the later one wanted."""

    name: str
    session: str
    stands: str
    by: str
    at: datetime | None
    wanted: str


@dataclass(frozen=True)
class Conflict:
    """A change that came too late: both sides of it, and the same change again on what stands there now."""

    version_id: uuid.UUID
    contested: tuple[Contested, ...]
    changes: tuple[Change, ...]

    @property
    def as_sent(self) -> str:
        return as_sent(self.changes)


def conflict_for(
    viewer: Actor, version_id: uuid.UUID, changes: Sequence[Change], late: Collection[Cell]
) -> Conflict:
    """Return both sides of changes that came too late, ready to be sent again."""
    desk = Desk(viewer, get_version_for(viewer, version_id), [change.cell for change in changes])
    names = {str(site.id): site.name for site in desk.sites.values()}
    edits = last_edits(version_id, late)
    contested = [
        Contested(
            name=desk.members[each.cell.member_id].name,
            session=session_said(each.cell.day, each.cell.kind),
            stands=content_said(desk.standing[each.cell].content, names),
            by=edits[each.cell].by if each.cell in edits else "",
            at=edits[each.cell].at if each.cell in edits else None,
            wanted=content_said(meant_content(desk, each), names),
        )
        for each in changes
        if each.cell in late
    ]
    anew = tuple(replace(each, seen=desk.standing[each.cell].mark) for each in changes if each.cell in late)
    kept_marks = tuple(each for each in changes if each.cell not in late)
    return Conflict(version_id, tuple(contested), (*kept_marks, *anew))


def meant_content(desk: Desk, change: Change) -> Content:
    """Give the content that a cell is to have, in the words in which it was asked for."""
    meant = desk.vocabulary.read(change.to)
    held = desk.standing[change.cell].content
    if meant.deed is Deed.CLEAR:
        return None
    if meant.deed is Deed.GO:
        return going(desk, change.cell, meant)
    if held is None:
        raise Invalid("There is nothing in this cell to pin or unpin.")
    return {**held, "is_pinned": meant.deed is Deed.PIN}


def going(desk: Desk, cell: Cell, meant: Meant) -> Content:
    """Put somebody on the best duty of a site, or on a place made by hand where none has room."""
    usual = desk.usual_activity(cell)
    offer = best_offer(desk.offers(cell), meant, usual)
    line = desk.line(cell, offer.line) if offer else None
    if line is not None:
        desk.take(desk.members[cell.member_id], line.id)
        return on_line(desk, cell, line)
    site = desk.sites.get(meant.site)
    return by_hand(desk, cell, site.id if site else None, meant.activity or usual)


def on_line(desk: Desk, cell: Cell, line: DemandLine) -> Content:
    """Put somebody on a line of demand."""
    return _content(desk, cell, line, line.id, line.funding)


def by_hand(desk: Desk, cell: Cell, site_id: uuid.UUID | None, activity: Activity) -> Content:
    """Make a place for somebody at a site; no site means remote."""
    member = desk.members[cell.member_id]
    role = member.engagement.role
    group = next((group for group in RoleGroup if role in group.roles), None)
    if group is None:
        raise Invalid(f"{member.name} works as {role.label}, a role that is not rostered on sessions.")
    made = DemandLine(site_id=site_id, day=cell.day, kind=cell.kind, role_group=group, activity=activity)
    return _content(desk, cell, made, None, _own_stream(member))


def _content(
    desk: Desk, cell: Cell, line: DemandLine, line_id: uuid.UUID | None, stream: FundingStream
) -> dict[str, Any]:
    member = desk.members[cell.member_id]
    starts, ends = desk.hours(line.site_id, cell.day, cell.kind)
    length = int((ends - starts).total_seconds()) // 60
    split = {each.stream: each.percent for each in member.funding}
    return kept(
        {
            "line_id": line_id,
            "site_id": line.site_id,
            "role_group": line.role_group,
            "activity": line.activity,
            "starts_at": moment(starts),
            "ends_at": moment(ends),
            "minutes": min(length, member.engagement.session_minutes),
            "funding": stream_for(split, member.engagement.role, line.activity, stream),
            "source": AssignmentSource.MANUAL,
            "is_pinned": True,
        }
    )


def _own_stream(member: RotaMember) -> FundingStream:
    """Name the stream that pays most of somebody's time."""
    largest = max(member.funding, key=lambda split: split.percent, default=None)
    return largest.stream if largest else FundingStream.CORE
