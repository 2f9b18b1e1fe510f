import uuid
from datetime import timedelta

from network.vocabulary import SessionKind
from rota.publishing.rules import Duty, changes_between
from tests.makers import MONDAY

SOMEBODY = uuid.uuid4()
SLOT = (SOMEBODY, MONDAY, SessionKind.MORNING)
LATER = (SOMEBODY, MONDAY + timedelta(1), SessionKind.MORNING)
ELM = Duty("Elm Surgery", "Surgery", "08:00 to 12:10")
OAK = Duty("Oak Surgery", "Surgery", "08:00 to 12:10")
LATE_ELM = Duty("Elm Surgery", "Surgery", "09:00 to 12:10")


def test_what_stays_the_same_is_no_change() -> None:
    assert changes_between({SLOT: ELM}, {SLOT: ELM}, {}) == []


def test_each_kind_of_change_is_said() -> None:
    said = [
        change.said
        for before, after in (({}, {SLOT: ELM}), ({SLOT: ELM}, {}), ({SLOT: ELM}, {SLOT: OAK}))
        for change in changes_between(before, after, {})
    ]
    assert said == [
        "new: Surgery at Elm Surgery",
        "no longer: Surgery at Elm Surgery",
        "Surgery at Oak Surgery instead of Surgery at Elm Surgery",
    ]


def test_another_hour_is_a_change() -> None:
    (change,) = changes_between({SLOT: ELM}, {SLOT: LATE_ELM}, {SLOT: "asked for it"})
    assert change.said == "Surgery at Elm Surgery: now 09:00 to 12:10 instead of 08:00 to 12:10"
    assert change.why == "asked for it"


def test_changes_come_in_order_of_day() -> None:
    changes = changes_between({}, {LATER: ELM, SLOT: ELM}, {})
    assert [change.slot for change in changes] == [SLOT, LATER]
