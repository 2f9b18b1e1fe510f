import uuid

from network.access.rules import Role
from rota.cells.commands import clear
from rota.comparing.queries import comparing_for
from rota.comparing.rules import Slot, differences
from rota.drafts.queries import find_assignment
from rota.rotas.commands import copy_version
from rota.rotas.queries import get_version_for
from rota.rows.rules import mark_of
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


def two_versions(cast: Cast) -> tuple[uuid.UUID, uuid.UUID, str]:
    """A draft with two sessions, and a copy in which one of them is gone and the other elsewhere."""
    amy, bob, *_ = scene.make_scene(cast)
    first = scene.open_rota(cast)
    cell = scene.put(first, amy, cast.elm_site, cast[MANAGER])
    scene.put(first, bob, cast.oak_site, cast[MANAGER])
    second = get_version_for(cast[MANAGER], copy_version(cast[MANAGER], first.id, "Without"))
    row = find_assignment(second.id, cell)
    assert row is not None
    clear(cast[MANAGER], second.id, cell, mark_of(row.id, row.row_version))
    return first.id, second.id, amy.name


def test_versions_are_compared_in_sessions_and_people(cast: Cast) -> None:
    first, second, name = two_versions(cast)
    period_id = get_version_for(cast[MANAGER], first).period_id
    found = comparing_for(cast[MANAGER], period_id, first, second).comparison
    assert found is not None
    figures = {line.name: (line.first, line.second) for line in found.lines}
    assert figures["Sessions short"] == ("18 of 20", "19 of 20")
    assert figures["Sessions placed"] == ("2", "1")
    assert figures["Sessions at Elm Surgery"] == ("1", "0")
    assert figures["Most Monday mornings"][0].startswith("1 session, ")
    assert figures["People under their hours"][0].startswith("3: ")
    (person,) = found.people
    assert (person.name, person.sessions) == (
        name,
        (("Monday 7 December AM", "Surgery, Elm Surgery", ""),),
    )


def test_what_people_were_told_is_compared_with_the_draft_first(cast: Cast) -> None:
    first, second, _ = two_versions(cast)
    scene.make_chosen(get_version_for(cast[MANAGER], second))
    period_id = get_version_for(cast[MANAGER], first).period_id
    found = comparing_for(cast[MANAGER], period_id, None, None).comparison
    assert found is not None
    assert (found.first.id, found.second.id) == (second, first)


def test_one_version_or_twice_the_same_is_said_to_be_nothing_to_compare(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    browser = client_for(cast, MANAGER)
    assert "There is one version only" in browser.get(f"/rota/{version.period_id}/compare/").text
    copy_version(cast[MANAGER], version.id)
    same = f"?first={version.id}&second={version.id}"
    assert "Choose two different versions" in browser.get(f"/rota/{version.period_id}/compare/{same}").text


def test_the_page_is_for_those_who_plan(cast: Cast) -> None:
    first, second, name = two_versions(cast)
    address = (
        f"/rota/{get_version_for(cast[MANAGER], first).period_id}/compare/?first={first}&second={second}"
    )
    page = client_for(cast, Role.PRACTICE_MANAGER).get(address)
    assert name in page.text
    assert "Version 2: Without" in page.text
    assert client_for(cast, Role.STAFF).get(address).status_code == 403


def test_differences_are_listed_person_by_person_in_order_of_time() -> None:
    amy = uuid.uuid4()
    slots = [Slot(amy, MONDAY, kind) for kind in scene.DAYTIME]
    found = differences({slots[1]: "Surgery"}, {slots[0]: "Clinic", slots[1]: "Surgery"})
    assert [(each.slot, each.first, each.second) for each in found[amy]] == [(slots[0], "", "Clinic")]
