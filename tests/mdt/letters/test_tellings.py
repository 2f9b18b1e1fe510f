"""Who is told what was decided, how, and by when."""

import re
from datetime import timedelta

import pytest

from mdt.cases.commands import WrongState
from mdt.letters.commands import (
    add_telling,
    drop_telling,
    give_letter,
    need_to_tell,
    note_told,
    take_back_told,
)
from mdt.letters.queries import (
    not_yet_told,
    people_told_in_time,
    tellings_of,
)
from mdt.letters.rules import Audience, LetterState, Way
from mdt.objections.commands import object_to_sharing
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, Refusal
from tests.cast import Cast, client_for
from tests.mdt.after import COORDINATOR, make_over, make_signed

VOLUNTARY = Role.VOLUNTARY_MEMBER
L = LetterState


def give(cast: Cast, over, how: Way = Way.POST, is_safe: bool | None = True, **seen) -> None:
    give_letter(cast[COORDINATOR], over.letter().id, how, is_safe=is_safe, **seen)


def test_being_told_is_taken_back(cast: Cast) -> None:
    telling = make_signed(cast).tellings[Audience.PERSON]
    note_told(cast[COORDINATOR], telling.id, Way.PHONE)
    with pytest.raises(WrongState):
        note_told(cast[COORDINATOR], telling.id, Way.PHONE)
    take_back_told(cast[COORDINATOR], telling.id)
    assert (telling.told_on, telling.case.told_on) == (None, None)
    with pytest.raises(WrongState):
        take_back_told(cast[COORDINATOR], telling.id)


@pytest.mark.parametrize("how", sorted(set(Way) - {Way.IN_PERSON, Way.PHONE}))
def test_what_is_sent_to_the_person_goes_by_the_letters_check_alone(cast: Cast, how: Way) -> None:
    over = make_signed(cast)
    added = add_telling(cast[COORDINATOR], over.case.id, "Edith", audience=Audience.PERSON)
    for telling_id in (over.tellings[Audience.PERSON].id, added):
        with pytest.raises(Invalid, match="safe to send"):
            note_told(cast[COORDINATOR], telling_id, how)
        answer = client_for(cast, COORDINATOR).post(
            f"/tellings/{telling_id}/told", data={"how": how.value, "told_on": today().isoformat()}
        )
        assert (answer.status_code, "is it safe to send?" in answer.text) == (422, True)
    assert over.case.told_on is None


def test_the_page_leads_to_the_check_before_anything_is_sent(cast: Cast) -> None:
    over = make_signed(cast)
    telling, browser = over.tellings[Audience.PERSON], client_for(cast, COORDINATOR)
    for page in ("/tellings", f"/tellings/cases/{over.case.id}", f"/tellings/{telling.id}/told"):
        line = browser.get(page).text.split("Their practice")[0]
        assert re.search(rf'href="/letters/{over.letter().id}">[^<]*check the letter first', line)
    added = add_telling(cast[COORDINATOR], over.case.id, "Edith", audience=Audience.PERSON)
    alone = browser.get(f"/tellings/{added}/told").text
    assert "no letter that was checked" in alone
    assert 'value="post"' not in alone


def test_others_are_told_by_post(cast: Cast) -> None:
    telling = make_signed(cast).tellings[Audience.PRACTICE]
    with pytest.raises(Invalid, match="from the list"):
        note_told(cast[COORDINATOR], telling.id, Way.SHARED)
    note_told(cast[COORDINATOR], telling.id, Way.POST)
    assert telling.told_how is Way.POST


def test_nobody_was_told_tomorrow(cast: Cast) -> None:
    telling = make_signed(cast).tellings[Audience.PERSON]
    with pytest.raises(Invalid, match="future"):
        note_told(cast[COORDINATOR], telling.id, Way.PHONE, today() + timedelta(1))


def test_who_was_told_in_time_is_counted(cast: Cast) -> None:
    first, second = make_signed(cast), make_signed(cast)
    assert people_told_in_time() == (0, 0)
    note_told(cast[COORDINATOR], first.tellings[Audience.PERSON].id, Way.PHONE)
    second.tellings[Audience.PERSON].due_on = today() - timedelta(2)
    db.session.commit()
    assert people_told_in_time() == (1, 2)
    assert not_yet_told(cast[COORDINATOR])[0].is_late


def test_somebody_else_is_put_down_and_dropped_again(cast: Cast) -> None:
    over = make_signed(cast)
    added = add_telling(cast[COORDINATOR], over.case.id, "Her neighbour")
    assert "Her neighbour" in {each.whom for each in tellings_of(over.case.id)}
    drop_telling(cast[COORDINATOR], added)
    assert "Her neighbour" not in {each.whom for each in tellings_of(over.case.id)}
    with pytest.raises(WrongState):
        drop_telling(cast[COORDINATOR], over.tellings[Audience.PERSON].id)


def test_what_the_minutes_ask_for_is_not_dropped(cast: Cast) -> None:
    over = make_over(cast)
    # Whoever objects to all sharing gets no letter, and is to be told all the same.
    telling = need_to_tell(over.case, Audience.PERSON, "Mrs Specimen", today())
    db.session.commit()
    with pytest.raises(WrongState):
        drop_telling(cast[COORDINATOR], telling.id)


def test_nobody_is_put_down_whom_the_person_does_not_want_to_know(cast: Cast) -> None:
    over = make_signed(cast)
    object_to_sharing(
        cast[COORDINATOR], over.case.patient_id, ObjectionScope.ORGANISATION, organisation_id=cast.oak.id
    )
    with pytest.raises(Refusal, match="does not want"):
        add_telling(cast[COORDINATOR], over.case.id, "", organisation_id=cast.oak.id)


@pytest.mark.parametrize(
    ("whom", "days", "sentence"), [(" ", 1, "Enter who"), ("x" * 161, 1, "Shorten"), ("Ann", -1, "not past")]
)
def test_who_needs_to_be_told_is_said_well(cast: Cast, whom: str, days: int, sentence: str) -> None:
    over = make_signed(cast)
    with pytest.raises(Invalid, match=sentence):
        add_telling(cast[COORDINATOR], over.case.id, whom, due_on=today() + timedelta(days))
