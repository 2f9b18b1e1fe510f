"""The demo's own page: one person has a link, and has written to the team by it."""

from datetime import timedelta

from sqlalchemy import select

from mdt.cases.records import Case
from mdt.cases.rules import OPEN
from mdt.demo_members import Members
from mdt.own_door.commands import Wanted, make_own_door
from mdt.own_door.queries import bars_to, find_door_by
from mdt.own_page.commands import note_own_page_seen, write_from_own_page
from mdt.patients.records import Patient
from mdt.story.queries import statements_of
from network.access.rules import SYSTEM
from network.plumbing.database import days_ago, db, today

WORDS = "Thursday is my day at the hospital. Could the nurse come on Friday, please?"


def open_own_page(members: Members) -> None:
    """Give somebody whose words are known a link, and let them write by it."""
    patient = _somebody()
    if patient is None:
        return
    with days_ago(6):
        wanted = Wanted(
            today() + timedelta(days=90),
            is_safe=True,
            handed_over="Read from the screen with their own phone.",
        )
        token = make_own_door(members.coordinator, patient.id, wanted)
    named = find_door_by(token)
    if named is not None:
        with days_ago(1):
            note_own_page_seen(SYSTEM, named[1])
            write_from_own_page(SYSTEM, named[1], WORDS)


def _somebody() -> Patient | None:
    cases = db.session.scalars(select(Case).where(Case.state.in_(OPEN)).order_by(Case.number))
    for case in cases:
        if statements_of(case.patient_id) and not bars_to(case.patient, None):
            return case.patient
    return None
