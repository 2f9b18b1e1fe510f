"""Whom a meeting asks of the rota, and what the rota says of it."""

import uuid
from collections.abc import Callable, Iterable, Sequence, Sized
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from mdt.keeping.records import MeetingTime
from mdt.keeping.rules import KEEPS, hours_of, wanted_at
from mdt.learners.queries import visits_over
from mdt.meetings.queries import get_meeting_for, may_prepare, members_expected
from mdt.meetings.records import Meeting
from mdt.meetings.rules import AttendanceState
from network.access.rules import SYSTEM, Actor
from network.accounts.records import Account
from network.organisations.records import Organisation
from network.people.queries import known_people
from network.people.records import Engagement
from network.plumbing.database import ENGLAND, db, in_network, now, today
from network.plumbing.encryption import keyring
from network.plumbing.refusals import NotFound
from network.vocabulary import LEARNER_ROLES, Discipline, JobRole, OrganisationKind
from rota import diary

# A worker that stood still for some days has nothing left out.
COUNTED_WITHIN = timedelta(days=14)


def holding_of(meeting: Meeting) -> diary.Holding:
    """Say to the rota when a meeting is, whom it needs and what makes its quorum; never what it is about."""
    people = members_expected(meeting.id)
    persons = persons_of([each.account_id for each in people if each.account_id])
    wanted = wanted_at(people, (meeting.chair_id, meeting.minute_taker_id), meeting.quorum, persons)
    starts_at = meeting.starts_at.astimezone(ENGLAND)
    starts, ends = hours_of(starts_at, meeting.minutes)
    return diary.Holding(
        key=meeting.id,
        day=starts_at.date(),
        starts=starts,
        ends=ends,
        needed=wanted.needed,
        quorum=tuple(diary.Need(each, least, of) for each, (least, of) in wanted.quorum.items()),
    )


def persons_of(account_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return the people behind some accounts who have a post in the network: rotas may know them."""
    rows = db.session.execute(
        select(Account.id, Account.person_id).where(
            Account.id.in_(account_ids), Account.person_id.is_not(None)
        )
    )
    persons = {account_id: person_id for account_id, person_id in rows if person_id is not None}
    known = known_people(SYSTEM, set(persons.values()))
    return {account_id: person_id for account_id, person_id in persons.items() if person_id in known}


def exposures_at(meeting: Meeting) -> list[diary.Exposure]:
    """Return who learns by having been in the room, as programmes count it: those in training posts alone."""
    present = [each for each in members_expected(meeting.id) if each.state is AttendanceState.PRESENT]
    persons = persons_of([each.account_id for each in present if each.account_id])
    day = meeting.starts_at.astimezone(ENGLAND).date()
    learning = _training_posts(persons.values(), day)
    return [
        diary.Exposure(persons[each.account_id], each.discipline, day, meeting.id)
        for each in present
        if each.account_id and persons.get(each.account_id) in learning
    ]


def exposures_of_visits(today: date) -> list[diary.Exposure]:
    """Return the cases that learners followed until lately, as programmes count them: by an opaque key."""
    found = []
    for visit in visits_over(today - COUNTED_WITHIN, today):
        person_id = persons_of([visit.account_id]).get(visit.account_id)
        post = _training_posts([person_id], visit.last_day).get(person_id) if person_id else None
        if person_id and post:
            # Made with a key of ours: nothing that the rota keeps leads to the case.
            key = uuid.UUID(keyring().sign("visit of a learner", str(visit.id))[:32])
            kind = diary.ExposureKind.CASE
            found.append(diary.Exposure(person_id, post.discipline, visit.last_day, key, kind))
    return found


def networks_with_visits() -> list[uuid.UUID]:
    """Return the networks in which a learner followed a case until lately."""
    return [each for each in _networks() if _within(each, lambda: exposures_of_visits(today()))]


def _training_posts(person_ids: Iterable[uuid.UUID], day: date) -> dict[uuid.UUID, JobRole]:
    """Return who of some people is in a training post on a day, and in which role."""
    rows = db.session.execute(
        select(Engagement.person_id, Engagement.role).where(
            Engagement.person_id.in_(list(person_ids)),
            Engagement.role.in_(LEARNER_ROLES),
            Engagement.starts_on <= day,
            or_(Engagement.ends_on.is_(None), Engagement.ends_on >= day),
        )
    )
    return {person_id: role for person_id, role in rows}


@dataclass(frozen=True)
class PersonThen:
    """Somebody expected at a meeting, and whether they would be free; None where no rota knows them."""

    name: str
    discipline: Discipline
    free: diary.Free | None


def free_then(meeting: Meeting, starts_at: datetime) -> list[PersonThen]:
    """Say who of those expected would be free at another time, those who would not be first."""
    people = members_expected(meeting.id)
    persons = persons_of([each.account_id for each in people if each.account_id])
    starts, ends = hours_of(starts_at, meeting.minutes)
    free = diary.free_people(starts_at.date(), starts, ends, sorted(set(persons.values())), but=meeting.id)
    by_account = {account_id: free[person_id] for account_id, person_id in persons.items()}
    found = [
        PersonThen(each.name, each.discipline, by_account.get(each.account_id) if each.account_id else None)
        for each in people
    ]
    return sorted(found, key=lambda each: (each.free is None, each.free is not None and each.free.is_free))


def find_time_of(meeting_id: uuid.UUID) -> MeetingTime | None:
    """Find what is kept of a meeting's time in the rota."""
    return db.session.scalars(select(MeetingTime).where(MeetingTime.meeting_id == meeting_id)).one_or_none()


def times_ahead() -> Sequence[MeetingTime]:
    """Return the meetings ahead for which the rota keeps time, the next first."""
    return db.session.scalars(
        select(MeetingTime)
        .join(MeetingTime.meeting)
        .where(Meeting.state.in_(KEEPS), Meeting.starts_at > now())
        .options(joinedload(MeetingTime.meeting))
        .order_by(Meeting.starts_at)
    ).all()


def threatened_for(viewer: Actor) -> list[MeetingTime]:
    """Return the meetings ahead that the viewer prepares and of which the rota last said something."""
    return [each for each in times_ahead() if each.said and _prepares(viewer, each.meeting)]


def networks_with_meetings() -> list[uuid.UUID]:
    """Return the networks whose rotas keep time for a meeting ahead."""
    return [each for each in _networks() if _within(each, times_ahead)]


def _networks() -> Sequence[uuid.UUID]:
    return db.session.scalars(
        select(Organisation.id).where(Organisation.kind == OrganisationKind.NETWORK).order_by(Organisation.id)
    ).all()


def _within(network_id: uuid.UUID, question: Callable[[], Sized]) -> bool:
    # What is one network's is hidden from all others.
    with in_network(network_id):
        return bool(len(question()))


def _prepares(viewer: Actor, meeting: Meeting) -> bool:
    try:
        return may_prepare(viewer, get_meeting_for(viewer, meeting.id))
    except NotFound:
        return False
