import pytest

from mdt.answering import commands as answering
from mdt.contributions.rules import Given, Visibility
from network.access.rules import Role
from network.vocabulary import Discipline
from tests.cast import Cast, client_for
from tests.mdt.respondents import ask, give, make_pharmacy
from tests.mdt.scene import make_case
from tests.statements import counted

COORDINATOR, CHARITY = Role.CARE_COORDINATOR, Role.VOLUNTARY_MEMBER
PHARMACY, VOLUNTARY = Discipline.PHARMACY, Discipline.VOLUNTARY
WORDS = "Two medicines raise the risk of falls."


@pytest.mark.parametrize(
    ("visibility", "is_shown"), [(Visibility.CLINICAL, True), (Visibility.NAMED, False)], ids=str
)
def test_whoever_writes_down_for_others_starts_from_what_they_may_read(
    cast: Cast, visibility: Visibility, is_shown: bool
) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    given = Given(words=WORDS, visibility=visibility, named=(PHARMACY,))
    give(pharmacist, ask(cast, case, pharmacy), given)
    again = ask(cast, case, pharmacy)
    shown = client_for(cast, COORDINATOR).get(f"/contributions/{again.id}").text
    assert (WORDS in shown) is is_shown


def test_what_a_colleague_answered_meanwhile_is_told_and_then_ones_own_is_taken(cast: Cast) -> None:
    row = ask(cast, make_case(cast), cast.charity, VOLUNTARY)
    data = {"words": "They miss the garden.", "visibility": "all", "seen": str(row.row_version)}
    answering.nothing_to_add(cast[CHARITY], row.id)
    client = client_for(cast, CHARITY)
    told = client.post(f"/contributions/{row.id}", data=data)
    assert told.status_code == 422
    assert "Your words are still here" in told.text
    assert f'value="{row.row_version}"' in told.text
    data["seen"] = str(row.row_version)
    assert client.post(f"/contributions/{row.id}", data=data).status_code == 303


def test_an_answer_to_nothing_that_was_seen_is_refused_with_a_sentence(cast: Cast) -> None:
    row = ask(cast, make_case(cast), cast.charity, VOLUNTARY)
    data = {"words": "They miss the garden.", "visibility": "all", "seen": "x"}
    assert client_for(cast, CHARITY).post(f"/contributions/{row.id}", data=data).status_code == 422


def test_a_long_list_asks_the_database_no_more_than_a_short_one(cast: Cast) -> None:
    ask(cast, make_case(cast), cast.charity, VOLUNTARY)
    client = client_for(cast, CHARITY)
    client.get("/contributions")
    with counted() as few:
        client.get("/contributions")
    for _ in range(3):
        ask(cast, make_case(cast), cast.charity, VOLUNTARY)
    with counted() as many:
        client.get("/contributions")
    assert len(many) == len(few)
