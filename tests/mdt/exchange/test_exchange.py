"""A case given on, and a record taken over: by those who may, and never by itself."""

import io
import json

import pytest
from fhir.resources.R4B.bundle import Bundle
from sqlalchemy import select

from mdt.exchange.commands import bring_record, give_case, take_record_over
from mdt.exchange.queries import get_file_for
from mdt.exchange.records import RecordFile
from mdt.exchange.wording import ANOTHER, NOBODY
from mdt.goals.commands import set_goal
from mdt.goals.rules import GoalDetails
from mdt.involvements.commands import add_involvement
from mdt.involvements.rules import TieDetails, TieKind
from mdt.objections.commands import object_to_sharing
from mdt.patients.records import Patient
from mdt.plans.queries import find_draft
from mdt.sharing.records import Disclosure
from mdt.sharing.rules import ObjectionScope
from mdt.story.commands import record_need
from mdt.story.rules import NeedKind
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from tests.cast import Cast, client_for
from tests.mdt.exchange.files import EDITH_SENT, PLAN_SENT, brought, bundle
from tests.mdt.scene import make_action, refer

CLINICIAN, COORDINATOR, CHARITY = Role.CLINICIAN, Role.CARE_COORDINATOR, Role.VOLUNTARY_MEMBER


def given(cast: Cast, case_id, role: Role = CLINICIAN) -> dict:
    return json.loads(give_case(cast[role], case_id, recipient="The community trust", reason="Visits."))


def kinds(out: dict) -> list[str]:
    return [each["resource"]["resourceType"] for each in out["entry"]]


def test_a_case_is_given_on_with_what_its_reader_may_read_and_to_whom_is_kept(cast: Cast) -> None:
    case = refer(cast)
    set_goal(cast[CLINICIAN], case.patient_id, GoalDetails("The allotment again", "Edith", importance=3))
    record_need(cast[CLINICIAN], case.patient_id, NeedKind.COMMUNICATION, "Hearing loop")
    make_action(case, None, cast.elm.id)
    shut_out = make_action(case, None, cast.oak.id, words="Something for Oak")
    oak = {"organisation_id": cast.oak.id}
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.ORGANISATION, **oak)
    out = given(cast, case.id)
    Bundle.model_validate(out)
    assert kinds(out) == ["Patient", "CareTeam", "Goal", "Task", "Consent", "Consent", "Flag"]
    assert str(shut_out.id) not in json.dumps(out)
    told = db.session.scalars(select(Disclosure)).one()
    assert (told.told, told.why) == ("The community trust", "Visits.")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "give_case")).one()
    assert entry.details == {"ref": case.ref}


def test_what_the_person_does_not_want_told_is_not_given_on_nor_is_the_word_for_it(cast: Cast) -> None:
    case = refer(cast)
    for words in ("Stop drinking", "The allotment again"):
        set_goal(cast[CLINICIAN], case.patient_id, GoalDetails(words, "Edith", importance=3))
    make_action(case, None, cast.elm.id, words="Ask about her drinking")
    add_involvement(cast[COORDINATOR], case.patient_id, TieDetails(TieKind.GROUP, "Drinking circle"))
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.TOPIC, topic="drinking")
    out = given(cast, case.id)
    Bundle.model_validate(out)
    assert kinds(out) == ["Patient", "CareTeam", "Goal", "Consent", "Consent"]
    assert "drinking" not in json.dumps(out).lower()
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.ALL)
    with pytest.raises(Refusal, match="object to any sharing"):
        given(cast, case.id, COORDINATOR)


def test_who_may_not_read_what_is_clinical_gives_nothing_on(cast: Cast) -> None:
    case = refer(cast, CHARITY)
    with pytest.raises(NotAllowed):
        given(cast, case.id, CHARITY)
    with pytest.raises(NotFound):
        given(cast, case.id, CLINICIAN)
    with pytest.raises(Invalid, match="what for"):
        give_case(cast[COORDINATOR], case.id, recipient="Trust", reason=" ")


def test_what_others_sent_is_taken_over_field_by_field_and_plans_only_as_a_draft(cast: Cast) -> None:
    file_id = brought(cast)
    row, access = get_file_for(cast[CLINICIAN], file_id)
    before = access.patient.title
    patient_id = take_record_over(
        cast[CLINICIAN], file_id, ["phone"], with_plan=True, seen=access.patient.row_version
    )
    patient = db.session.get_one(Patient, patient_id)
    assert (patient.phone, patient.title, patient.sex.value) == ("01632 960001", before, "unknown")
    draft = find_draft(patient_id)
    assert draft is not None
    assert "Walking: To the gate and back\nGoal: The allotment again" in draft.others_part
    assert (row.content, db.session.scalars(select(RecordFile.state)).one().value) == (None, "done")
    with pytest.raises(NotFound):
        take_record_over(cast[CLINICIAN], file_id, ["phone"], with_plan=False, seen=1)


def test_somebody_elses_change_meanwhile_stops_it_and_nothing_is_taken_over(cast: Cast) -> None:
    file_id = brought(cast)
    with pytest.raises(Refusal, match="just changed"):
        take_record_over(cast[CLINICIAN], file_id, ["phone"], with_plan=True, seen=77)
    _, access = get_file_for(cast[CLINICIAN], file_id)
    assert access.patient.phone == ""
    assert find_draft(access.patient.id) is None
    with pytest.raises(Invalid, match="Choose what"):
        take_record_over(cast[CLINICIAN], file_id, ["nhs_number"], with_plan=False, seen=1)


def test_a_file_makes_nobody_known_and_strangers_and_nobody_sound_alike(cast: Cast) -> None:
    case = refer(cast, CHARITY)
    for number in (b"9990000018", b"9990000026"):
        with pytest.raises(Invalid) as wrong:
            bring_record(cast[CLINICIAN], bundle(EDITH_SENT).replace(b"9990000018", number))
        assert wrong.value.sentence == NOBODY
    with pytest.raises(Invalid) as wrong:
        bring_record(cast[COORDINATOR], bundle(EDITH_SENT | {"birthDate": "1950-01-01"}))
    assert wrong.value.sentence == ANOTHER
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.ALL)
    assert db.session.scalars(select(RecordFile.id)).all() == []


def test_an_objection_shuts_a_file_at_once(cast: Cast) -> None:
    file_id = brought(cast)
    _, access = get_file_for(cast[CLINICIAN], file_id)
    object_to_sharing(cast[COORDINATOR], access.patient.id, ObjectionScope.ALL)
    with pytest.raises(NotFound):
        get_file_for(cast[CLINICIAN], file_id)


def test_the_pages_lead_from_a_file_to_the_person_and_from_a_case_to_a_file(cast: Cast) -> None:
    case = refer(cast)
    client = client_for(cast, CLINICIAN)
    assert client.post("/exchange", data={"file": (io.BytesIO(b"<x/>"), "x.json")}).status_code == 422
    sent = client.post("/exchange", data={"file": (io.BytesIO(bundle(EDITH_SENT, PLAN_SENT)), "x.json")})
    page = client.get(sent.location).text
    assert "In the file: 01632 960001" in page
    assert "Walking: To the gate and back" in page
    assert client.post(sent.location, data={"of_phone": "keep"}).status_code == 422
    taken = client.post(
        sent.location, data={"of_phone": "take", "row_version": str(_version(case.patient_id))}
    )
    assert taken.location == f"/patients/{case.patient_id}"
    assert client.post(f"/exchange/cases/{case.id}", data={}).status_code == 422
    out = client.post(f"/exchange/cases/{case.id}", data={"recipient": "Trust", "reason": "Visits"})
    assert out.mimetype == "application/fhir+json"
    assert case.ref in out.headers["Content-Disposition"]


def _version(patient_id) -> int:
    return db.session.get_one(Patient, patient_id).row_version
