"""What stops a letter: a death, and what the person does not want shared."""

from datetime import timedelta

import pytest

from mdt.letters.commands import (
    give_letter,
    note_told,
)
from mdt.letters.queries import (
    get_letter_for,
    letters_of,
    not_yet_told,
)
from mdt.letters.rules import Audience, LetterState, Way
from mdt.objections.commands import object_to_sharing
from mdt.sharing.rules import ObjectionScope
from mdt.story.commands import record_death
from network.access.rules import Role
from network.plumbing.database import today
from network.plumbing.refusals import Invalid, NotFound, Refusal
from tests.cast import Cast, client_for
from tests.mdt.after import COORDINATOR, letter_for, make_signed

VOLUNTARY = Role.VOLUNTARY_MEMBER
L = LetterState


def give(cast: Cast, over, how: Way = Way.POST, is_safe: bool | None = True, **seen) -> None:
    give_letter(cast[COORDINATOR], over.letter().id, how, is_safe=is_safe, **seen)


def test_a_death_stops_letters_to_the_person_at_once(cast: Cast) -> None:
    over = make_signed(cast)
    record_death(cast[COORDINATOR], over.case.patient_id, today())
    with pytest.raises(Refusal, match="has died"):
        give(cast, over)
    waiting = {each.telling.audience for each in not_yet_told(cast[COORDINATOR])}
    assert Audience.PERSON not in waiting
    assert Audience.PRACTICE in waiting


def test_nobody_is_told_after_they_died(cast: Cast) -> None:
    over = make_signed(cast)
    record_death(cast[COORDINATOR], over.case.patient_id, today() - timedelta(1))
    telling = over.tellings[Audience.PERSON]
    page = client_for(cast, COORDINATOR).get(f"/tellings/cases/{over.case.id}").text
    assert "has died" in page
    assert "Tell them in person" not in page
    with pytest.raises(Invalid, match="told before"):
        note_told(cast[COORDINATOR], telling.id, Way.PHONE, today())
    note_told(cast[COORDINATOR], telling.id, Way.PHONE, today() - timedelta(1))
    assert over.case.told_on == today() - timedelta(1)


def test_nothing_is_written_to_the_dead(cast: Cast) -> None:
    over = make_signed(cast, died_on=today())
    assert Audience.PERSON not in over.tellings


def test_an_objection_stops_all_letters_at_once(cast: Cast) -> None:
    over = make_signed(cast)
    object_to_sharing(cast[COORDINATOR], over.case.patient_id, ObjectionScope.ALL)
    for audience in (Audience.PERSON, Audience.PRACTICE):
        how = Way.HAND
        with pytest.raises(Refusal, match="does not want"):
            give_letter(cast[COORDINATOR], over.letter(audience).id, how, is_safe=True)
    # Somebody still tells the person what became of it.
    assert {each.telling.audience for each in not_yet_told(cast[COORDINATOR])} == {Audience.PERSON}


def test_an_objection_to_an_organisation_stops_its_text_alone(cast: Cast) -> None:
    over = make_signed(cast)
    object_to_sharing(
        cast[COORDINATOR],
        over.case.patient_id,
        ObjectionScope.ORGANISATION,
        organisation_id=cast.charity.id,
    )
    waiting = {each.telling.organisation_id for each in not_yet_told(cast[COORDINATOR])}
    assert waiting == {None, cast.elm.id, cast.oak.id}
    with pytest.raises(NotFound):
        get_letter_for(cast[VOLUNTARY], letter_for(over, cast.charity.id).id)
    assert letters_of(cast[COORDINATOR], over.case.id)
