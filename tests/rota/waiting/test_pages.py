import re
from html import unescape

from network.access.rules import Role
from network.vocabulary import Discipline
from rota.bundles.commands import add_bundle
from rota.bundles.queries import current_bundles
from rota.bundles.rules import Need
from rota.clinic_examples.queries import get_example
from rota.clinics.commands import add_type
from rota.neighbourhoods.commands import add_neighbourhood
from rota.neighbourhoods.queries import all_neighbourhoods
from tests.cast import Cast, client_for

LEAD = Role.CLINIC_LEAD


def make_type(cast: Cast):
    example = get_example("frailty")
    return add_type(cast[LEAD], example.design, example.seats)


def test_a_network_without_neighbourhoods_is_led_to_name_one(cast: Cast) -> None:
    lead = client_for(cast, LEAD)
    assert "No neighbourhood yet" in lead.get("/clinics/waiting").text
    answers = {"name": "North", "site_id": str(cast.elm_site.id)}
    assert (
        "North is added" in lead.post("/clinics/neighbourhoods/add", data=answers, follow_redirects=True).text
    )
    twice = lead.post("/clinics/neighbourhoods/add", data=answers)
    assert (twice.status_code, "already" in twice.text) == (422, True)
    [area] = all_neighbourhoods()
    where = f"/clinics/neighbourhoods/{area.id}"
    assert "Saved" in lead.post(where, data={**answers, "name": "Northern"}, follow_redirects=True).text
    assert "Nobody waits here" in lead.get("/clinics/waiting").text
    assert "Undo" in lead.post(f"{where}/remove", follow_redirects=True).text


def test_people_are_counted_changed_taken_off_and_put_back(cast: Cast) -> None:
    lead, clinic = client_for(cast, LEAD), make_type(cast)
    area = add_neighbourhood(cast[LEAD], "North", cast.elm_site.id)
    answers = {
        "neighbourhood_id": str(area),
        "count": "7",
        "clinic_type_id": str(clinic),
        "priority": "soon",
        "longest_minutes": "30",
        "needs_step_free": "y",
        "due_on": "",
        # A browser sends none of these; a script may send one that is empty.
        "disciplines": "",
    }
    wrong = lead.post("/clinics/waiting/add", data={**answers, "count": "0", "clinic_type_id": ""})
    assert (wrong.status_code, "Enter how many people" in wrong.text) == (422, True)
    page = lead.post("/clinics/waiting/add", data=answers, follow_redirects=True).text
    assert "7 entered" in page
    assert "North: 7 to plan for" in page
    [row] = current_bundles()
    assert (row.count, row.longest_minutes, row.needs_step_free, row.disciplines) == (7, 30, True, [])
    where = f"/clinics/waiting/{row.id}"
    some = {**answers, "count": "8", "disciplines": ["pharmacy", "physiotherapy"]}
    assert "8 entered" in lead.post(where, data=some, follow_redirects=True).text
    page = lead.post(f"{where}/end", follow_redirects=True).text
    assert ("Undo" in page, "Taken off the list lately" in page) == (True, True)
    assert "8 entered" in lead.post(f"{where}/reopen", follow_redirects=True).text


def test_from_those_who_wait_it_is_one_click_to_plan_their_clinic(cast: Cast) -> None:
    lead, clinic = client_for(cast, LEAD), make_type(cast)
    add_neighbourhood(cast[LEAD], "Away", cast.oak_site.id)
    area = add_neighbourhood(cast[LEAD], "North", cast.elm_site.id)
    add_bundle(cast[LEAD], Need(area, clinic), 5)
    [where] = re.findall(r'href="(/clinics/plans/[^"]+)"', lead.get("/clinics/waiting").text)
    chosen = re.findall(r'value="([^"]+)" selected', lead.get(unescape(where)).text)
    assert chosen == [str(clinic), str(area), "2"]
    add_bundle(cast[LEAD], Need(area, None, frozenset({Discipline.PHARMACY})), 2)
    anyhow = re.findall(r'href="(/clinics/plans/[^"]+)"', lead.get("/clinics/waiting").text)
    assert [unescape(each) for each in anyhow] == [unescape(where)] * 2
    today = lead.get("/").text
    assert ("7 people wait" in today, "overdue" in today) == (True, False)
    assert lead.get("/clinics/plans/?clinic_type=x&neighbourhood=&every_weeks=3").status_code == 200


def test_who_may_only_look_sees_the_counts_alone(cast: Cast) -> None:
    area = add_neighbourhood(cast[LEAD], "North", cast.elm_site.id)
    add_bundle(cast[LEAD], Need(area, make_type(cast)), 5)
    text = client_for(cast, Role.PRACTICE_MANAGER).get("/clinics/waiting").text
    assert "5 entered, 0 asked for by meetings, 0 planned" in text
    assert not [word for word in ("Add people", ">Change", ">End") if word in text]
