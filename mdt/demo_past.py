"""A meeting of two weeks ago, for the demo: what was decided, what was done of it, and who was told."""

import uuid
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from mdt.actions.commands import finish_action
from mdt.actions.queries import actions_of
from mdt.bookings.commands import put_down_booking
from mdt.bookings.queries import clinics_offered
from mdt.cases.rules import CaseState
from mdt.closing.commands import agree_review, call_reviews, close_case
from mdt.closing.rules import ClosedWhy
from mdt.demo_members import Members
from mdt.invented import InventedPatient
from mdt.letters.commands import give_letter, note_told
from mdt.letters.queries import tellings_of
from mdt.letters.rules import Audience, Way
from mdt.lists.commands import publish_list, put_on_list
from mdt.lists.rules import ViewHeard
from mdt.meetings.commands import note_attendance
from mdt.meetings.queries import members_expected
from mdt.meetings.rules import AttendanceState
from mdt.minutes.commands import note_view, save_block
from mdt.minutes.rules import BlockName
from mdt.readback.commands import confirm_item, take_action
from mdt.run.commands import begin_meeting, finish_meeting, open_item
from mdt.signing.commands import sign_minutes
from network.access.rules import SYSTEM
from network.plumbing.database import days_ago, now, today

S = CaseState
# What the coordinator had sent off two days after the meeting; one person still waits to be told.
SEEN_WITHIN = timedelta(weeks=8)
# Minutes that cases took, one after the other.
TALKED = (5.5, 4.0, 7.5, 3.5, 6.0)
WAYS = {Audience.PRACTICE: Way.COPIED, Audience.ORGANISATION: Way.SHARED}


def held(members: Members, meeting_id: uuid.UUID, cases: dict[uuid.UUID, InventedPatient]) -> None:
    """Publish a list, hold the meeting, and have its minutes signed."""
    coordinator, chair = members.coordinator, members.chair
    items = {put_on_list(coordinator, meeting_id, case_id): case_id for case_id in cases}
    publish_list(coordinator, meeting_id)
    begin_meeting(chair, meeting_id)
    for attendance in members_expected(meeting_id):
        if attendance.account_id != chair.account_id:
            note_attendance(coordinator, meeting_id, attendance.id, AttendanceState.PRESENT)
    began_at, minutes = now(), 2.0
    for place, (item_id, case_id) in enumerate(items.items()):
        with _at(began_at + timedelta(minutes=minutes)):
            open_item(coordinator, item_id)
            _discussed(members, item_id, cases[case_id])
        minutes += TALKED[place % len(TALKED)]
        with _at(began_at + timedelta(minutes=minutes)):
            confirm_item(coordinator, item_id)
    with _at(began_at + timedelta(minutes=minutes + 3)):
        finish_meeting(chair, meeting_id)
        sign_minutes(chair, meeting_id)


def _at(moment: datetime) -> AbstractContextManager[None]:
    """Work at a moment of the past, whatever the clock is set to."""
    with days_ago(0):
        return days_ago((now() - moment) / timedelta(days=1))


def _discussed(members: Members, item_id: uuid.UUID, patient: InventedPatient) -> None:
    coordinator = members.coordinator
    save_block(coordinator, item_id, BlockName.DECISION, patient.decision, seen=0, key=str(uuid.uuid4()))
    note_view(coordinator, item_id, ViewHeard.STATEMENT)
    for line in patient.actions:
        take_action(coordinator, item_id, members.named(line), str(uuid.uuid4()))
    for clinic in clinics_offered():
        if clinic.name == patient.clinic:
            put_down_booking(coordinator, item_id, clinic.id, today() + SEEN_WITHIN, str(uuid.uuid4()))


def followed_up(members: Members, case_id: uuid.UUID, patient: InventedPatient) -> None:
    """Do what was agreed on a case as far as the demo shows it."""
    coordinator, state = members.coordinator, CaseState(patient.state)
    for telling in tellings_of(case_id):
        if telling.audience is Audience.PERSON and state is not S.ACTING:
            note_told(coordinator, telling.id, Way.PHONE)
        elif telling.letter_id and telling.audience in WAYS:
            give_letter(coordinator, telling.letter_id, WAYS[telling.audience])
    if state in {S.CLOSED, S.REVIEW_DUE}:
        for action in actions_of(case_id):
            finish_action(coordinator, action.id)
    if state is S.REVIEW_DUE:
        agree_review(coordinator, case_id, today() + timedelta(days=5))
    if state is S.CLOSED:
        close_case(coordinator, case_id, ClosedWhy.ANSWERED)


def come_back() -> None:
    """Bring back what is due for review by now."""
    call_reviews(SYSTEM)
