from datetime import timedelta

from mdt.carer_actions import commands as actions
from mdt.carer_actions.rules import CarerAnswer, ToldHow
from mdt.carers import commands
from mdt.carers.commands import CarerWords
from mdt.carers.rules import AgreementScope, SaidKind
from mdt.story.commands import add_carer
from mdt.story.rules import CarerDetails, CarersAssessment
from network.access.rules import Role
from network.plumbing.database import today
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import make_case, refer

COORDINATOR = Role.CARE_COORDINATOR
ANN = CarerDetails("Ann Specimen", "daughter", patient_agrees=True)


def carer_of(cast: Cast):
    return add_carer(cast[COORDINATOR], refer(cast).patient_id, ANN)


def tired(is_confidential: bool = False) -> CarerWords:
    return CarerWords(SaidKind.NEED, "A night of sleep.", today(), is_confidential=is_confidential)


def said_by(cast: Cast):
    return commands.note_carer_said(cast[COORDINATOR], carer_of(cast), tired())


def asked_of(cast: Cast):
    """Ask a carer to do something in a case that is under way."""
    case = make_case(cast)
    carer_id = add_carer(cast[COORDINATOR], case.patient_id, ANN)
    due_on = today() + timedelta(days=7)
    return actions.ask_carer(cast[COORDINATOR], case.id, carer_id, "Bring the glasses", due_on)


@attempt(commands.note_carer_opened)
def _note_carer_opened(cast: Cast):
    return by(cast[COORDINATOR], carer_of(cast))


@attempt(commands.note_carer_said)
def _note_carer_said(cast: Cast):
    return by(cast[COORDINATOR], carer_of(cast), tired())


@attempt(commands.end_carer_said)
def _end_carer_said(cast: Cast):
    return by(cast[COORDINATOR], said_by(cast))


@attempt(commands.restore_carer_said)
def _restore_carer_said(cast: Cast):
    said_id = said_by(cast)
    commands.end_carer_said(cast[COORDINATOR], said_id)
    return by(cast[COORDINATOR], said_id)


@attempt(commands.note_agreement)
def _note_agreement(cast: Cast):
    said = {"agrees": True, "how": "On the phone", "on_day": today()}
    return by(cast[COORDINATOR], carer_of(cast), AgreementScope.KEEP, **said)


@attempt(commands.note_assessment)
def _note_assessment(cast: Cast):
    return by(cast[COORDINATOR], carer_of(cast), CarersAssessment.OFFERED, on_day=today())


@attempt(actions.ask_carer)
def _ask_carer(cast: Cast):
    case = make_case(cast)
    carer_id = add_carer(cast[COORDINATOR], case.patient_id, ANN)
    return by(cast[COORDINATOR], case.id, carer_id, "Bring the glasses", today() + timedelta(days=7))


@attempt(actions.answer_for_carer)
def _answer_for_carer(cast: Cast):
    return by(cast[COORDINATOR], asked_of(cast), CarerAnswer.AGREED)


@attempt(actions.tell_carer)
def _tell_carer(cast: Cast):
    asked_id = asked_of(cast)
    actions.answer_for_carer(cast[COORDINATOR], asked_id, CarerAnswer.AGREED)
    return by(cast[COORDINATOR], asked_id, ToldHow.PHONE, today())


@attempt(actions.note_printed_for_carer)
def _note_printed_for_carer(cast: Cast):
    return by(cast[COORDINATOR], carer_of(cast))
