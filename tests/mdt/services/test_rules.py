from dataclasses import replace
from datetime import date

import pytest

from mdt.services.rules import (
    OFFER_MOVES,
    OfferState,
    ServiceKind,
    Wanted,
    Way,
    fits,
    is_stale,
    may_refer,
    ways_to,
    wrong_with_answer,
    wrong_with_service,
)
from mdt.services.wording import TAGS, checked_tag, referrers_said
from network.vocabulary import Discipline
from tests.mdt.local_services import DESCRIBED

DAY = date(2026, 12, 7)


class Entry:
    """An entry as a filter sees it."""

    def __init__(self, **changes: object) -> None:
        usual = {
            "name": "Lunch club",
            "kind": ServiceKind.COMPANY,
            "what": "A hot lunch",
            "provider": "Age Exampleton",
            "for_whom": "Older people",
            "area": "Riverside",
            "languages": ["Polish"],
            "referrers": ["pharmacy"],
            "takes_self_referral": False,
            "checked_on": DAY,
            "phone": "",
            "email": "",
            "website": "",
        }
        vars(self).update(usual | changes)


def test_an_entry_that_nobody_could_reach_or_be_referred_to_is_refused() -> None:
    assert wrong_with_service(DESCRIBED) == ""
    assert "phone" in wrong_with_service(replace(DESCRIBED, phone=""))
    assert wrong_with_service(replace(DESCRIBED, phone="", how_to_refer="Walk in")) == ""
    assert "who can refer" in wrong_with_service(replace(DESCRIBED, referrers=(), takes_self_referral=False))
    assert "https://" in wrong_with_service(replace(DESCRIBED, website="javascript:alert(1)"))


@pytest.mark.parametrize(
    ("checked", "stale"),
    [
        (date(2026, 6, 7), False),
        (date(2026, 6, 6), True),
        (date(2026, 5, 31), True),
        (DAY, False),
        (date(2025, 12, 7), True),
    ],
)
def test_an_entry_is_stale_after_six_months(checked: date, stale: bool) -> None:
    assert is_stale(checked, DAY) is stale
    assert (checked_tag(checked, None, DAY).tone == "warning") is stale


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), True),
        (Wanted(words="LUNCH older"), True),
        (Wanted(words="lunch swimming"), False),
        (Wanted(kind=ServiceKind.COURSE), False),
        (Wanted(area="river"), True),
        (Wanted(language="Urdu"), False),
        (Wanted(language="Polish", discipline=Discipline.PHARMACY), True),
        (Wanted(discipline=Discipline.NURSING), False),
        (Wanted(only_self=True), False),
        (Wanted(stale=True), False),
    ],
)
def test_each_wish_narrows_the_directory(wanted: Wanted, found: bool) -> None:
    assert fits(Entry(), wanted, DAY) is found


def test_people_come_to_a_service_only_as_its_entry_says() -> None:
    every = ServiceKind.COMPANY
    assert ways_to(["pharmacy"], True, every, may=True) == (Way.SELF, Way.REFER)
    assert ways_to(["pharmacy"], False, every, may=False) == ()
    assert ways_to([], True, every, may=True) == (Way.SELF,)
    assert ways_to(["pharmacy"], True, ServiceKind.LEAFLET, may=True) == (Way.HANDED,)
    assert may_refer(["pharmacy"], {Discipline.PHARMACY})
    assert not may_refer(["pharmacy"], {Discipline.NURSING})


def test_who_can_refer_is_said_in_words() -> None:
    assert referrers_said(Entry(referrers=[])) == "People go there by themselves"
    assert referrers_said(Entry(referrers=["pharmacy", "nursing"])) == "Referral by pharmacy, nursing"
    everybody = [each.value for each in DESCRIBED.referrers]
    assert "team; people can also" in referrers_said(Entry(referrers=everybody, takes_self_referral=True))
    assert referrers_said(Entry(kind=ServiceKind.LEAFLET)) == "Given by pharmacy"


def test_every_state_of_an_offer_has_its_moves_and_its_tag() -> None:
    assert set(OFFER_MOVES) == set(TAGS) == set(OfferState)


def test_an_answer_fits_what_was_answered_before_and_its_day() -> None:
    taken, offered = OfferState.TAKEN, OfferState.OFFERED
    assert wrong_with_answer(offered, taken, DAY, DAY, DAY) == ""
    assert "declined" in wrong_with_answer(OfferState.DECLINED, OfferState.FINISHED, DAY, DAY, DAY)
    assert "future" in wrong_with_answer(offered, taken, date(2026, 12, 8), DAY, DAY)
    assert "day of the offer" in wrong_with_answer(offered, taken, date(2026, 12, 6), DAY, DAY)
