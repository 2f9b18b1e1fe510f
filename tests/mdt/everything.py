"""One case with all that can be known of it, hidden from most: by the names that addresses use."""

import uuid
from datetime import date, time

from mdt.bookings.records import Booking
from mdt.bookings.rules import BookingState
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.contributions.records import Contribution
from mdt.contributions.rules import ContributionState, Visibility
from mdt.learners.records import LearnerVisit
from mdt.letters.records import Letter, Telling
from mdt.letters.rules import Audience
from mdt.meetings.rules import MeetingState
from mdt.patients.rules import Contact, Identity
from mdt.referrals.commands import refer_patient
from mdt.referrals.rules import Referral
from mdt.sharing.rules import SharingBasis
from mdt.story.commands import add_carer, note_statement, record_need
from mdt.story.rules import CarerDetails, Heard, NeedKind, StatementKind
from mdt.subject_access.commands import record_request
from mdt.subject_access.rules import AskedBy
from network.access.rules import Role
from network.plumbing.database import db, now, today
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.makers import keep
from tests.mdt.scene import NUMBERS, expect, home_of, make_action, make_decision, make_item, make_meeting

# What stands nowhere but with this person; the last two are for clinicians only.
FAMILY, WORDS, QUESTION, STATED = "Quincunx", "zirconium", "Whither the xylophone?", "My velocipede."
PASTED, CLINICAL = "Pasted from the obfuscatory record", "A lugubrious contribution"
TOKEN = uuid.UUID("8a1c0d5e-0f5b-4c43-9d0b-5f3a6a1f7b21")
SECRETS = (FAMILY, WORDS, QUESTION, STATED, PASTED, CLINICAL, NUMBERS[0], "999 000 0018")


def make_everything(cast: Cast) -> dict[str, uuid.UUID]:
    """Somebody whom only the charity and the coordinator know, with all that can be known of them."""
    coordinator = cast[Role.CARE_COORDINATOR]
    case_id = refer_patient(
        cast[Role.VOLUNTARY_MEMBER],
        Identity(FAMILY, "Edith", date(1941, 3, 4), NUMBERS[0]),
        Referral(QUESTION, WORDS, basis=SharingBasis.INFORMED, how_informed="At home.", pasted=PASTED),
        organisation_id=home_of(cast, Role.VOLUNTARY_MEMBER),
        contact=Contact(address=f"1 {WORDS} Lane"),
    )
    case = db.session.get_one(Case, case_id)
    patient_id = case.patient_id
    heard = Heard(StatementKind.MATTERS, STATED, "Edith", "A Nurse", today())
    statement_id = note_statement(coordinator, patient_id, heard)
    record_need(coordinator, patient_id, NeedKind.COMMUNICATION, f"{WORDS} loop")
    carer_id = add_carer(coordinator, patient_id, CarerDetails(f"Ann {FAMILY}", "daughter"))
    # What was pasted is read by whoever pasted it, clinical or not: here somebody else did.
    case.referrer_id = coordinator.account_id
    case.state, case.coordinator_id = CaseState.LISTED, coordinator.account_id
    meeting = make_meeting(cast, MeetingState.PUBLISHED, chair_id=None, chair="")
    expect(cast, meeting, Role.CARE_COORDINATOR, Discipline.ADMINISTRATION)
    item = make_item(meeting, case)
    request_id = record_request(coordinator, patient_id, AskedBy.PERSON, today(), WORDS)
    decision = make_decision(item, f"Decided on {WORDS}.")
    return {
        "patient_id": patient_id,
        "case_id": case_id,
        "statement_id": statement_id,
        "carer_id": carer_id,
        "meeting_id": meeting.id,
        "item_id": item.id,
        "decision_id": decision.id,
        "request_id": request_id,
    } | _written(cast, case_id, decision.id)


def _written(cast: Cast, case_id: uuid.UUID, decision_id: uuid.UUID) -> dict[str, uuid.UUID]:
    """Add what was said, done and written of the case."""
    case = db.session.get_one(Case, case_id)
    contribution = keep(
        Contribution(
            case_id=case_id,
            discipline=Discipline.PHARMACY,
            organisation_id=cast.oak.id,
            state=ContributionState.GIVEN,
            words=CLINICAL,
            visibility=Visibility.CLINICAL,
            asked_by="Nobody",
        )
    )
    action = make_action(case, None, home_of(cast, Role.VOLUNTARY_MEMBER), words=f"Find {WORDS}")
    letter = keep(
        Letter(
            case_id=case_id,
            decision_id=decision_id,
            audience=Audience.PERSON,
            words=f"Dear {FAMILY}",
            made_by="Nobody",
        )
    )
    telling = keep(Telling(case_id=case_id, audience=Audience.PERSON, whom=FAMILY, due_on=today()))
    booking = keep(
        Booking(
            case_id=case_id,
            decision_id=decision_id,
            clinic_type_id=uuid.uuid4(),
            clinic=f"{WORDS} one-stop",
            due_on=today(),
            state=BookingState.PLANNED,
            token=str(TOKEN),
            token_index=str(TOKEN),
            day=today(),
            starts=time(9),
            site=f"{WORDS} House",
            telling_id=telling.id,
            made_by="Nobody",
        )
    )
    # Of somebody who may no longer look: the visit is over.
    visit = keep(
        LearnerVisit(
            case_id=case_id,
            account_id=uuid.uuid4(),
            name="Nobody",
            organisation="Elm",
            starts_on=today(),
            ends_on=today(),
            how=f"Told at home: {WORDS}",
            informed_by="Nobody",
            informed_on=today(),
            let_in_by="Nobody",
            ended_at=now(),
        )
    )
    db.session.commit()
    return {
        "visit_id": visit.id,
        "contribution_id": contribution.id,
        "action_id": action.id,
        "letter_id": letter.id,
        "telling_id": telling.id,
        "booking_id": booking.id,
    }
