import pytest

from mdt.answering import commands as answering
from mdt.asking import commands as asking
from mdt.contributions.queries import tiles_for
from mdt.contributions.rules import Given
from mdt.panels.commands import add_question, ask_again, end_question
from mdt.panels.queries import panel_of
from mdt.panels.rules import Answer, FieldKind
from network.access.rules import Role
from network.plumbing.database import today
from network.plumbing.refusals import Invalid, NotAllowed
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.mdt.respondents import make_pharmacy
from tests.mdt.scene import make_case

COORDINATOR = Role.CARE_COORDINATOR
PHARMACY = Discipline.PHARMACY


def labels(discipline: Discipline = PHARMACY) -> list[str]:
    return [each.label for each in panel_of(discipline).fields]


def test_a_network_asks_more_than_the_pack(cast: Cast) -> None:
    add_question(cast[COORDINATOR], PHARMACY, "Inhaler technique", FieldKind.CHOICE, choices=("Good", "Poor"))
    assert labels()[-1] == "Inhaler technique"
    assert labels()[0] == "Number of regular medicines"


def test_a_discipline_without_a_pack_can_be_asked_something(cast: Cast) -> None:
    assert labels(Discipline.PHYSIOTHERAPY) == []
    add_question(cast[COORDINATOR], Discipline.PHYSIOTHERAPY, "Walks how far", FieldKind.WORDS)
    assert labels(Discipline.PHYSIOTHERAPY) == ["Walks how far"]


def test_a_question_that_is_asked_no_more_keeps_its_answers(cast: Cast) -> None:
    coordinator, case = cast[COORDINATOR], make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    field_id = add_question(coordinator, PHARMACY, "Inhaler technique", FieldKind.WORDS)
    name = panel_of(PHARMACY).fields[-1].name
    row_id = asking.ask_for_contribution(coordinator, case.id, PHARMACY, pharmacy.id)
    answers = {name: Answer("Poor", today())}
    answering.give_contribution(pharmacist, row_id, Given(answers=answers), seen=1)
    end_question(coordinator, field_id)
    assert "Inhaler technique" not in labels()
    (tile,) = tiles_for(coordinator, case.id)
    assert tile.lines == (("Inhaler technique", "Poor"),)
    ask_again(coordinator, field_id)
    assert labels()[-1] == "Inhaler technique"


def test_a_new_question_never_takes_the_name_of_an_old_one(cast: Cast) -> None:
    coordinator = cast[COORDINATOR]
    end_question(coordinator, add_question(coordinator, PHARMACY, "One", FieldKind.WORDS))
    add_question(coordinator, PHARMACY, "Two", FieldKind.WORDS)
    assert panel_of(PHARMACY).fields[-1].name == "extra_2"


def test_the_same_is_not_asked_twice(cast: Cast) -> None:
    add_question(cast[COORDINATOR], PHARMACY, "Inhaler technique", FieldKind.WORDS)
    with pytest.raises(Invalid, match="asked already"):
        add_question(cast[COORDINATOR], PHARMACY, "inhaler technique ", FieldKind.YES_NO)


def test_only_who_builds_lists_adds_questions(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        add_question(cast[Role.CLINICIAN], PHARMACY, "Inhaler technique", FieldKind.WORDS)
