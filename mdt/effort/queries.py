"""Time given to the team by organisation and scheme: from the meetings, and from what people told."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from mdt.effort.records import EffortScheme, Preparation, SchemeClaimant
from mdt.effort.rules import LOOK_BACK_DAYS, Claim, EffortLine, Spent, attended_minutes, lines_of
from mdt.lists.records import AgendaItem
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import IN_THE_ROOM, MeetingState
from mdt.periods.rules import Period
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.organisations.records import Organisation
from network.plumbing.database import ENGLAND, db, now
from network.plumbing.refusals import NotFound

MINUTE = timedelta(minutes=1)
HELD = (MeetingState.MINUTES_DRAFT, MeetingState.SIGNED)


@dataclass(frozen=True)
class Effort:
    """What organisations gave in a period."""

    period: Period
    lines: Sequence[EffortLine]

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines)

    @property
    def unpaid(self) -> int:
        return sum(line.unpaid for line in self.lines)


@dataclass(frozen=True)
class OwnMeeting:
    """A meeting that somebody was expected at, and how long they prepared for it, where they said."""

    meeting_id: uuid.UUID
    name: str
    on: date
    minutes: int | None


def effort_for(viewer: Actor, period: Period) -> Effort:
    """Add up the time that organisations gave in a period: the viewer's own, or all of the network's."""
    require(viewer.may_somewhere(Permission.SEE_EFFORT))
    return Effort(period, lines_of([*_attended(viewer, period), *_prepared(viewer, period)], claims()))


def schemes_for(viewer: Actor) -> Sequence[EffortScheme]:
    """Return the schemes of the network with who claims under each."""
    require(viewer.may_somewhere(Permission.SEE_EFFORT))
    return db.session.scalars(
        select(EffortScheme)
        .options(selectinload(EffortScheme.claimants).joinedload(SchemeClaimant.organisation))
        .order_by(EffortScheme.code)
    ).all()


def get_scheme(scheme_id: uuid.UUID) -> EffortScheme:
    """Return a scheme of the network."""
    scheme = db.session.get(EffortScheme, scheme_id)
    if scheme is None:
        raise NotFound
    return scheme


def get_claimant(claimant_id: uuid.UUID) -> SchemeClaimant:
    """Return who claims under a scheme."""
    claimant = db.session.get(SchemeClaimant, claimant_id)
    if claimant is None:
        raise NotFound
    return claimant


def claims() -> list[Claim]:
    """Return every claim of the network; one for a single discipline goes before one for all."""
    rows = db.session.scalars(select(SchemeClaimant).options(joinedload(SchemeClaimant.scheme)))
    found = [as_claim(row) for row in rows]
    return sorted(found, key=lambda each: each.discipline is None)


def as_claim(row: SchemeClaimant) -> Claim:
    """Read a claim as the rules take it: it ends with its scheme."""
    ends = [day for day in (row.ends_on, row.scheme.ends_on) if day is not None]
    return Claim(
        row.organisation_id,
        row.discipline,
        row.starts_on,
        min(ends) if ends else None,
        f"{row.scheme.code} {row.scheme.name}",
        row.scheme.pays_preparation,
    )


def own_meetings(viewer: Actor) -> list[OwnMeeting]:
    """Return the meetings of the last months that somebody was expected at, the latest first."""
    if viewer.account_id is None:
        return []
    since = now() - timedelta(days=LOOK_BACK_DAYS)
    rows = db.session.execute(
        select(Meeting.id, Meeting.name, Meeting.starts_at)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .where(
            Attendance.account_id == viewer.account_id,
            Meeting.began_at.is_not(None),
            Meeting.starts_at > since,
        )
        .order_by(Meeting.starts_at.desc())
    ).all()
    told = select(Preparation.meeting_id, Preparation.minutes).where(
        Preparation.account_id == viewer.account_id
    )
    minutes = {meeting_id: number for meeting_id, number in db.session.execute(told)}
    return [
        OwnMeeting(meeting_id, name, starts_at.astimezone(ENGLAND).date(), minutes.get(meeting_id))
        for meeting_id, name, starts_at in rows
    ]


def own_attendance(viewer: Actor, meeting_id: uuid.UUID) -> Attendance:
    """Return somebody's own place at a meeting that was held lately."""
    found = db.session.scalars(
        select(Attendance).where(
            Attendance.meeting_id == meeting_id, Attendance.account_id == viewer.account_id
        )
    ).one_or_none()
    if found is None or meeting_id not in {each.meeting_id for each in own_meetings(viewer)}:
        raise NotFound
    return found


def find_preparation(viewer: Actor, meeting_id: uuid.UUID) -> Preparation | None:
    """Return what somebody said about their own preparation."""
    return db.session.scalars(
        select(Preparation).where(
            Preparation.meeting_id == meeting_id, Preparation.account_id == viewer.account_id
        )
    ).one_or_none()


def _attended(viewer: Actor, period: Period) -> list[Spent]:
    rows = db.session.execute(
        select(
            Attendance.meeting_id,
            Attendance.organisation_id,
            Organisation.name,
            Attendance.discipline,
            Attendance.from_position,
            Attendance.to_position,
            Meeting.minutes,
            Meeting.began_at,
            Meeting.ended_at,
        )
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .join(Organisation, Organisation.id == Attendance.organisation_id)
        .where(
            Meeting.state.in_(HELD),
            Meeting.ended_at.is_not(None),
            Attendance.state.in_(IN_THE_ROOM),
            _own(viewer, Attendance.organisation_id),
        )
    )
    items = _seconds()
    found = []
    for meeting_id, organisation_id, name, discipline, first, last, planned, began_at, ended_at in rows:
        if began_at is None or ended_at is None or not period.covers(began_at.astimezone(ENGLAND).date()):
            continue
        lasted = (ended_at - began_at) / MINUTE
        minutes = attended_minutes(lasted, planned, items[meeting_id], first, last)
        day = began_at.astimezone(ENGLAND).date()
        found.append(Spent(organisation_id, name, discipline, day, meeting=minutes))
    return found


def _prepared(viewer: Actor, period: Period) -> list[Spent]:
    rows = db.session.execute(
        select(
            Preparation.organisation_id,
            Organisation.name,
            Preparation.discipline,
            Preparation.minutes,
            Meeting.starts_at,
        )
        .join(Preparation.meeting)
        .join(Organisation, Organisation.id == Preparation.organisation_id)
        .where(_own(viewer, Preparation.organisation_id))
    )
    return [
        Spent(organisation_id, name, discipline, starts_at.astimezone(ENGLAND).date(), preparation=minutes)
        for organisation_id, name, discipline, minutes, starts_at in rows
        if period.covers(starts_at.astimezone(ENGLAND).date())
    ]


def _seconds() -> defaultdict[uuid.UUID, list[tuple[int, int]]]:
    """Return the position and the seconds of every case on the lists of meetings."""
    found: defaultdict[uuid.UUID, list[tuple[int, int]]] = defaultdict(list)
    rows = select(AgendaItem.meeting_id, AgendaItem.position, AgendaItem.seconds_taken)
    for meeting_id, position, seconds in db.session.execute(rows):
        found[meeting_id].append((position, seconds))
    return found


def _own(viewer: Actor, organisation: InstrumentedAttribute[uuid.UUID]) -> ColumnElement[bool]:
    reach = viewer.organisations_for(Permission.SEE_EFFORT)
    return true() if reach is None else organisation.in_(reach)
