from dataclasses import replace
from datetime import timedelta

import pytest

from mdt.services import commands
from mdt.services.queries import get_service_for, services_for, stale_for, suggestions_for
from mdt.services.rules import Wanted
from network.access.rules import Role
from network.plumbing.database import today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound
from tests.cast import Cast, client_for
from tests.mdt.local_services import DESCRIBED, make_service

COORDINATOR, VOLUNTARY = Role.CARE_COORDINATOR, Role.VOLUNTARY_MEMBER


def test_a_charity_keeps_its_own_services_and_nobody_elses(cast: Cast) -> None:
    own = commands.add_service(cast[VOLUNTARY], DESCRIBED, cast.charity.id)
    commands.change_service(cast[VOLUNTARY], own, replace(DESCRIBED, cost="Free"), cast.charity.id, seen=1)
    assert get_service_for(cast[COORDINATOR], own).cost == "Free"
    others = make_service(organisation_id=cast.oak.id)
    for attempt in (
        lambda: commands.add_service(cast[VOLUNTARY], DESCRIBED, cast.oak.id),
        lambda: commands.add_service(cast[VOLUNTARY], DESCRIBED, None),
        lambda: commands.end_service(cast[VOLUNTARY], others.id),
        # One's own is not handed to somebody else either.
        lambda: commands.change_service(cast[VOLUNTARY], own, DESCRIBED, cast.oak.id, seen=2),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_what_somebody_says_is_wrong_reaches_those_who_keep_the_entry(cast: Cast) -> None:
    service = make_service(organisation_id=cast.charity.id)
    suggestion = commands.suggest_correction(cast[Role.CLINICIAN], service.id, "  They moved.  ")
    for keeper in (VOLUNTARY, COORDINATOR):
        assert [each.words for each in suggestions_for(cast[keeper])] == ["They moved."]
    assert suggestions_for(cast[Role.CLINICIAN]) == []
    with pytest.raises(NotFound):
        commands.answer_suggestion(cast[Role.CLINICIAN], suggestion)
    commands.answer_suggestion(cast[VOLUNTARY], suggestion)
    assert suggestions_for(cast[COORDINATOR]) == []
    with pytest.raises(Invalid, match="Shorten"):
        commands.suggest_correction(cast[Role.CLINICIAN], service.id, "x" * 501)


def test_an_entry_is_stale_until_somebody_checks_it_and_gone_once_it_has_ended(cast: Cast) -> None:
    service = make_service(checked_on=today() - timedelta(days=200))
    assert [each.id for each in stale_for(cast[COORDINATOR])] == [service.id]
    assert services_for(cast[COORDINATOR], Wanted(stale=True)) != []
    commands.check_service(cast[COORDINATOR], service.id)
    assert stale_for(cast[COORDINATOR]) == []
    commands.end_service(cast[COORDINATOR], service.id)
    assert services_for(cast[Role.CLINICIAN]) == []
    commands.restore_service(cast[COORDINATOR], service.id)
    assert len(services_for(cast[Role.CLINICIAN])) == 1


def test_two_who_change_an_entry_at_once_lose_nothing(cast: Cast) -> None:
    service = make_service()
    commands.change_service(cast[COORDINATOR], service.id, replace(DESCRIBED, cost="£1"), None, seen=1)
    with pytest.raises(commands.ChangedMeanwhile):
        commands.change_service(cast[COORDINATOR], service.id, replace(DESCRIBED, cost="£2"), None, seen=1)


def test_the_directory_is_searched_and_no_parameter_of_ours_leads_away(cast: Cast) -> None:
    make_service(languages=["Polish"])
    make_service(name="Low vision drop-in", provider="Sight Exampleton")
    client = client_for(cast, Role.CLINICIAN)
    text = client.get("/services?language=Polish&kind=nonsense&_external=1&_scheme=javascript").text
    assert "Lunch club" in text
    assert "Low vision" not in text
    assert "javascript:" not in text


def test_an_entry_that_is_wrong_comes_back_with_all_that_was_typed(cast: Cast) -> None:
    client = client_for(cast, VOLUNTARY)
    answer = client.post("/services/new", data={"name": "Walking group", "kind": "company"})
    assert answer.status_code == 422
    assert "Walking group" in answer.text
    assert "Enter what it does" in answer.text
