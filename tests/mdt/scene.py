"""A referral, a meeting and what comes of them, as tests start from them."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from mdt.actions.records import Action
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.decisions.records import Decision
from mdt.lists.records import AgendaItem
from mdt.meetings.records import Attendance, Meeting, MeetingSeries
from mdt.meetings.rules import MeetingState
from mdt.patients.rules import Identity
from mdt.referrals.commands import refer_patient
from mdt.referrals.rules import Referral
from mdt.sharing.rules import SharingBasis
from network.access.rules import Role
from network.plumbing.database import db, now, today
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.makers import keep

# Valid, and never issued to anybody.
NUMBERS = ("9990000018", "9990000026", "9990000034")
# No S: pages speak of examples, and nobody is to be called so.
LETTERS = "ABCDEFGHIJKLMNOPQRTUVWXYZ"
EDITH = Identity("Specimen", "Edith", date(1941, 3, 4), NUMBERS[0], title="Mrs")
ASKED = Referral(
    question="Two falls since September: what can we change?",
    wants="To get to the allotment again.",
    basis=SharingBasis.INFORMED,
    how_informed="Told at home on 2 December.",
    pasted="  Problems:\n\tFalls x2  ",
)


def refer(cast: Cast, role: Role = Role.CLINICIAN, identity: Identity = EDITH, **changes: object) -> Case:
    """Refer somebody for the organisation of one of the cast."""
    actor = cast[role]
    case_id = refer_patient(actor, identity, replace(ASKED, **changes), organisation_id=home_of(cast, role))
    return db.session.get_one(Case, case_id)


def home_of(cast: Cast, role: Role) -> uuid.UUID:
    return cast[role].grants[0].organisation_id


def make_case(cast: Cast, state: CaseState = CaseState.TRIAGED, **changes: object) -> Case:
    """Refer somebody new, and set their case to a state without what leads there."""
    case = refer(cast, identity=somebody_new())
    case.state, case.coordinator_id = state, cast[Role.CARE_COORDINATOR].account_id
    case.coordinator = cast[Role.CARE_COORDINATOR].name
    for name, value in changes.items():
        setattr(case, name, value)
    db.session.commit()
    return case


def somebody_new() -> Identity:
    """Name somebody whom no case is about yet."""
    number = db.session.scalar(select(func.count()).select_from(Case)) or 0
    letters = LETTERS[number % len(LETTERS)] * (1 + number // len(LETTERS))
    return Identity(f"Example{letters}", "Sam", date(1940, 1, 1) + timedelta(days=number))


def make_series(cast: Cast, **changes: object) -> MeetingSeries:
    return keep(
        MeetingSeries(
            **{"name": "Frailty MDT", "chair_id": cast[Role.CHAIR].account_id, "quorum": {}, **changes}
        )
    )


def make_meeting(
    cast: Cast,
    state: MeetingState = MeetingState.PLANNED,
    starts_at: datetime | None = None,
    **changes: object,
) -> Meeting:
    """Make a meeting of an hour that the cast's chair leads, in two days where nothing else is said."""
    chair = cast[Role.CHAIR]
    return keep(
        Meeting(
            **{
                "name": "Frailty MDT",
                "starts_at": starts_at or now() + timedelta(days=2),
                "minutes": 60,
                "state": state,
                "chair_id": chair.account_id,
                "chair": chair.name,
                "quorum": {},
                **changes,
            }
        )
    )


def expect(
    cast: Cast, meeting: Meeting, role: Role, discipline: Discipline = Discipline.GENERAL_PRACTICE
) -> Attendance:
    """Expect one of the cast at a meeting."""
    return keep(
        Attendance(
            meeting_id=meeting.id,
            account_id=cast[role].account_id,
            name=cast[role].name,
            organisation_id=home_of(cast, role),
            discipline=discipline,
        )
    )


def make_item(meeting: Meeting, case: Case, position: int = 1, **changes: object) -> AgendaItem:
    """Put a case on a meeting's list without what leads there."""
    return keep(
        AgendaItem(
            **{
                "meeting_id": meeting.id,
                "case_id": case.id,
                "position": position,
                "planned_minutes": 4.5,
                "added_by": "Nobody",
                **changes,
            }
        )
    )


def make_decision(
    item: AgendaItem, words: str = "A medicines review at home.", **changes: object
) -> Decision:
    return keep(
        Decision(
            **{
                "case_id": item.case_id,
                "item_id": item.id,
                "words": words,
                "read_back_by": "Nobody",
                "agreed_by": [],
                **changes,
            }
        )
    )


def make_action(
    case: Case, owner: uuid.UUID | None, organisation_id: uuid.UUID | None, **changes: object
) -> Action:
    return keep(
        Action(
            **{
                "case_id": case.id,
                "words": "Review medicines at home",
                "owner_id": owner,
                "owner": "Nobody",
                "organisation_id": organisation_id,
                "due_on": today() + timedelta(days=14),
                "made_by": "Nobody",
                **changes,
            }
        )
    )
