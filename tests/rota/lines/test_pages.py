from network.access.rules import Role
from network.plumbing.database import db
from rota.rotas.records import DemandLine
from tests.cast import Cast, client_for
from tests.rota import scene
from tests.rota.lines.test_commands import line_at

MANAGER, PRACTICE = Role.WORKFORCE_MANAGER, Role.PRACTICE_MANAGER


def test_a_change_is_undone_with_one_click(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    line_id = line_at(version, cast.elm_site).id
    address = f"/rota/versions/{version.id}/cover/{line_id}"
    browser = client_for(cast, MANAGER)
    page = browser.post(address, data={"minimum": 2, "desired": 2, "maximum": 3}, follow_redirects=True)
    assert "2 / 2 / 3 ▲" in page.text
    assert f'action="{address}"' in page.text
    browser.post(address, data={"minimum": 1, "desired": 1, "maximum": 3})
    line = db.session.get_one(DemandLine, line_id, populate_existing=True)
    assert (line.minimum, line.desired, line.maximum) == (1, 1, 3)


def test_what_does_not_fit_comes_back_with_what_to_do(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    address = f"/rota/versions/{version.id}/cover/{line_at(version, cast.elm_site).id}"
    answer = client_for(cast, MANAGER).post(address, data={"minimum": 3, "desired": 1, "maximum": 1})
    assert answer.status_code == 422
    assert "The numbers must rise" in answer.text


def test_a_practice_manager_sees_their_own_site_first_and_others_to_read(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    browser = client_for(cast, PRACTICE)
    own = browser.get(f"/rota/versions/{version.id}/cover/").text
    assert "Add a line" in own
    assert "Elm Surgery" in own.split("aria-current")[1][:60] or "Elm Surgery" in own
    other = browser.get(f"/rota/versions/{version.id}/cover/?site={cast.oak_site.id}").text
    assert "Add a line" not in other


def test_a_line_is_added_through_the_page(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    answers = {
        "session": "2026-12-07 EVE",
        "role_group": "gp",
        "activity": "clinic",
        "minimum": 1,
        "desired": 1,
        "maximum": 1,
        "funding": "core",
    }
    page = client_for(cast, MANAGER).post(
        f"/rota/versions/{version.id}/cover/add?site={cast.elm_site.id}&week=2026-12-07",
        data=answers,
        follow_redirects=True,
    )
    assert "The line is added, to this rota alone." in page.text
    assert "1 / 1 / 1 ▲" in page.text
