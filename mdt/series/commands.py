"""Starting and changing a series of meetings, its members, and its dates."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from mdt.dates.queries import is_taken
from mdt.meetings.commands import drop, expect, name_leaders, note_change
from mdt.meetings.queries import Colleague, colleagues_for, find_attendance, get_colleague_for
from mdt.meetings.records import Meeting, MeetingSeries, SeriesMember
from mdt.meetings.rules import MeetingState
from mdt.series.queries import dates_ahead, find_member, get_series_for
from mdt.series.rules import INHERITED, MOST_DATES, SeriesDetails, moment_of, wrong_with_series
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid, NotFound
from network.vocabulary import Discipline


@command
def start_series(actor: Actor, details: SeriesDetails) -> uuid.UUID:
    """Start a series; its dates are added to it."""
    require(actor.may(Permission.BUILD_LISTS))
    series = MeetingSeries(name=details.name, quorum={})
    _write(actor, series, details)
    db.session.add(series)
    db.session.flush()
    record(actor, "start_series", "meeting_series", series.id, name=series.name)
    return series.id


@command
def change_series(actor: Actor, series_id: uuid.UUID, details: SeriesDetails) -> None:
    """Change a series; dates whose list is not published follow, but for what was changed on them."""
    series = get_series_for(actor, series_id)
    before = {name: getattr(series, name) for name in (*INHERITED, "chair_id", "minute_taker_id")}
    _write(actor, series, details)
    db.session.flush()
    for meeting in dates_ahead(series_id):
        if meeting.state is MeetingState.PLANNED:
            _follow(actor, meeting, series, before)
    record(actor, "change_series", "meeting_series", series.id, name=series.name)


@command
def end_series(actor: Actor, series_id: uuid.UUID) -> None:
    """End a series: no more dates are added; those that there are stay."""
    series = get_series_for(actor, series_id)
    series.is_ended = True
    record(actor, "end_series", "meeting_series", series.id, name=series.name)


@command
def resume_series(actor: Actor, series_id: uuid.UUID) -> None:
    """Take up a series again that was ended."""
    series = get_series_for(actor, series_id)
    series.is_ended = False
    record(actor, "resume_series", "meeting_series", series.id, name=series.name)


@command
def add_member(
    actor: Actor, series_id: uuid.UUID, account_id: uuid.UUID, discipline: Discipline | None = None
) -> None:
    """Expect somebody at every date of a series from now on."""
    series = get_series_for(actor, series_id)
    if find_member(series_id, account_id) is not None:
        raise Invalid("Choose somebody else: they are a member already.")
    colleague = get_colleague_for(actor, account_id)
    _join(actor, series, colleague, discipline)
    for meeting in dates_ahead(series_id):
        if find_attendance(meeting.id, account_id) is None:
            expect(actor, meeting, colleague, discipline)
            note_change(meeting)


@command
def remove_member(actor: Actor, series_id: uuid.UUID, account_id: uuid.UUID) -> None:
    """Expect somebody no more at the dates to come, but for those that they lead."""
    series = get_series_for(actor, series_id)
    member = find_member(series_id, account_id)
    if member is None:
        raise NotFound
    if account_id in (series.chair_id, series.minute_taker_id):
        raise Invalid(f"Name somebody else first: {member.name} chairs it or takes its minutes.")
    db.session.delete(member)
    for meeting in dates_ahead(series_id):
        attendance = find_attendance(meeting.id, account_id)
        if attendance is not None and account_id not in (meeting.chair_id, meeting.minute_taker_id):
            drop(actor, meeting, attendance)
            note_change(meeting)
    record(actor, "remove_member", "meeting_series", series.id, account=str(account_id))


@command
def add_dates(actor: Actor, series_id: uuid.UUID, days: Sequence[date], at: time) -> list[uuid.UUID]:
    """Add dates to a series, each with its length, place, quorum and members; a date there is stays one."""
    series = get_series_for(actor, series_id)
    if series.is_ended:
        raise Invalid("Take up this series again before you add dates.")
    if not 1 <= len(days) <= MOST_DATES:
        raise Invalid(f"Add from 1 to {MOST_DATES} dates at a time.")
    if any(moment_of(day, at) <= now() for day in days):
        raise Invalid("Enter a first date that is still to come.")
    here = {one.account_id: one for one in colleagues_for(actor)}
    made = [meeting.id for day in days if (meeting := _add_date(actor, series, moment_of(day, at), here))]
    record(actor, "add_dates", "meeting_series", series.id, dates=len(made))
    return made


def _write(actor: Actor, series: MeetingSeries, details: SeriesDetails) -> None:
    if wrong := wrong_with_series(details):
        raise Invalid(wrong)
    for name, value in vars(details).items():
        setattr(series, name, value)
    series.name, series.quorum = details.name.strip(), {k: v for k, v in details.quorum.items() if v}
    db.session.add(series)
    db.session.flush()
    for account_id in {details.chair_id, details.minute_taker_id} - {None}:
        if account_id is not None and find_member(series.id, account_id) is None:
            _join(actor, series, get_colleague_for(actor, account_id), None)


def _follow(actor: Actor, meeting: Meeting, series: MeetingSeries, before: dict[str, object]) -> None:
    """Let a date follow its series in what was the same on both before."""
    for name in INHERITED:
        if getattr(meeting, name) == before[name]:
            setattr(meeting, name, getattr(series, name))
    chair_id, minute_taker_id = (
        getattr(series if getattr(meeting, name) == before[name] else meeting, name)
        for name in ("chair_id", "minute_taker_id")
    )
    name_leaders(actor, meeting, chair_id, minute_taker_id)
    note_change(meeting)


def _add_date(
    actor: Actor, series: MeetingSeries, starts_at: datetime, here: Mapping[uuid.UUID, Colleague]
) -> Meeting | None:
    inherited = {name: getattr(series, name) for name in INHERITED}
    meeting = Meeting(series_id=series.id, starts_at=starts_at, **inherited)
    if is_taken(meeting, starts_at):
        return None
    db.session.add(meeting)
    db.session.flush()
    # Members who have left the network since are not asked.
    for member in series.members:
        if member.account_id in here:
            expect(actor, meeting, here[member.account_id], member.discipline)
    chair_id, minute_taker_id = (
        each if each in here else None for each in (series.chair_id, series.minute_taker_id)
    )
    name_leaders(actor, meeting, chair_id, minute_taker_id)
    return meeting


def _join(actor: Actor, series: MeetingSeries, colleague: Colleague, discipline: Discipline | None) -> None:
    series.members.append(
        SeriesMember(
            account_id=colleague.account_id,
            name=colleague.name,
            organisation_id=colleague.organisation_id,
            discipline=discipline or colleague.discipline,
        )
    )
    record(actor, "add_member", "meeting_series", series.id, account=str(colleague.account_id))
