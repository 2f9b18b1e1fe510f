"""A meeting that is over: a decision with its actions, ready to be signed, as tests of what follows start."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mdt.actions.records import Action
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.decisions.records import Decision
from mdt.letters.queries import tellings_of
from mdt.letters.records import Letter, Telling
from mdt.letters.rules import Audience
from mdt.lists.records import AgendaItem
from mdt.lists.rules import ItemState, ViewHeard
from mdt.meetings.records import Meeting
from mdt.meetings.rules import MeetingState
from mdt.patients.rules import LetterFormat
from mdt.sharing.records import CareRelation
from mdt.sharing.rules import Reason
from mdt.signing.commands import sign_minutes
from mdt.story.commands import note_statement
from mdt.story.rules import Heard, StatementKind
from network.access.rules import Role
from network.plumbing.database import db, now, today
from tests.cast import Cast
from tests.makers import keep
from tests.mdt.scene import make_action, make_case, make_decision, make_item, make_meeting

COORDINATOR, CLINICIAN, CHAIR = Role.CARE_COORDINATOR, Role.CLINICIAN, Role.CHAIR
WORDS = "A medicines review at home."


@dataclass(frozen=True)
class Over:
    """A meeting with one decided case."""

    meeting: Meeting
    case: Case
    item: AgendaItem
    decision: Decision
    actions: list[Action]

    @property
    def tellings(self) -> dict[Audience, Telling]:
        return {each.audience: each for each in tellings_of(self.case.id)}

    def letter(self, audience: Audience = Audience.PERSON) -> Letter:
        letter = self.tellings[audience].letter
        assert letter
        return letter


def make_over(cast: Cast, words: str = WORDS, quorum: dict[str, int] | None = None, **patient: Any) -> Over:
    """Make a meeting of yesterday with one case decided: the charity and the other practice do something."""
    case = make_case(cast, CaseState.DISCUSSED)
    usual = {
        "practice_id": cast.elm.id,
        "address": "1 Elm Road, Riverside",
        "preferred_name": "Edie",
        "phone": "01632 960002",
        "letter_format": LetterFormat.STANDARD,
    }
    for name, value in (usual | patient).items():
        setattr(case.patient, name, value)
    heard = Heard(StatementKind.MATTERS, "The allotment.", "Edie", "A Nurse", today())
    note_statement(cast[COORDINATOR], case.patient_id, heard)
    meeting = make_meeting(cast, MeetingState.MINUTES_DRAFT, now() - timedelta(days=1), quorum=quorum or {})
    item = make_item(meeting, case, state=ItemState.DECIDED, view_heard=ViewHeard.STATEMENT)
    decision = make_decision(item, words, agreed_by=["pharmacy", "social_care"])
    actions = [
        _action(case, item, decision, cast.charity.id, "Good Neighbours", "Ring her every week"),
        _action(case, item, decision, cast.oak.id, "Oak Surgery", "Lend a walking frame"),
    ]
    let_know(case, item.id, account_id=cast[CHAIR].account_id)
    for action in actions:
        let_know(case, item.id, organisation_id=action.organisation_id)
    db.session.commit()
    return Over(meeting, case, item, decision, actions)


def make_signed(cast: Cast, words: str = WORDS, **patient: Any) -> Over:
    """Make a meeting whose minutes are signed."""
    over = make_over(cast, words, **patient)
    sign_minutes(cast[CHAIR], over.meeting.id)
    return over


def let_know(case: Case, from_id: uuid.UUID, **whom: uuid.UUID | None) -> None:
    """Let somebody know of a case's person without what leads there."""
    row = {"reason": Reason.MEETING, "from_id": from_id, "starts_on": today(), "made_by": "Nobody"}
    keep(CareRelation(patient_id=case.patient_id, **row, **whom))


def _action(case: Case, item: AgendaItem, decision: Decision, where: Any, owner: str, words: str) -> Action:
    action = make_action(case, None, where, words=words, item_id=item.id, decision_id=decision.id)
    action.owner = owner
    return action


def letter_for(over, organisation_id):
    found = next(each for each in tellings_of(over.case.id) if each.organisation_id == organisation_id)
    assert found.letter
    return found.letter
