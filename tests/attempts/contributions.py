from mdt.answering import commands as answering
from mdt.asking import commands as asking
from mdt.contributions.rules import Given
from mdt.panels import commands as panels
from mdt.panels.rules import FieldKind
from network.access.rules import Role
from network.vocabulary import Discipline
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.respondents import make_pharmacy
from tests.mdt.scene import make_case

COORDINATOR = Role.CARE_COORDINATOR


def asked(cast: Cast):
    """A request to a pharmacy, and its pharmacist."""
    pharmacy, pharmacist = make_pharmacy(cast)
    contribution_id = asking.ask_for_contribution(
        cast[COORDINATOR], make_case(cast).id, Discipline.PHARMACY, pharmacy.id
    )
    return pharmacist, contribution_id


def question(cast: Cast):
    return panels.add_question(cast[COORDINATOR], Discipline.PHARMACY, "Inhaler technique", FieldKind.WORDS)


@attempt(asking.ask_for_contribution)
def _ask_for_contribution(cast: Cast):
    pharmacy, _ = make_pharmacy(cast)
    return by(cast[COORDINATOR], make_case(cast).id, Discipline.PHARMACY, pharmacy.id)


@attempt(asking.ask_disciplines)
def _ask_disciplines(cast: Cast):
    return by(cast[COORDINATOR], make_case(cast).id, {Discipline.VOLUNTARY})


@attempt(asking.take_back_request)
def _take_back_request(cast: Cast):
    return by(cast[COORDINATOR], asked(cast)[1])


@attempt(asking.ask_still)
def _ask_still(cast: Cast):
    contribution_id = asked(cast)[1]
    asking.take_back_request(cast[COORDINATOR], contribution_id)
    return by(cast[COORDINATOR], contribution_id)


@attempt(asking.remind)
def _remind(cast: Cast):
    return by(cast[COORDINATOR], asked(cast)[1])


@attempt(answering.give_contribution)
def _give_contribution(cast: Cast):
    pharmacist, contribution_id = asked(cast)
    return by(pharmacist, contribution_id, Given(words="Eleven medicines."), seen=1)


@attempt(answering.nothing_to_add)
def _nothing_to_add(cast: Cast):
    return by(*asked(cast))


@attempt(answering.not_known_to_us)
def _not_known_to_us(cast: Cast):
    return by(*asked(cast))


@attempt(answering.cannot_share)
def _cannot_share(cast: Cast):
    return by(*asked(cast), "He asked us not to.")


@attempt(answering.take_back_answer)
def _take_back_answer(cast: Cast):
    pharmacist, contribution_id = asked(cast)
    answering.nothing_to_add(pharmacist, contribution_id)
    return by(pharmacist, contribution_id)


@attempt(panels.add_question, anywhere=True)
def _add_question(cast: Cast):
    return by(cast[COORDINATOR], Discipline.PHARMACY, "Inhaler technique", FieldKind.WORDS)


@attempt(panels.end_question)
def _end_question(cast: Cast):
    return by(cast[COORDINATOR], question(cast))


@attempt(panels.ask_again)
def _ask_again(cast: Cast):
    field_id = question(cast)
    panels.end_question(cast[COORDINATOR], field_id)
    return by(cast[COORDINATOR], field_id)
