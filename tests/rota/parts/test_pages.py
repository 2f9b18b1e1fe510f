from network.access.rules import Role
from rota.jobs.queries import find_running_job
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene

MANAGER, PRACTICE = Role.WORKFORCE_MANAGER, Role.PRACTICE_MANAGER


def test_the_week_in_view_is_offered_as_the_part(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    page = client_for(cast, MANAGER).get(f"/rota/versions/{version.id}/fill/part/?week={MONDAY}").text
    assert f'value="{MONDAY}"' in page
    assert 'value="2026-12-13"' in page


def test_a_part_is_asked_for_and_said_where_it_is_watched(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    answers = {"site": cast.elm_site.id, "role_group": "gp", "only_empty": "y"}
    page = client_for(cast, MANAGER).post(
        f"/rota/versions/{version.id}/fill/part/", data=answers, follow_redirects=True
    )
    assert find_running_job(version.id)
    assert "Only Elm Surgery, GP and empty cells only." in page.text


def test_a_practice_manager_is_offered_their_own_sites_and_may_stop_what_they_asked(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    browser = client_for(cast, PRACTICE)
    page = browser.get(f"/rota/versions/{version.id}/fill/part/").text
    assert "Elm Surgery" in page
    assert "Oak Surgery" not in page
    assert browser.post(f"/rota/versions/{version.id}/fill").status_code == 303
    job_id = find_running_job(version.id)
    assert browser.post(f"/rota/jobs/{job_id}/cancel").status_code == 303
    assert find_running_job(version.id) is None


def test_days_in_the_wrong_order_come_back_with_what_to_do(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    answers = {"starts_on": "2026-12-09", "ends_on": "2026-12-08"}
    answer = client_for(cast, MANAGER).post(f"/rota/versions/{version.id}/fill/part/", data=answers)
    assert answer.status_code == 422
    assert "The last day must be on or after the first day." in answer.text
