import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.objections.commands import object_to_sharing
from mdt.patients.records import Patient
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.database import db
from tests.cast import Cast, client_for
from tests.mdt.scene import NUMBERS, home_of, refer

CLINICIAN, CHARITY, COORDINATOR = Role.CLINICIAN, Role.VOLUNTARY_MEMBER, Role.CARE_COORDINATOR
MOST_INPUTS = 12
WHO = {"family_name": "Specimen", "given_name": "Edith", "born_on": "1941-03-04", "practice_id": ""}
BEGUN = {"question": "Two falls?", "pasted": "  Falls x2", "urgency": "soon", "basis": "", "nhs_number": ""}
REST = {"wants": "The allotment.", "basis": "informed", "how_informed": "Told at home."}


def keep(cast: Cast, role: Role = CLINICIAN, path: str = "/referrals/drafts", **answers: str):
    data = {**BEGUN, **(answers or WHO), "organisation_id": str(home_of(cast, role))}
    return client_for(cast, role).post(path, data=data)


def kept(cast: Cast, role: Role = CLINICIAN, **answers: str) -> str:
    """Keep a draft and return the address at which it goes on."""
    assert keep(cast, role, **answers).status_code == 303
    draft = db.session.scalars(select(Case).where(Case.state == CaseState.DRAFT)).one()
    return f"/referrals/drafts/{draft.id}"


def shown(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.text


def test_a_draft_goes_on_where_it_was_left(cast: Cast) -> None:
    page = shown(client_for(cast, CLINICIAN), kept(cast))
    for said in (
        'value="Specimen"',
        'value="1941-03-04"',
        "Two falls?",
        "  Falls x2",
        'value="soon" selected',
    ):
        assert said in page
    tags = re.findall(r"<(?:input|select|textarea)[^>]*>", page.split("<main")[1])
    assert len([tag for tag in tags if 'type="hidden"' not in tag]) <= MOST_INPUTS


def test_without_who_it_is_nothing_is_kept_and_nothing_lost(cast: Cast) -> None:
    answer = keep(cast, family_name="Specimen", given_name="")
    assert answer.status_code == 422
    assert "Enter the given name." in answer.text
    assert "Enter the date of birth." in answer.text
    assert "Enter the question" not in answer.text
    assert "  Falls x2" in answer.text
    assert not db.session.scalar(select(func.count()).select_from(Case))


def test_drafts_come_first_on_both_pages_of_whoever_keeps_them(cast: Cast) -> None:
    path, client = kept(cast), client_for(cast, CLINICIAN)
    refer(cast, CHARITY)
    for page in (shown(client, "/referrals"), shown(client, "/")):
        assert "SPECIMEN, Edith" in page
        assert f'href="{path}"' in page
        assert f'href="{path}/throw-away"' in page


def test_nobody_else_sees_a_word_of_it(cast: Cast) -> None:
    path = kept(cast)
    for role in (COORDINATOR, Role.CHAIR, CHARITY, Role.GOVERNANCE_LEAD):
        client = client_for(cast, role)
        for page in ("/", "/referrals", "/cases", "/cases?show=over", "/sharing", "/morning"):
            assert "Specimen" not in client.get(page).text
        assert client.get(path).status_code in {403, 404}
        assert client.get(f"{path}/throw-away").status_code in {403, 404}
        assert keep(cast, role, f"{path}/keep").status_code in {403, 404}
        assert client.post(f"{path}/throw-away").status_code in {403, 404}
    found = client_for(cast, COORDINATOR).post("/referrals/who", data=WHO).text
    assert "This is them" not in found


def test_it_is_kept_again_and_sent(cast: Cast) -> None:
    path, client = kept(cast), client_for(cast, CLINICIAN)
    assert keep(cast, CLINICIAN, f"{path}/keep", **WHO, wants="The allotment.").status_code == 303
    assert "The allotment." in shown(client, path)
    data = {**BEGUN, **WHO, **REST, "organisation_id": str(home_of(cast, CLINICIAN))}
    refused = client.post(path, data={**data, "basis": ""})
    assert refused.status_code == 422
    assert f'formaction="{path}/keep"' in refused.text
    sent = client.post(path, data=data)
    assert sent.status_code == 303
    case = db.session.scalars(select(Case)).one()
    assert (case.ref, case.state) == ("C-0001", CaseState.SUBMITTED)
    assert client.get(path).status_code == 404
    assert "Kept for later" not in shown(client, "/referrals")


def test_somebody_known_is_chosen_in_a_draft_and_let_go_again(cast: Cast) -> None:
    patient_id = str(refer(cast).patient_id)
    client = client_for(cast, CLINICIAN)
    path = kept(cast, patient_id=patient_id)
    page = shown(client, path)
    assert 'name="family_name"' not in page
    assert f'value="{patient_id}"' in page
    again = client.post(path, data={**BEGUN, "patient_id": patient_id, "not_them": "y"})
    assert again.status_code == 200
    assert 'name="family_name"' in again.text
    assert "Two falls?" in again.text
    assert keep(cast, CLINICIAN, f"{path}/keep", **WHO).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Patient)) == 2


def test_whom_one_may_no_longer_know_is_not_named(cast: Cast) -> None:
    case = refer(cast, CHARITY)
    path, client = kept(cast, CHARITY, patient_id=str(case.patient_id)), client_for(cast, CHARITY)
    scope = ObjectionScope.ORGANISATION
    object_to_sharing(cast[COORDINATOR], case.patient_id, scope, organisation_id=cast.charity.id)
    page = shown(client, "/referrals")
    assert "Somebody you may no longer know of" in page
    assert "Specimen" not in page.replace("SPECIMEN", "Specimen")
    assert client.get(path).status_code == 404
    assert client.post(f"{path}/throw-away").status_code == 303


def test_thrown_away_after_a_question(cast: Cast) -> None:
    path, client = kept(cast), client_for(cast, CLINICIAN)
    assert "Throw this draft away?" in shown(client, f"{path}/throw-away")
    assert client.post(f"{path}/throw-away").status_code == 303
    assert not db.session.scalar(select(func.count()).select_from(Case))


@pytest.mark.parametrize("role", [CLINICIAN, CHARITY, COORDINATOR])
def test_the_front_door_keeps_for_later(cast: Cast, role: Role) -> None:
    assert 'formaction="/referrals/drafts"' in shown(client_for(cast, role), "/referrals/new")


def test_a_number_of_a_draft_is_free_for_others(cast: Cast) -> None:
    kept(cast, **WHO, nhs_number=NUMBERS[0])
    assert refer(cast, CHARITY).patient.nhs_number == NUMBERS[0]
