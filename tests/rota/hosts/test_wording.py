from dataclasses import replace
from datetime import timedelta

from rota.hosts.wording import offer_tag, places_said, supervision_said
from tests.rota.hosts.test_rules import MONDAY, TERMS, WEEK


def test_an_offer_says_how_it_stands() -> None:
    assert offer_tag(TERMS, None, MONDAY)[0] == "Open"
    assert offer_tag(TERMS, None, MONDAY - WEEK)[0] == "Opens on 7 December 2026"
    assert offer_tag(replace(TERMS, closes_on=MONDAY), None, MONDAY + timedelta(1))[0] == "Closed"
    assert offer_tag(TERMS, MONDAY, MONDAY)[0] == "Withdrawn"
    assert offer_tag(TERMS, MONDAY + WEEK, MONDAY)[0] == "Withdrawn from 14 December 2026"


def test_places_and_supervision_read_as_people_say_them() -> None:
    assert [places_said(0, 2), places_said(2, 2), places_said(1, 3)] == [
        "Up to 2 at once",
        "2 at once",
        "1 to 3 at once",
    ]
    assert supervision_said(0, 0).startswith("Not counted")
    assert supervision_said(120, 120) == "120 minutes each"
    assert supervision_said(None, 420) == "420 minutes each, as the rota says of these learners"
    assert supervision_said(None, 0) == "None, as the rota says of these learners"
