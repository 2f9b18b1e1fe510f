from datetime import date

import pytest

from network.access.rules import Role
from network.plumbing.database import in_network
from network.vocabulary import FundingStream, JobRole
from rota.staff import commands, queries
from rota.staff.rules import CredentialKind, Planning
from tests import makers
from tests.cast import Cast, client_for, sign_in

MONDAY = date(2026, 12, 7)


@pytest.fixture
def manager(cast: Cast):
    return client_for(cast, Role.WORKFORCE_MANAGER)


@pytest.fixture
def member(cast: Cast):
    """A GP of Elm Surgery called Alex Sample, on the rota."""
    engagement = makers.make_engagement(cast.elm, makers.make_person("Sample"))
    planning = Planning(date(2026, 1, 5), home_site_id=cast.elm_site.id)
    return put_on_rota(cast, engagement, planning)


def put_on_rota(cast, engagement, planning):
    manager = cast[Role.WORKFORCE_MANAGER]
    with in_network(manager.network_id):
        return commands.add_member(manager, engagement.id, planning=planning)


def known(cast, member):
    manager = cast[Role.WORKFORCE_MANAGER]
    with in_network(manager.network_id):
        return queries.get_member_for(manager, member)


def undo(client):
    """Press the Undo of the banner that waits to be shown."""
    with client.session_transaction() as session:
        ((_, banner),) = session["_flashes"]
    return client.post(banner["undo_url"], data=dict(banner["fields"]))


def test_the_list_is_grouped_and_says_what_is_missing(cast, manager, member):
    page = manager.get("/staff").text
    assert "General practice" in page
    assert "Alex Sample" in page
    assert "No GMC registration recorded" in page
    assert "with a credential missing or out of date" in page


def test_today_says_whose_credentials_want_doing_to_those_who_can_do_it(cast, manager, member):
    assert "1 member of staff</a> has a registration" in manager.get("/").text
    assert "missing or out of date" not in client_for(cast, Role.STAFF).get("/").text


def test_the_list_is_narrowed_by_role_and_site(cast, manager, member):
    assert "Alex Sample" in manager.get(f"/staff?role=gp&site_id={cast.elm_site.id}").text
    assert "Nobody fits" in manager.get("/staff?role=nurse").text
    assert "Nobody fits" in manager.get(f"/staff?site_id={cast.oak_site.id}").text
    assert "Alex Sample" in manager.get("/staff?role=wizard&site_id=nowhere").text


def test_an_empty_rota_says_where_people_come_from(manager):
    assert "Nobody is on the rota yet" in manager.get("/staff").text
    assert "Everybody is on the rota" in manager.get("/staff/add").text


def test_a_waiting_post_joins_the_rota(cast, manager):
    engagement = makers.make_engagement(cast.oak, makers.make_person("Waiting"), role=JobRole.GP_REGISTRAR)
    makers.db.session.commit()
    answers = {
        "engagement_id": str(engagement.id),
        "home_site_id": str(cast.oak_site.id),
        "planned_from": "2026-12-07",
        "stage": "ST2",
        "supervision_minutes": "60",
    }
    page = manager.post("/staff/add", data=answers, follow_redirects=True).text
    assert "Set the working pattern next" in page
    assert "ST2" in page


def test_wrong_planning_comes_back_with_what_to_do(cast, manager, member):
    answer = manager.post(
        f"/staff/{member}/change", data={"planned_from": "2026-12-07", "tolerance_minutes": "-5"}
    )
    assert answer.status_code == 422
    assert "Enter minutes of 0 or more." in answer.text
    assert "Enter the first day." in manager.post(f"/staff/{member}/change", data={"planned_from": ""}).text


def test_leaving_the_rota_is_undone_from_the_banner(cast, manager, member):
    manager.post(f"/staff/{member}/end", data={"planned_until": "2026-12-31"})
    assert known(cast, member).planned_until == date(2026, 12, 31)
    undo(manager)
    assert known(cast, member).planned_until is None


def test_a_competency_is_signed_off_taken_back_and_put_back(cast, manager, member):
    answers = {"code": "minor_surgery", "signed_off_on": "2026-02-03", "signed_off_by": "Dr Example"}
    page = manager.post(f"/staff/{member}/competencies", data=answers, follow_redirects=True).text
    assert "Minor surgery is signed off." in page
    manager.post(f"/staff/{member}/competencies/minor_surgery/withdraw", data=answers)
    assert known(cast, member).competencies == []
    undo(manager)
    (held,) = known(cast, member).competencies
    assert (held.code, held.signed_off_on, held.signed_off_by) == (
        "minor_surgery",
        date(2026, 2, 3),
        "Dr Example",
    )


def test_only_competencies_of_the_role_are_offered(manager, member):
    page = manager.get(f"/staff/{member}/competencies").text
    assert "Minor surgery" in page
    assert "Sight tests" not in page
    answer = manager.post(
        f"/staff/{member}/competencies", data={"code": "sight_test", "signed_off_on": "2026-02-03"}
    )
    assert answer.status_code == 422


def test_a_credential_is_recorded_removed_and_put_back(cast, manager, member):
    answers = {"kind": "gmc", "number": "0000001", "issued_on": "", "expires_on": "2027-03-31"}
    manager.post(f"/staff/{member}/credentials", data=answers)
    url = f"/staff/{member}/credentials/{known(cast, member).credentials[0].id}/remove"
    manager.get(f"/staff/{member}")
    manager.post(url, data=answers)
    assert known(cast, member).credentials == []
    undo(manager)
    (held,) = known(cast, member).credentials
    assert (held.kind, held.expires_on) == (CredentialKind.GMC, date(2027, 3, 31))
    answer = manager.post(f"/staff/{member}/credentials", data={"kind": "gmc"})
    assert answer.status_code == 422
    assert "Enter the day on which it runs out." in answer.text


def test_an_induction_is_recorded_and_undone(cast, manager, member):
    answers = {"site_id": str(cast.oak_site.id), "inducted_on": "2026-05-04"}
    manager.post(f"/staff/{member}/inductions", data=answers)
    assert [i.site.code for i in known(cast, member).inductions] == ["OAK"]
    undo(manager)
    assert known(cast, member).inductions == []


def test_supervision_is_approved_and_taken_back(cast, manager, member):
    answers = {
        "learner_role": "gp_registrar",
        "minutes_per_session": "60",
        "most_learners": "2",
        "starts_on": "2026-08-05",
    }
    page = manager.post(f"/staff/{member}/supervision", data=answers, follow_redirects=True).text
    assert "GP registrar: 1 h a session, 2 learners at once" in page
    manager.post(f"/staff/{member}/supervision/gp_registrar/withdraw")
    assert known(cast, member).supervises == []
    assert manager.post(f"/staff/{member}/supervision/wizard/withdraw").status_code == 404


def test_funding_must_sum_to_a_hundred(cast, manager, member):
    answer = manager.post(f"/staff/{member}/funding", data={"core": "60", "training_tariff": "30"})
    assert answer.status_code == 422
    assert "The shares must sum to 100%: they sum to 90%." in answer.text
    manager.post(f"/staff/{member}/funding", data={"core": "60", "training_tariff": "40"})
    split = {share.stream: share.percent for share in known(cast, member).funding}
    assert split == {FundingStream.CORE: 60, FundingStream.TRAINING_TARIFF: 40}


def test_a_clinical_lead_signs_off_but_edits_nothing_else(cast, member):
    client = client_for(cast, Role.CLINICAL_LEAD)
    page = client.get(f"/staff/{member}").text
    assert "Sign off a competency" in page
    assert "Set a new pattern" not in page
    assert client.get(f"/staff/{member}/competencies").status_code == 200
    assert client.get(f"/staff/{member}/pattern").status_code == 403


WORDS = ("change", "end", "pattern", "competencies", "credentials", "inductions", "supervision", "funding")


@pytest.mark.parametrize("word", WORDS)
def test_staff_may_look_at_themselves_but_not_edit(cast, word):
    engagement = makers.make_engagement(cast.elm, cast.accounts[Role.STAFF].person)
    own = put_on_rota(cast, engagement, Planning(MONDAY))
    client = client_for(cast, Role.STAFF)
    assert client.get(f"/staff/{own}").status_code == 200
    assert client.get(f"/staff/{own}/{word}").status_code == 403


@pytest.mark.parametrize("word", ["", *(f"/{word}" for word in WORDS)])
def test_strangers_and_other_practices_find_no_page(cast, client, word):
    other = put_on_rota(cast, makers.make_engagement(cast.oak), Planning(MONDAY))
    sign_in(client, cast.stranger_account)
    assert client.get(f"/staff/{other}{word}").status_code == 404
    practice_manager = client_for(cast, Role.PRACTICE_MANAGER)
    assert practice_manager.get(f"/staff/{other}{word}").status_code == 404
