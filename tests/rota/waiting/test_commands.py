from dataclasses import replace
from datetime import timedelta

from network.access.rules import Role
from network.plumbing.database import db
from rota.bundles.queries import as_need
from rota.bundles.records import Bundle
from rota.clinic_seats.commands import start_series
from rota.clinic_series.queries import get_series_for
from rota.clinic_series.rules import Pattern
from rota.waiting.commands import change_bundle, end_bundle, reopen_bundle
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota.clinic_scene import AM, hold_clinic, make_bundle

LEAD = Role.CLINIC_LEAD


def planned(cast: Cast, count: int) -> tuple[Bundle, list]:
    """Plan clinics of eight places each on three Tuesdays for so many people."""
    clinic = hold_clinic(cast)
    bundle = make_bundle(cast, clinic, count)
    db.session.commit()
    held = clinic.clinic_type_id, clinic.neighbourhood_id, cast.elm_site.id
    series_id = start_series(cast[LEAD], *held, Pattern(1, AM, 1, MONDAY, MONDAY + timedelta(20)))
    return bundle, get_series_for(cast[LEAD], series_id).sessions


def counts(sessions: list, bundle: Bundle) -> list[int]:
    db.session.expire_all()
    return [sum(each.count for each in one.served if each.bundle_id == bundle.id) for one in sessions]


def test_whoever_is_off_the_list_gives_their_places_to_others_and_gets_what_is_left_when_they_are_back(
    cast: Cast,
) -> None:
    bundle, sessions = planned(cast, 19)
    assert counts(sessions, bundle) == [8, 8, 3]
    other = make_bundle(cast, sessions[0], 10)
    db.session.commit()
    page = client_for(cast, LEAD).post(f"/clinics/waiting/{bundle.id}/end", follow_redirects=True).text
    assert "19 planned places are given back" in page
    assert (counts(sessions, bundle), counts(sessions, other)) == ([0, 0, 0], [8, 2, 0])
    reopen_bundle(cast[LEAD], bundle.id)
    # The other eight are in the clinic of the Monday before.
    assert counts(sessions, bundle) == [0, 6, 5]


def test_fewer_people_give_back_the_last_of_their_places(cast: Cast) -> None:
    bundle, sessions = planned(cast, 19)
    lead, need = cast[LEAD], as_need(bundle)
    assert change_bundle(lead, bundle.id, need, 10) == 9
    assert counts(sessions, bundle) == [8, 2, 0]
    assert change_bundle(lead, bundle.id, replace(need, due_on=MONDAY + timedelta(90)), 12) == 0
    assert counts(sessions, bundle) == [8, 2, 0]


def test_whoever_needs_something_else_is_planned_for_anew(cast: Cast) -> None:
    bundle, sessions = planned(cast, 5)
    cast.elm_site.accessible = False
    db.session.commit()
    need = replace(as_need(bundle), needs_step_free=True)
    assert change_bundle(cast[LEAD], bundle.id, need, 5) == 5
    assert counts(sessions, bundle) == [0, 0, 0]


def test_what_was_held_is_not_given_back(cast: Cast) -> None:
    bundle, sessions = planned(cast, 12)
    sessions[0].day = MONDAY - timedelta(400)
    db.session.commit()
    assert end_bundle(cast[LEAD], bundle.id) == 4
    assert counts(sessions, bundle) == [8, 0, 0]
