from datetime import timedelta

from network.access.rules import Role
from network.plumbing.database import in_network, today
from rota.hosts.commands import add_host
from rota.hosts.queries import as_terms, get_host_for, get_offer_for, hosts_for
from tests.cast import Cast, client_for
from tests.rota.host_scene import HOST_LEAD, LEAD, WELCOME, host, next_monday, offer, placed, supervisor
from tests.rota.training_scene import programme


def answers(cast: Cast, **more: object) -> dict[str, object]:
    return {
        "name": "Nursing team",
        "discipline": "nursing",
        "programmes": [str(programme(cast))],
        "settings": ["general_practice_nursing"],
        "opens_on": today().isoformat(),
        "most": "2",
        "least": "0",
        "floor": "0",
        **more,
    }


def test_a_host_lead_sets_up_a_host_from_nothing(cast: Cast) -> None:
    lead = client_for(cast, HOST_LEAD)
    assert "No host yet" in lead.get("/hosts").text
    bad = lead.post("/hosts/add", data={"site_id": str(cast.elm_site.id), "lead_email": "nobody"})
    assert bad.status_code == 422
    assert "Enter an email address" in bad.text
    added = lead.post(
        "/hosts/add", data={"site_id": str(cast.elm_site.id), "dress": "Smart"}, follow_redirects=True
    )
    assert "Add what it offers next" in added.text
    assert "Nobody can be written to for an answer." in added.text
    with in_network(cast.network.id):
        [row] = hosts_for(cast[HOST_LEAD])
    bad = lead.post(f"/hosts/{row.id}/offer", data=answers(cast, least="3"))
    assert bad.status_code == 422
    assert "Enter a number from 0 to 2, the most places." in bad.text
    made = lead.post(f"/hosts/{row.id}/offer", data=answers(cast), follow_redirects=True)
    assert "Name its supervisors next" in made.text
    approved = {"programme_id": str(programme(cast)), "regulator": "School", "starts_on": today().isoformat()}
    kept = lead.post(f"/hosts/{row.id}/approve", data=approved, follow_redirects=True)
    assert "The approval is kept." in kept.text
    again = lead.post(f"/hosts/{row.id}/offer", data=answers(cast, name="nursing TEAM"))
    assert "has an offer of this name already" in again.text


def test_an_offer_is_changed_by_whoever_looked_at_it_last(cast: Cast) -> None:
    offer_id = offer(cast)
    lead = client_for(cast, HOST_LEAD)
    data = answers(cast, most="3", row_version="1")
    assert "Saved." in lead.post(f"/hosts/offers/{offer_id}/change", data=data, follow_redirects=True).text
    late = lead.post(f"/hosts/offers/{offer_id}/change", data=data)
    assert late.status_code == 422
    assert "Somebody changed this in the meantime" in late.text
    with in_network(cast.network.id):
        assert as_terms(get_offer_for(cast[LEAD], offer_id)).most == 3


def test_withdrawing_shows_who_is_touched_and_comes_to_the_lead(cast: Cast) -> None:
    offer_id = offer(cast)
    name = placed(cast, offer_id, published=True).learner.name
    draft = placed(cast, offer_id).learner.name
    address = f"/hosts/offers/{offer_id}/withdraw"
    # A host does not know of drafts.
    pages = {role: client_for(cast, role).get(address).text for role in (LEAD, HOST_LEAD)}
    assert name in pages[HOST_LEAD]
    assert draft not in pages[HOST_LEAD]
    assert draft in pages[LEAD]
    host_lead = client_for(cast, HOST_LEAD)
    assert (
        host_lead.post(address, data={"leaves_on": next_monday().isoformat(), "why": ""}).status_code == 422
    )
    sent = {"leaves_on": (next_monday() + timedelta(7)).isoformat(), "why": "Two nurses leave us."}
    done = host_lead.post(address, data=sent, follow_redirects=True)
    assert "1 placement must be planned anew." in done.text
    assert "Two nurses leave us." not in done.text
    lead = client_for(cast, LEAD)
    assert "1 learner to be placed anew" in lead.get("/").text
    assert "Two nurses leave us." in lead.get(f"/hosts/offers/{offer_id}").text
    assert "withdrawn already" in lead.post(address, data=sent).text
    lead.post(f"/hosts/offers/{offer_id}/bring-back")
    assert "placed anew" not in lead.get("/").text


def test_supervisors_are_those_approved_for_the_learners_and_leave_by_one_click(cast: Cast) -> None:
    offer_id = offer(cast)
    lead = client_for(cast, HOST_LEAD)
    assert "Nobody here is approved" in lead.get(f"/hosts/offers/{offer_id}/supervisors").text
    member_id = supervisor(cast, offer_id)
    data = {"member_id": str(member_id), "kind": "assessor"}
    assert (
        "The supervisor is named."
        in lead.post(f"/hosts/offers/{offer_id}/supervisors", data=data, follow_redirects=True).text
    )
    dropped = lead.post(f"/hosts/offers/{offer_id}/supervisors/drop", data=data, follow_redirects=True)
    assert "They supervise here no more." in dropped.text
    assert lead.post(f"/hosts/offers/{offer_id}/supervisors/drop", data=data).status_code == 404
    assert lead.post(f"/hosts/offers/{offer_id}/supervisors/drop", data={"kind": "x"}).status_code == 422


def test_other_numbers_of_places_hold_for_their_time(cast: Cast) -> None:
    offer_id = offer(cast)
    lead = client_for(cast, HOST_LEAD)
    limit = {"starts_on": next_monday().isoformat(), "most": "7", "least": "0", "stage": ""}
    page = lead.post(f"/hosts/offers/{offer_id}/limit", data=limit, follow_redirects=True)
    assert '<td class="is-numeric">7</td>' in page.text


def test_whoever_leads_one_host_changes_no_other_and_sees_none(cast: Cast) -> None:
    oak = add_host(cast[LEAD], cast.oak_site.id, WELCOME)
    own = host(cast)
    lead = client_for(cast, HOST_LEAD)
    assert "Oak Surgery" not in lead.get("/hosts").text
    assert lead.get(f"/hosts/{oak}").status_code == 404
    assert lead.get(f"/hosts/{own}").status_code == 200
    manager = client_for(cast, Role.WORKFORCE_MANAGER)
    assert manager.get(f"/hosts/{oak}").status_code == 200
    assert manager.get(f"/hosts/{oak}/change").status_code == 403
    with in_network(cast.network.id):
        assert get_host_for(cast[LEAD], oak).site.code == "OAK"
