import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from mdt.cases.records import Case
from mdt.objections.commands import object_to_sharing
from mdt.patients.records import Patient
from mdt.sharing.rules import ObjectionScope
from network.access.rules import PATIENT_FACING, Role
from network.plumbing.database import db
from network.vocabulary import OrganisationKind
from tests import makers
from tests.cast import Cast, client_for, make_account, sign_in
from tests.mdt.scene import EDITH, NUMBERS, home_of, refer

CLINICIAN, CHARITY, COORDINATOR = Role.CLINICIAN, Role.VOLUNTARY_MEMBER, Role.CARE_COORDINATOR
MOST_INPUTS = 12
WHO = {"family_name": "Specimen", "given_name": "Edith", "born_on": "1941-03-04"}
WHAT = {
    "question": "Two falls since September: what can we change?",
    "wants": "To get to the allotment again.",
    "urgency": "routine",
    "basis": "informed",
    "how_informed": "Told at home on 2 December.",
    "practice_id": "",
}


def send(cast: Cast, role: Role, **changes: str):
    data = {**WHO, **WHAT, "organisation_id": str(home_of(cast, role)), **changes}
    return client_for(cast, role).post("/referrals/new", data=data)


def inputs_on(html: str) -> list[str]:
    form = html.split('<form method="post" action="/referrals/new"')[1].split("</form>")[0]
    return [
        tag for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", form) if 'type="hidden"' not in tag
    ]


@pytest.mark.parametrize("role", [CLINICIAN, CHARITY, COORDINATOR])
def test_the_front_door_asks_twelve_questions_at_most(cast: Cast, role: Role) -> None:
    assert 0 < len(inputs_on(client_for(cast, role).get("/referrals/new").text)) <= MOST_INPUTS


@pytest.mark.parametrize("kind", [OrganisationKind.HOSPITAL_TRUST, OrganisationKind.VOLUNTARY], ids=str)
def test_a_hospital_and_the_voluntary_sector_refer_through_it_too(cast: Cast, kind: OrganisationKind) -> None:
    home = makers.make_organisation(cast.network, "Somewhere", kind)
    role = CHARITY if kind is OrganisationKind.VOLUNTARY else CLINICIAN
    assert role in PATIENT_FACING
    client: FlaskClient = sign_in(client_for(cast, role), make_account(role, cast.network, home.id))
    shown = client.get("/referrals/new").text
    assert len(inputs_on(shown)) <= MOST_INPUTS
    assert f'value="{home.id}"' in shown
    data = {**WHO, **WHAT, "organisation_id": str(home.id)}
    assert client.post("/referrals/new", data=data).status_code == 303
    assert db.session.scalars(select(Case)).one().organisation_id == home.id


def test_nothing_typed_is_lost_where_something_is_wrong(cast: Cast) -> None:
    answer = send(cast, CLINICIAN, question="", pasted="  Problems:\n\tFalls x2")
    assert answer.status_code == 422
    assert "Enter the question for the team." in answer.text
    assert "To get to the allotment again." in answer.text
    assert "\tFalls x2" in answer.text


def test_whoever_was_known_is_offered_and_chosen_with_a_button(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    client = client_for(cast, CLINICIAN)
    offered = client.post("/referrals/who", data=WHO).text
    assert "Open case C-0001" in offered
    assert f'value="{patient_id}"' in offered
    chosen = client.post("/referrals/new", data={**WHO, **WHAT, "chosen": str(patient_id)})
    assert chosen.status_code == 200
    assert "SPECIMEN, Edith" in chosen.text
    assert "To get to the allotment again." in chosen.text
    assert 'name="family_name"' not in chosen.text
    assert len(inputs_on(chosen.text)) <= MOST_INPUTS
    sent = {**WHAT, "patient_id": str(patient_id), "organisation_id": str(home_of(cast, CLINICIAN))}
    assert client.post("/referrals/new", data=sent).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Patient)) == 1


def test_sent_without_choosing_it_asks_and_then_registers_somebody_else(cast: Cast) -> None:
    refer(cast)
    asked = send(cast, CLINICIAN)
    assert asked.status_code == 422
    assert "This is them" in asked.text
    assert send(cast, CLINICIAN, is_somebody_else="y").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Patient)) == 2


@pytest.mark.parametrize(
    "typed",
    [WHO, {"nhs_number": NUMBERS[0]}, {**WHO, "nhs_number": NUMBERS[0]}],
    ids=["who", "number", "both"],
)
def test_looking_up_tells_nothing_to_whoever_may_not_know(cast: Cast, typed: dict[str, str]) -> None:
    refer(cast)
    client = client_for(cast, CHARITY)
    nobody = {**typed, "family_name": "Nobody", "nhs_number": NUMBERS[2]}
    assert client.post("/referrals/who", data=typed).text == client.post("/referrals/who", data=nobody).text


def test_whoever_is_shut_out_may_not_choose(cast: Cast) -> None:
    case = refer(cast, CHARITY)
    object_to_sharing(
        cast[COORDINATOR], case.patient_id, ObjectionScope.ORGANISATION, organisation_id=cast.charity.id
    )
    assert client_for(cast, CHARITY).get(f"/referrals/new?chosen={case.patient_id}").status_code == 404
    assert "C-0001" in client_for(cast, CHARITY).get("/referrals").text
    assert "Specimen" not in client_for(cast, CHARITY).get("/referrals").text


def test_a_practice_refers_its_own_patients(cast: Cast) -> None:
    assert send(cast, CLINICIAN, practice_id=str(cast.elm.id)).status_code == 303
    assert db.session.scalars(select(Patient)).one().practice_id == cast.elm.id


def test_what_the_summary_says_is_offered_after_sending(cast: Cast) -> None:
    answer = send(cast, CLINICIAN, pasted="Falls x2")
    assert answer.location.endswith("/summary")
    assert "Falls: 2" in client_for(cast, CLINICIAN).get(answer.location).text


def test_twins_are_told_apart(cast: Cast) -> None:
    refer(cast)
    twin = replace(EDITH, given_name="Agnes", nhs_number=NUMBERS[1])
    assert refer(cast, identity=twin).patient.given_name == "Agnes"
    other_day = {**WHO, "born_on": (EDITH.born_on + timedelta(days=1)).isoformat()}
    assert "This is them" not in client_for(cast, CLINICIAN).post("/referrals/who", data=other_day).text
