from mdt.asking.commands import ask_for_contribution
from network.access.rules import Role
from network.vocabulary import Discipline
from tests.addresses import address
from tests.cast import Cast
from tests.mdt.scene import make_case


def asked(cast: Cast):
    """A case whose coordinator asked a charity and a practice."""
    case = make_case(cast)
    coordinator = cast[Role.CARE_COORDINATOR]
    ask_for_contribution(coordinator, case.id, Discipline.VOLUNTARY, cast.charity.id)
    return case.id, ask_for_contribution(coordinator, case.id, Discipline.GENERAL_PRACTICE, cast.elm.id)


@address("answering.answer", "answering.cannot")
def _contribution(cast: Cast):
    return {"contribution_id": asked(cast)[1]}


@address("asking.show", "asking.one")
def _asking(cast: Cast):
    return {"case_id": asked(cast)[0]}


@address("panels.show")
def _panel(cast: Cast):
    return {"discipline": "pharmacy"}
