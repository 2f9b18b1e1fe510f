"""The board of a day: what waits for cover, and what those see who report illness without covering it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from network.access.rules import Role
from network.plumbing.refusals import NotFound
from rota.board.queries import board_for, on_day_for
from rota.leave.commands import report_sickness
from rota.leave.rules import AbsenceKind, Away
from rota.repairs.queries import find_cover
from rota.repairs.rules import CoverState, Opens
from rota.staff.records import RotaMember
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene
from tests.rota.standins.test_commands import HALF_PAST_SEVEN, ill

MANAGER, AT_ELM = Role.WORKFORCE_MANAGER, Role.PRACTICE_MANAGER
WHEN_NOTHING_IS_PUBLISHED = MONDAY - timedelta(7)


@pytest.fixture(autouse=True)
def early_on_monday() -> Iterator[None]:
    with time_machine.travel(HALF_PAST_SEVEN, tick=True):
        yield


@pytest.fixture
def people(cast: Cast) -> list[RotaMember]:
    """The first, of Elm, has Monday morning there, one more than it takes; the second is of Oak, and free."""
    members = scene.make_scene(cast)
    version = scene.open_rota(cast)
    for member in (members[0], members[2]):
        scene.put(version, member, cast.elm_site, cast[MANAGER])
    scene.make_chosen(version)
    return members


def test_on_every_day_the_board_says_of_an_absence_what_it_takes_from_all_rotas(cast: Cast, people) -> None:
    absence_id = ill(cast, people[1])
    assert find_cover(absence_id) is None
    for day in (MONDAY, WHEN_NOTHING_IS_PUBLISHED):
        (found,) = board_for(cast[MANAGER], day).ill
        assert found.opens is Opens.NOTHING
        assert not found.waits


def test_an_absence_that_breaks_nothing_is_not_being_covered(cast: Cast, people) -> None:
    absence_id = ill(cast, people[0])
    assert find_cover(absence_id) is None
    (found,) = board_for(cast[MANAGER], WHEN_NOTHING_IS_PUBLISHED).ill
    assert (found.state, found.opens) == (CoverState.REPORTED, Opens.NO_GAP)
    page = client_for(cast, MANAGER).get(f"/rota/today?day={MONDAY}").text
    assert "No gap" in page
    assert "Find cover" not in page
    # With the other gone as well, both leave a gap.
    ill(cast, people[2])
    assert {each.opens for each in board_for(cast[MANAGER], MONDAY).ill} == {Opens.GAPS}


def test_a_practice_manager_reports_their_own_and_leaves_the_cover_to_others(cast: Cast, people) -> None:
    client = client_for(cast, AT_ELM)
    board = client.get(f"/rota/today?day={MONDAY}")
    assert f"/rota/today/{people[0].id}" in board.text
    page = client.get(f"/rota/today/{people[0].id}?day={MONDAY}").text
    assert "Whoever publishes the rota looks for cover" in page
    answer = client.post(f"/rota/cover/ill/{people[0].id}", data={"days": "1"}, follow_redirects=True)
    assert answer.request.path == "/rota/today"
    assert people[0].name in answer.text
    assert "Find cover" not in answer.text
    assert "On the day" in client.get("/").text


def test_a_practice_manager_opens_and_reports_nobody_of_another_practice(cast: Cast, people) -> None:
    with pytest.raises(NotFound):
        on_day_for(cast[AT_ELM], people[1].id, MONDAY)
    assert (
        client_for(cast, AT_ELM).post(f"/rota/cover/ill/{people[1].id}", data={"days": "1"}).status_code
        == 404
    )
    report_sickness(cast[MANAGER], people[1].id, Away(AbsenceKind.SICKNESS, MONDAY, MONDAY))
    assert board_for(cast[AT_ELM], MONDAY).ill == ()
