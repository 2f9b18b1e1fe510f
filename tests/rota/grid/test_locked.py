"""What the page of a rota offers that is no draft, and what it knows of the weeks it does not show."""

from network.access.rules import Role
from rota.grid.queries import grid_for
from rota.rotas.commands import copy_version
from rota.rotas.queries import get_period_for
from rota.rotas.records import RotaVersion
from rota.views.rules import Look
from tests.cast import Cast, client_for
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


def page_of(cast: Cast, version: RotaVersion, role: Role = MANAGER) -> str:
    return client_for(cast, role).get(f"/rota/versions/{version.id}/").text


def test_a_published_rota_can_be_changed_although_something_is_tried_out_beside_it(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.make_chosen(version)
    trial = copy_version(cast[MANAGER], version.id, "Without locums")
    page = page_of(cast, version)
    assert "Change this rota</button>" in page
    assert "Open the draft" not in page
    assert get_period_for(cast[MANAGER], version.period_id).current == version
    about = client_for(cast, MANAGER).get(f"/rota/{version.period_id}").text
    assert "Without locums" in about
    draft = copy_version(cast[MANAGER], version.id)
    copy_version(cast[MANAGER], trial, "With locums")
    assert f"/rota/versions/{draft}/" in page_of(cast, version)
    assert grid_for(cast[MANAGER], version.id, Look()).draft_id == draft


def test_whoever_plans_is_told_what_to_do_before_they_change_a_published_rota(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    assert "data-locked" not in page_of(cast, version)
    scene.make_chosen(version)
    first = 'data-locked="This rota is published: choose Change this rota first."'
    assert first in page_of(cast, version)
    assert "data-locked" not in page_of(cast, version, Role.STAFF)
    copy_version(cast[MANAGER], version.id)
    assert "choose Open the draft first." in page_of(cast, version)


def test_the_gaps_of_other_weeks_are_counted(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast, weeks=2)
    in_a_week = 2 * 5 * 2
    assert f'data-gaps-elsewhere="{in_a_week}"' in page_of(cast, version)
    assert grid_for(cast[MANAGER], version.id, Look(weeks=4)).found.gaps_elsewhere == 0
    assert grid_for(cast[MANAGER], version.id, Look(site="ELM")).found.gaps_elsewhere == in_a_week // 2
