"""People of whom each is known to some of the cast only, and how to recognise them in any writing."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.letters.records import Letter, Telling
from mdt.letters.rules import Audience
from mdt.lists.records import AgendaItem
from mdt.meetings.rules import MeetingState
from mdt.objections.commands import object_to_sharing
from mdt.patients.rules import Contact, Identity
from mdt.referrals.commands import refer_patient
from mdt.referrals.rules import Referral
from mdt.sharing.records import CareRelation
from mdt.sharing.rules import ObjectionScope, Reason, SharingBasis
from mdt.story.commands import add_carer, note_statement
from mdt.story.rules import CarerDetails, Heard, StatementKind
from network.access.rules import Actor, Role
from network.plumbing.database import db, in_network, now, today
from tests.cast import Cast
from tests.makers import keep
from tests.mdt.learners.scene import let_in
from tests.mdt.respondents import make_colleague
from tests.mdt.scene import expect, make_action, make_decision, make_item, make_meeting
from tests.security.circles import COORDINATOR, ELMS

Relate = Callable[[Cast, Case], None]


class Writing:
    """All that was read somewhere: in small letters, and with its numbers pulled together."""

    def __init__(self, words: str) -> None:
        self.low = words.casefold()
        self.digits = re.sub(r"(?<=\d)[\s\N{NO-BREAK SPACE}\N{THIN SPACE}-]+(?=\d)", "", words)


@dataclass(frozen=True)
class Somebody:
    """Somebody with a word that stands in all that is said of them, and those of the cast who may know."""

    family_name: str
    word: str
    nhs_number: str
    born_on: date
    known_to: frozenset[Role]
    # Who refers them: one of the cast, or somebody of the other practice.
    referred_by: Role | None = None
    relate: Relate = field(default=lambda cast, case: None)

    def marks_in(self, writing: "Writing") -> list[str]:
        """List what tells of them in a writing: their name, number, birthday, word."""
        found = [each for each in (self.family_name, self.word) if each.casefold() in writing.low]
        found += [self.nhs_number] if self.nhs_number in writing.digits else []
        return found + [each for each in self._birthdays() if each.casefold() in writing.low]

    def _birthdays(self) -> Iterator[str]:
        born = self.born_on
        yield f"{born.day} {born:%B} {born.year}"
        for form in ("%d-%b-%Y", "%d %b %Y", "%Y-%m-%d", "%d/%m/%Y"):
            yield born.strftime(form)


def _row(case: Case, reason: Reason, account_id: uuid.UUID | None, **changes: object) -> None:
    usual = {"patient_id": case.patient_id, "case_id": case.id, "starts_on": today(), "made_by": "Nobody"}
    keep(CareRelation(**(usual | {"reason": reason, "account_id": account_id} | changes)))


def _invite(cast: Cast, case: Case) -> None:
    meeting = make_meeting(cast, MeetingState.PUBLISHED)
    item = make_item(meeting, case)
    for role in (Role.CHAIR, Role.CLINICIAN):
        expect(cast, meeting, role)
        _row(case, Reason.MEETING, cast[role].account_id, from_id=item.id)


def _teach(cast: Cast, case: Case) -> None:
    let_in(cast, case)


def _hurry(cast: Cast, case: Case) -> None:
    until = {"ends_on": today() + timedelta(days=1), "ends_at": now() + timedelta(hours=8)}
    _row(case, Reason.EMERGENCY, cast[Role.SOCIAL_CARE_MEMBER].account_id, **until)


def _end(cast: Cast, case: Case) -> None:
    past = {"starts_on": today() - timedelta(days=30), "ends_on": today() - timedelta(days=1)}
    _row(case, Reason.MEETING, cast[Role.CLINICIAN].account_id, **past)
    _row(case, Reason.LEARNING, cast[Role.LEARNER].account_id, **past)


def _act(cast: Cast, case: Case) -> None:
    make_action(case, None, cast.charity.id, words="Ring every week")
    _row(case, Reason.ACTION, None, organisation_id=cast.charity.id)


def _object(cast: Cast, case: Case) -> None:
    scope, elm = ObjectionScope.ORGANISATION, cast.elm.id
    object_to_sharing(cast[Role.CARE_COORDINATOR], case.patient_id, scope, organisation_id=elm)


ROLES, NOBODY = Role, frozenset[Role]()
CROWD = (
    Somebody("Aldwinkle", "abalone", "9990007004", date(1931, 3, 17), ELMS, ROLES.CLINICIAN),
    Somebody(
        "Bickerstaff",
        "bergamot",
        "9990007012",
        date(1932, 4, 18),
        COORDINATOR | {ROLES.VOLUNTARY_MEMBER},
        ROLES.VOLUNTARY_MEMBER,
    ),
    Somebody("Cholmondeley", "catamaran", "9990007020", date(1933, 5, 19), COORDINATOR),
    Somebody(
        "Dalrymple",
        "dulcimer",
        "9990007039",
        date(1934, 6, 20),
        COORDINATOR | {ROLES.CHAIR, ROLES.CLINICIAN},
        relate=_invite,
    ),
    Somebody(
        "Entwhistle",
        "eucalyptus",
        "9990007047",
        date(1935, 7, 21),
        COORDINATOR | {ROLES.LEARNER},
        relate=_teach,
    ),
    Somebody(
        "Featherstonehaugh",
        "flamingo",
        "9990007055",
        date(1936, 8, 22),
        COORDINATOR | {ROLES.SOCIAL_CARE_MEMBER},
        relate=_hurry,
    ),
    Somebody("Golightly", "gondola", "9990007063", date(1937, 9, 23), COORDINATOR, relate=_end),
    Somebody(
        "Hetherington",
        "harpsichord",
        "9990007071",
        date(1938, 10, 24),
        COORDINATOR | {ROLES.VOLUNTARY_MEMBER},
        relate=_act,
    ),
    Somebody("Inglethorpe", "isinglass", "9990007098", date(1939, 11, 25), NOBODY, ROLES.CLINICIAN, _object),
)
# The coordinator of another network knows of one person there, and of nobody else.
ABROAD = Somebody("Jolliffe", "jodhpurs", "9990007101", date(1930, 12, 26), NOBODY)


def gather(cast: Cast) -> None:
    """Refer the crowd, say and write something of each, and relate them."""
    colleague = make_colleague(cast, cast.oak)
    for each in CROWD:
        actor = cast[each.referred_by] if each.referred_by else colleague
        case = _refer(actor, cast[Role.CARE_COORDINATOR], each)
        case.coordinator_id = cast[Role.CARE_COORDINATOR].account_id
        # So that a decision of theirs stands somewhere, in a meeting that only its coordinator knows of.
        meeting = make_meeting(cast, MeetingState.RUNNING, chair_id=None, chair="")
        _write(case, make_item(meeting, case), each)
        each.relate(cast, case)
        db.session.commit()


def gather_abroad(actor: Actor) -> None:
    """Refer the one person of another network, by its coordinator."""
    with in_network(actor.network_id):
        _refer(actor, actor, ABROAD)
        db.session.commit()


def _refer(actor: Actor, coordinator: Actor, each: Somebody) -> Case:
    case_id = refer_patient(
        actor,
        Identity(each.family_name, "Sam", each.born_on, each.nhs_number, preferred_name=each.word.title()),
        Referral(
            f"Can the {each.word} be kept?",
            f"To see a {each.word}.",
            basis=SharingBasis.INFORMED,
            how_informed="At home.",
            pasted=f"Pasted {each.word}",
        ),
        organisation_id=actor.grants[0].organisation_id,
        contact=Contact(address=f"1 {each.word.title()} Lane", phone="01632 960001"),
    )
    case = db.session.get_one(Case, case_id)
    heard = Heard(StatementKind.MATTERS, f"My {each.word}.", each.word, "A Nurse", today())
    note_statement(coordinator, case.patient_id, heard)
    add_carer(coordinator, case.patient_id, CarerDetails(f"Ann {each.family_name}", "daughter"))
    return case


def _write(case: Case, item: AgendaItem, each: Somebody) -> None:
    case.state = CaseState.ACTING
    decision = make_decision(item, f"Decided on the {each.word}.").id
    make_action(case, None, case.organisation_id, words=f"Mend the {each.word}", decision_id=decision)
    letter = {"case_id": case.id, "decision_id": decision, "audience": Audience.PERSON, "made_by": "Nobody"}
    keep(Letter(**letter, words=f"Dear {each.family_name}, about the {each.word}"))
    keep(Telling(case_id=case.id, audience=Audience.PERSON, whom=each.family_name, due_on=today()))
