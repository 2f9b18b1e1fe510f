from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from mdt.drafts.commands import keep_draft
from mdt.patients.commands import KnownAlready, MaybeKnown
from mdt.patients.records import Patient
from mdt.patients.rules import Contact
from mdt.sharing.queries import accesses
from mdt.story.commands import add_patient
from network.access.rules import Role
from network.plumbing.database import db
from network.plumbing.refusals import NotAllowed
from tests.cast import Cast, client_for
from tests.mdt.scene import ASKED, EDITH, NUMBERS, home_of, refer

COORDINATOR, CLINICIAN = Role.CARE_COORDINATOR, Role.CLINICIAN
WHO = {"family_name": "Specimen", "given_name": "Edith", "born_on": "1941-03-04"}
REST = {"sex": "female", "practice_id": "", "letter_format": "large_print", "phone": "01632 960001"}


@pytest.fixture
def coordinator(cast: Cast) -> FlaskClient:
    return client_for(cast, COORDINATOR)


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(Patient)) or 0


def test_a_person_is_added_without_a_referral_and_only_coordinators_know(cast: Cast) -> None:
    patient_id = add_patient(cast[COORDINATOR], EDITH, Contact(phone="01632 960001"), cast.elm.id)
    knows = {role for role in Role if accesses(cast[role], [patient_id])}
    assert knows == {COORDINATOR}
    with pytest.raises(NotAllowed):
        add_patient(cast[CLINICIAN], EDITH, Contact())


def test_whoever_may_be_known_is_asked_about_first(cast: Cast) -> None:
    refer(cast)
    typed = replace(EDITH, nhs_number="", given_name="Edie")
    with pytest.raises(MaybeKnown):
        add_patient(cast[COORDINATOR], typed, Contact())
    add_patient(cast[COORDINATOR], typed, Contact(), is_somebody_else=True)
    assert people() == 2
    with pytest.raises(KnownAlready):
        add_patient(cast[COORDINATOR], EDITH, Contact(), is_somebody_else=True)


def test_of_whom_only_a_draft_speaks_nobody_is_asked(cast: Cast) -> None:
    keep_draft(cast[CLINICIAN], EDITH, ASKED, organisation_id=home_of(cast, CLINICIAN))
    assert add_patient(cast[COORDINATOR], EDITH, Contact())


def test_the_page_leads_to_the_persons_own(coordinator: FlaskClient) -> None:
    assert 'href="/patients/new"' in coordinator.get("/cases").text
    answer = coordinator.post("/patients/new", data={**WHO, **REST, "nhs_number": NUMBERS[0]})
    assert answer.status_code == 303
    page = coordinator.get(answer.location).text
    assert "SPECIMEN, Edith" in page
    assert "Refer this person" in page


@pytest.mark.parametrize("words", ["spec", NUMBERS[0]])
def test_whoever_has_no_case_yet_is_found_again(cast: Cast, coordinator: FlaskClient, words: str) -> None:
    patient_id = add_patient(cast[COORDINATOR], EDITH, Contact())
    found = coordinator.post("/cases/find", data={"words": words}).text
    assert f'href="/patients/{patient_id}"' in found
    assert "Nothing found" not in found
    for_others = client_for(cast, CLINICIAN).post("/cases/find", data={"words": words}).text
    assert "Nothing found" in for_others
    refer(cast)
    assert "Without a case yet" not in coordinator.post("/cases/find", data={"words": words}).text


def test_duplicates_are_offered_by_choosing(cast: Cast, coordinator: FlaskClient) -> None:
    patient_id = refer(cast).patient_id
    assert f'href="/patients/{patient_id}"' in coordinator.post("/patients/new/who", data=WHO).text
    asked = coordinator.post("/patients/new", data={**WHO, **REST})
    assert asked.status_code == 422
    assert f'href="/patients/{patient_id}"' in asked.text
    assert "01632 960001" in asked.text
    assert coordinator.post("/patients/new", data={**WHO, **REST, "somebody_else": "y"}).status_code == 303
    assert people() == 2


def test_whose_number_is_known_is_nobody_else(cast: Cast, coordinator: FlaskClient) -> None:
    patient_id = refer(cast).patient_id
    typed = {**WHO, **REST, "nhs_number": NUMBERS[0], "family_name": "Other"}
    asked = coordinator.post("/patients/new", data={**typed, "somebody_else": "y"})
    assert asked.status_code == 422
    assert f'href="/patients/{patient_id}"' in asked.text
    assert "None of these" not in asked.text


def test_nobody_but_coordinators_adds_people(cast: Cast) -> None:
    client = client_for(cast, CLINICIAN)
    assert client.get("/patients/new").status_code == 403
    assert client.post("/patients/new/who", data=WHO).status_code == 403
    assert "/patients/new" not in client.get("/cases").text
