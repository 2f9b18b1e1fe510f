"""The demo's meeting of 12 cases with 15 people in the room, for the meeting bench to measure."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

import mdt.demo
import network.demo
from mdt.lists.queries import items_on
from mdt.meetings.queries import members_expected
from mdt.meetings.records import Meeting
from mdt.meetings.rules import MeetingState
from mdt.run.commands import begin_meeting
from network import invented
from network.access.rules import SYSTEM, Actor, Role
from network.accounts.commands import give_role, open_account
from network.accounts.queries import workplace_of
from network.accounts.records import Account, SignIn
from network.demo import Engaged
from network.plumbing.commands import command
from network.plumbing.database import db, enter_network

PEOPLE = 15
# The demo's own meeting has one person fewer.
GUESTS = 1


@dataclass(frozen=True)
class Seat:
    """Somebody in the room, and the sign-in under which their screen is open."""

    account: str
    sign_in: uuid.UUID


@dataclass(frozen=True)
class Room:
    """A meeting that runs, how many cases are on its list, and who is in it: the chair first."""

    meeting_id: uuid.UUID
    cases: int
    seats: tuple[Seat, ...]

    @property
    def path(self) -> str:
        return f"/meetings/{self.meeting_id}/run"


def make_room() -> Room:
    """Make a network of the demo, and begin its meeting with everybody there."""
    enter_network(found(SYSTEM).network_id)
    meeting = db.session.scalars(select(Meeting).where(Meeting.state == MeetingState.PUBLISHED)).one()
    assert meeting.chair_id is not None
    begin_meeting(workplace_of(db.session.get_one(Account, meeting.chair_id)).actor, meeting.id)
    expected = {each.account_id for each in members_expected(meeting.id)} - {meeting.chair_id, None}
    seats = [take_seat(account_id) for account_id in (meeting.chair_id, *expected) if account_id]
    db.session.commit()
    return Room(meeting.id, len(items_on(meeting.id)), tuple(seats[:PEOPLE]))


@command
def found(actor: Actor) -> network.demo.Made:
    """Make one invented network with its cases."""
    made = network.demo.make(invented.networks("s")[0], number=0)
    for place in range(GUESTS):
        invite(made.people[-1 - place])
    mdt.demo.make(made)
    return made


def invite(one: Engaged) -> None:
    """Give a further member of the network an account, so that the demo expects them too."""
    account_id = open_account(SYSTEM, f"guest.{one.person_id}@riverside.example", person_id=one.person_id)
    give_role(SYSTEM, account_id, Role.CLINICIAN, one.employer_id)


def take_seat(account_id: uuid.UUID) -> Seat:
    """Sign somebody in."""
    row = SignIn(account_id=account_id)
    db.session.add(row)
    db.session.flush()
    return Seat(db.session.get_one(Account, account_id).fs_uniquifier, row.id)
