from dataclasses import replace

import pytest

from mdt.learning.commands import (
    GivesAway,
    approve_example,
    offer_example,
    rewrite_example,
    withdraw_example,
)
from mdt.learning.queries import examples_of, get_example_for, library_for, waiting_for_second
from mdt.learning.rules import ExampleState
from mdt.objections.commands import object_to_sharing
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from network.vocabulary import Discipline
from tests.cast import Cast, client_for
from tests.mdt.learning.scene import AUTHOR, SECOND, TELLING, approved, discussed, offered, returned

READERS = (Role.TRAINEE, Role.LEARNER, Role.CLINICIAN, Role.CHAIR)


def test_a_second_person_lets_it_into_the_library_and_trainees_read_it(cast: Cast) -> None:
    case = discussed(cast)
    example_id = offered(cast, case)
    assert library_for(cast[Role.TRAINEE]) == []
    with pytest.raises(NotAllowed, match="second person"):
        approve_example(cast[AUTHOR], example_id)
    assert [row.id for row in waiting_for_second(cast[SECOND])] == [example_id]
    assert waiting_for_second(cast[AUTHOR]) == []
    approve_example(cast[SECOND], example_id)
    for role in READERS:
        page = client_for(cast, role).get(f"/examples/{example_id}")
        assert page.status_code == 200
        assert case.ref not in page.text
        assert case.patient.family_name not in page.text
    assert library_for(cast[Role.TRAINEE], Discipline.OPTOMETRY)
    assert not library_for(cast[Role.TRAINEE], Discipline.DENTISTRY)


def test_a_text_that_gives_somebody_away_is_refused_and_stays_on_the_form(cast: Cast) -> None:
    case = discussed(cast)
    slip = f"{TELLING.vignette} {case.patient.given_name} was cross."
    with pytest.raises(GivesAway, match=case.patient.given_name):
        offer_example(cast[AUTHOR], case.id, replace(TELLING, vignette=slip))
    sent = {"title": "A", "vignette": slip, "lesson": "Ask.", "disciplines": "nursing"}
    page = client_for(cast, AUTHOR).post(f"/cases/{case.id}/examples", data=sent)
    assert page.status_code == 422
    assert "was cross" in page.text
    assert not examples_of(cast[AUTHOR], case.id)


def test_an_objection_withdraws_what_was_told_at_once(cast: Cast) -> None:
    case = discussed(cast)
    example_id = approved(cast, case)
    object_to_sharing(cast[SECOND], case.patient_id, ObjectionScope.TOPIC, topic="Drink")
    assert library_for(cast[Role.TRAINEE]) == []
    assert client_for(cast, Role.TRAINEE).get(f"/examples/{example_id}").status_code == 404
    with pytest.raises(Refusal, match="Withdrawn"):
        approve_example(cast[SECOND], example_id)


def test_who_wants_nothing_shared_is_no_example(cast: Cast) -> None:
    case = discussed(cast)
    object_to_sharing(cast[SECOND], case.patient_id, ObjectionScope.ALL)
    with pytest.raises((Refusal, NotFound)):
        offer_example(cast[SECOND], case.id, TELLING)


def test_whoever_writes_it_anew_is_its_author(cast: Cast) -> None:
    example_id = returned(cast)
    rewrite_example(cast[SECOND], example_id, TELLING)
    with pytest.raises(NotAllowed, match="second person"):
        approve_example(cast[SECOND], example_id)
    approve_example(cast[AUTHOR], example_id)
    said = [each.verdict.value for each in get_example_for(cast[AUTHOR], example_id).example.verdicts]
    assert said == ["offered", "returned", "offered", "approved"]


def test_what_was_withdrawn_is_gone_for_good(cast: Cast) -> None:
    example_id = approved(cast)
    withdraw_example(cast[AUTHOR], example_id, "A colleague thought they knew who it was.")
    assert get_example_for(cast[AUTHOR], example_id).example.state is ExampleState.WITHDRAWN
    with pytest.raises(Refusal):
        rewrite_example(cast[AUTHOR], example_id, TELLING)


def test_a_member_of_the_voluntary_sector_and_a_learner_write_none(cast: Cast) -> None:
    case = discussed(cast)
    for role in (Role.VOLUNTARY_MEMBER, Role.LEARNER, Role.TRAINEE):
        with pytest.raises((NotAllowed, NotFound)):
            offer_example(cast[role], case.id, TELLING)
