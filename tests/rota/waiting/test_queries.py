import uuid
from datetime import timedelta

import pytest

from network.access.rules import Role
from network.plumbing.database import now, today
from network.plumbing.refusals import Invalid, NotFound, Refusal
from network.vocabulary import Discipline, Priority, SessionKind
from rota.bundles import commands
from rota.bundles.rules import Need
from rota.clinic_examples.queries import get_example
from rota.clinic_series.records import ClinicServing, ClinicSession
from rota.clinics.commands import add_type, retire_type
from rota.neighbourhoods.commands import add_neighbourhood, change_neighbourhood, remove_neighbourhood
from rota.places.records import AskedPlace
from rota.waiting.commands import change_bundle, end_bundle, reopen_bundle
from rota.waiting.queries import asked_without_neighbourhood, bundles_for_planning, waiting_for
from tests.cast import Cast
from tests.makers import keep

LEAD = Role.CLINIC_LEAD
DUE = today() + timedelta(weeks=6)


def make_type(cast: Cast, key: str = "frailty"):
    example = get_example(key)
    return add_type(cast[LEAD], example.design, example.seats)


def make_area(cast: Cast, name: str = "North"):
    return add_neighbourhood(cast[LEAD], name, cast.elm_site.id)


def test_people_entered_and_asked_for_come_together_less_those_planned(cast: Cast) -> None:
    lead, clinic, north = cast[LEAD], make_type(cast), make_area(cast)
    need = Need(north, clinic, priority=Priority.SOON, due_on=DUE)
    bundle = commands.add_bundle(lead, need, 9)
    for number in range(3):
        alike = {"clinic_type_id": clinic, "home_site_id": cast.elm_site.id, "priority": Priority.SOON}
        keep(AskedPlace(from_key=uuid.UUID(int=number), due_on=DUE, **alike))
    keep(AskedPlace(from_key=uuid.UUID(int=8), clinic_type_id=clinic, home_site_id=cast.oak_site.id))
    make_session(cast, clinic, north, bundle, 4)
    make_session(cast, clinic, north, bundle, 2, closed=True)
    [area] = waiting_for(lead)
    figures = [(each.row.entered, each.row.planned, each.row.asked) for each in area.rows]
    assert (figures, area.left) == ([(9, 4, 3), (0, 0, 1)], 9)
    first, second = bundles_for_planning()
    assert (first.bundle_id, second.bundle_id) == (bundle, None)
    assert (first.bundle.count, first.bundle.weight, first.bundle.due) == (8, 2, DUE)
    assert (first.bundle.area, first.bundle.home, first.bundle.kind) == ("North", "ELM", str(clinic))
    assert first.bundle.disciplines == {"General practice", "Pharmacy", "Physiotherapy", "Social care"}


def make_session(cast: Cast, clinic, area, bundle, count: int, closed: bool = False) -> None:
    session = keep(
        ClinicSession(
            clinic_type_id=clinic,
            neighbourhood_id=area,
            site_id=cast.elm_site.id,
            day=today() + timedelta(7),
            kind=SessionKind.MORNING,
            made_by="Alex Example",
            closed_at=now() if closed else None,
        )
    )
    keep(ClinicServing(session_id=session.id, bundle_id=bundle, count=count))


def test_nobody_is_planned_for_who_cannot_be(cast: Cast) -> None:
    lead, clinic, north = cast[LEAD], make_type(cast), make_area(cast)
    commands.add_bundle(lead, Need(north, clinic), 4)
    commands.add_bundle(lead, Need(north, disciplines=frozenset({Discipline.DENTISTRY})), 2)
    assert [each.bundle.count for each in bundles_for_planning()] == [4]
    retire_type(lead, clinic)
    assert bundles_for_planning() == ()
    [area] = waiting_for(lead)
    assert [bool(each.trouble) for each in area.rows] == [True, True]


def test_places_asked_for_wait_for_a_neighbourhood(cast: Cast) -> None:
    lead, clinic = cast[LEAD], make_type(cast)
    keep(AskedPlace(from_key=uuid.UUID(int=1), clinic_type_id=clinic))
    assert (asked_without_neighbourhood(lead), bundles_for_planning()) == (1, ())
    make_area(cast)
    assert (asked_without_neighbourhood(lead), len(bundles_for_planning())) == (0, 1)


def test_people_are_taken_off_the_list_and_put_back(cast: Cast) -> None:
    lead, need = cast[LEAD], Need(make_area(cast), make_type(cast))
    bundle = commands.add_bundle(lead, need, 4)
    end_bundle(lead, bundle)
    assert bundles_for_planning() == ()
    with pytest.raises(Refusal, match="Put them back"):
        change_bundle(lead, bundle, need, 5)
    with pytest.raises(Refusal, match="already"):
        end_bundle(lead, bundle)
    reopen_bundle(lead, bundle)
    change_bundle(lead, bundle, need, 5)
    assert [each.bundle.count for each in bundles_for_planning()] == [5]


def test_a_need_that_cannot_be_met_is_refused_with_what_to_do(cast: Cast) -> None:
    lead, clinic, north = cast[LEAD], make_type(cast), make_area(cast)
    with pytest.raises(Invalid, match="no seat for Dentistry"):
        commands.add_bundle(lead, Need(north, clinic, frozenset({Discipline.DENTISTRY})), 3)
    with pytest.raises(NotFound):
        commands.add_bundle(lead, Need(uuid.uuid4(), clinic), 3)
    bundle = commands.add_bundle(lead, Need(north, clinic), 3)
    retire_type(lead, clinic)
    with pytest.raises(Invalid, match="is retired"):
        commands.add_bundle(lead, Need(north, clinic), 3)
    change_bundle(lead, bundle, Need(north, clinic), 2)


def test_a_neighbourhood_is_renamed_and_goes_only_while_nothing_hangs_on_it(cast: Cast) -> None:
    lead, north, south = cast[LEAD], make_area(cast), make_area(cast, "South")
    with pytest.raises(Refusal, match="already"):
        change_neighbourhood(lead, south, "north", cast.oak_site.id)
    with pytest.raises(Invalid, match="Enter the name"):
        change_neighbourhood(lead, south, " ", cast.oak_site.id)
    change_neighbourhood(lead, south, "Far South", cast.oak_site.id)
    commands.add_bundle(lead, Need(north, make_type(cast)), 3)
    with pytest.raises(Refusal, match="North has bundles or clinics"):
        remove_neighbourhood(lead, north)
    remove_neighbourhood(lead, south)
    assert [each.neighbourhood.name for each in waiting_for(lead)] == ["North"]
