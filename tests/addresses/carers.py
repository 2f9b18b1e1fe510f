from datetime import timedelta

from mdt.carer_actions.commands import answer_for_carer, ask_carer
from mdt.carer_actions.rules import CarerAnswer
from mdt.carers.commands import note_carer_said
from mdt.cases.rules import CaseState
from mdt.story.commands import add_carer
from network.access.rules import Role
from network.plumbing.database import today
from tests.addresses import address
from tests.attempts.carers import ANN, tired
from tests.cast import Cast
from tests.mdt.scene import make_case

COORDINATOR = Role.CARE_COORDINATOR


def busy(cast: Cast):
    """A carer who said something, and agreed to something."""
    actor, case = cast[COORDINATOR], make_case(cast, CaseState.TRIAGED)
    carer_id = add_carer(actor, case.patient_id, ANN)
    note_carer_said(actor, carer_id, tired())
    asked_id = ask_carer(actor, case.id, carer_id, "Bring the glasses", today() + timedelta(days=7))
    answer_for_carer(actor, asked_id, CarerAnswer.AGREED)
    return carer_id, asked_id


@address(
    "carer_page.show",
    "carer_page.say",
    "carer_page.agree",
    "carer_page.assess",
    "carer_actions.ask",
    "carer_actions.letter",
)
def _carer(cast: Cast):
    return {"carer_id": busy(cast)[0]}


@address("carer_actions.told")
def _asked(cast: Cast):
    return {"asked_id": busy(cast)[1]}
