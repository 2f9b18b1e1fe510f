from network.access.rules import Role
from rota.learners.commands import add_done
from rota.learners.rules import Done
from rota.programmes.queries import get_programme_for
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota.training_scene import LEAD, learner, programme, requirement

WARD = {
    "name": "Children's ward",
    "settings": ["hospital"],
    "least_weeks": "0",
    "most_weeks": "6",
    "shortest_run": "6",
    "longest_run": "6",
}


def test_a_requirement_is_added_marked_as_local_removed_and_brought_back(cast: Cast) -> None:
    client, page = client_for(cast, LEAD), f"/training/programmes/{programme(cast)}"
    client.post(f"{page}/requirements/add", data={**WARD, "after_0_key": "hospital", "after_0_weeks": "6"})
    row = requirement(cast, "children_s_ward")
    assert (row.is_local, row.is_hard, row.after) == (True, False, {"hospital": 6})
    removed = client.post(f"/training/programmes/requirements/{row.id}/remove", follow_redirects=True)
    assert "Undo" in removed.text
    assert "Children&#39;s ward, 0" not in client.get(page).text


def test_what_a_requirement_hangs_on_cannot_be_removed(cast: Cast) -> None:
    client, ward = client_for(cast, LEAD), requirement(cast, "hospital")
    done = Done(ward.id, 6, MONDAY.replace(year=2025))
    add_done(cast[LEAD], learner(cast), done)
    refused = client.post(f"/training/programmes/requirements/{ward.id}/remove")
    assert "Require 0 weeks of it instead" in refused.text
    pharmacy = requirement(cast, "community", "trainee_pharmacist")
    refused = client.post(f"/training/programmes/requirements/{pharmacy.id}/remove")
    assert "names Community pharmacy" in refused.text


def test_nonsense_comes_back_with_its_sentence_and_nothing_is_lost(cast: Cast) -> None:
    client, page = client_for(cast, LEAD), f"/training/programmes/{programme(cast)}"
    wrong = client.post(f"{page}/requirements/add", data={**WARD, "most_weeks": "5"})
    assert wrong.status_code == 422
    assert "A run cannot be longer than the most, 5 weeks." in wrong.text
    assert "Children&#39;s ward" in wrong.text


def test_a_change_keeps_what_others_changed_meanwhile(cast: Cast) -> None:
    client, programme_id = client_for(cast, LEAD), programme(cast)
    form = client.get(f"/training/programmes/{programme_id}/change").text
    assert 'name="row_version"' in form
    row = get_programme_for(cast[LEAD], programme_id)
    sent = {
        "name": row.name,
        "role": "student_nurse",
        "weeks": "26",
        "effective_from": "2026-09-01",
        "block_weeks": "6",
        "notice_weeks": "12",
        "rota_notice_weeks": "8",
        "duty_notice_weeks": "6",
        "least_percent": "50",
        "breadth": "0",
        "exposure_weekly": "0",
        "exposure_total": "0",
    }
    stale = client.post(f"/training/programmes/{programme_id}/change", data={**sent, "row_version": "9"})
    assert "Somebody changed this programme in the meantime" in stale.text
    client.post(f"/training/programmes/{programme_id}/change", data={**sent, "row_version": "1"})
    assert get_programme_for(cast[LEAD], programme_id).weeks == 26


def test_a_host_reads_programmes_and_changes_none(cast: Cast) -> None:
    client, programme_id = client_for(cast, Role.HOST_LEAD), programme(cast)
    text = client.get(f"/training/programmes/{programme_id}").text
    assert "Hospital ward" in text
    assert "Retire" not in text
    assert client.post(f"/training/programmes/{programme_id}/retire").status_code == 403
