import uuid

import pytest

from network.plumbing.refusals import Invalid
from network.vocabulary import Activity
from rota.desk.rules import Deed, Meant, Offer, Vocabulary, best_offer

WORDS = Vocabulary(
    sites={"ELM": "Elm Surgery", "OAK": "Oak Surgery"},
    signs={Activity.DUTY: "D"},
    away={"A/L", "Sick"},
    fixed={"CPD"},
)
SURGERY, DUTY, VISITS = Activity.SURGERY, Activity.DUTY, Activity.HOME_VISITS


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", Meant(Deed.CLEAR)),
        ("   ", Meant(Deed.CLEAR)),
        ("pin", Meant(Deed.PIN)),
        ("Unpin", Meant(Deed.UNPIN)),
        ("ELM", Meant(Deed.GO, "ELM")),
        (" elm ", Meant(Deed.GO, "ELM")),
        ("Oak  Surgery", Meant(Deed.GO, "OAK")),
        ("ELM D", Meant(Deed.GO, "ELM", DUTY)),
        ("elm d", Meant(Deed.GO, "ELM", DUTY)),
        ("OAK home visits", Meant(Deed.GO, "OAK", Activity.HOME_VISITS)),
        ("oak surgery surgery", Meant(Deed.GO, "OAK", SURGERY)),
        ("REM", Meant(Deed.GO, "")),
        ("remote admin", Meant(Deed.GO, "", Activity.ADMIN)),
    ],
)
def test_a_cell_is_read_as_people_write_it(text: str, meant: Meant) -> None:
    assert WORDS.read(text) == meant


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("XYZ", "Write ELM, OAK, or REM for remote work."),
        ("a/l", "“a/l” is leave"),
        ("CPD", "fixed by the working pattern"),
        ("ELM s", "“s” after ELM is no activity. Write the site alone, or D for duty doctor after it."),
        ("=ELM", "is no site"),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_to_write(text: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        WORDS.read(text)
    assert sentence in refused.value.sentence


def offer(activity: Activity, have: int, minimum: int = 1, most: int = 2, **more: bool) -> Offer:
    return Offer(uuid.uuid4(), "ELM", activity, minimum, most, have, **more)


def test_a_short_duty_comes_before_one_with_room_and_a_full_one_never() -> None:
    full, room, short = offer(SURGERY, 2), offer(SURGERY, 1), offer(VISITS, 0)
    elm = Meant(Deed.GO, "ELM")
    assert best_offer([full, room, short], elm, SURGERY) == short
    assert best_offer([full, room], elm, VISITS) == room
    assert best_offer([full], elm, SURGERY) is None
    assert best_offer([room, short], Meant(Deed.GO, "OAK"), SURGERY) is None


def test_nobody_is_duty_doctor_who_is_not_asked_to_be_and_could_do_anything_else() -> None:
    duty, room, full = offer(DUTY, 0), offer(SURGERY, 1), offer(SURGERY, 2)
    elm, lead = Meant(Deed.GO, "ELM"), Meant(Deed.GO, "ELM", DUTY)
    assert best_offer([duty, room], elm, DUTY) == room
    assert best_offer([duty, room], lead, SURGERY) == duty
    assert best_offer([duty, full], elm, SURGERY) == duty


def test_of_two_that_are_not_usual_the_shorter_is_chosen_and_then_the_one_with_more_room() -> None:
    short, shorter = offer(SURGERY, 1, 2, 9), offer(SURGERY, 0, 2, 4)
    narrow, wide = offer(SURGERY, 1, 1, 2), offer(SURGERY, 1, 1, 5)
    elm = Meant(Deed.GO, "ELM")
    assert best_offer([short, shorter], elm, VISITS) == shorter
    assert best_offer([narrow, wide], elm, VISITS) == wide


def test_of_two_duties_alike_the_usual_one_is_chosen_and_a_named_one_above_all() -> None:
    surgery, duty = offer(SURGERY, 0), offer(DUTY, 0)
    assert best_offer([duty, surgery], Meant(Deed.GO, "ELM"), SURGERY) == surgery
    assert best_offer([duty, surgery], Meant(Deed.GO, "ELM", DUTY), SURGERY) == duty


def test_who_stands_there_already_stays_on_their_duty() -> None:
    mine, short = offer(SURGERY, 2, is_current=True), offer(DUTY, 0)
    assert best_offer([short, mine], Meant(Deed.GO, "ELM"), DUTY) == mine
