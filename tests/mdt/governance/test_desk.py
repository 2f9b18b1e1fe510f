from dataclasses import replace
from datetime import timedelta

import pytest

from mdt.emergencies.commands import review_emergency
from mdt.emergencies.rules import Finding
from mdt.governance.queries import desk_of, objections_standing
from mdt.objections.commands import object_to_sharing
from mdt.sharing.commands import note_disclosure
from mdt.sharing.rules import ObjectionScope
from mdt.subject_access.records import SubjectRequest
from mdt.subject_access.rules import AskedBy
from network.access.rules import Role
from network.plumbing.database import today
from network.plumbing.refusals import NotAllowed
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.emergencies.scene import WHY, opened
from tests.mdt.scene import EDITH, NUMBERS, refer

LEAD, COORDINATOR, CLINICIAN = Role.GOVERNANCE_LEAD, Role.CARE_COORDINATOR, Role.CLINICIAN
SECRETS = ("Specimen", "Edith", NUMBERS[0], "allotment", "Her son")


def test_the_desk_counts_what_waits_and_names_nobody(cast: Cast) -> None:
    opening_id = opened(cast)
    desk = desk_of(cast[LEAD])
    assert (len(desk.openings), desk.overdue_openings, desk.objections) == (1, 0, 0)
    patient_id = desk.openings[0].opening.patient_id
    for what in ("one letter", "another"):
        note_disclosure(patient_id, "Oak Surgery", what)
    object_to_sharing(cast[COORDINATOR], patient_id, ObjectionScope.TOPIC, topic="Her son")
    for days in (-1, 3, 20):
        keep(
            SubjectRequest(
                patient_id=patient_id,
                asked_by=next(iter(AskedBy)),
                received_on=today(),
                due_on=today() + timedelta(days=days),
                recorded_by="Nobody",
            )
        )
    desk = desk_of(cast[LEAD])
    assert (len(desk.requests), desk.late_requests, desk.soon_requests, desk.objections) == (3, 1, 1, 1)
    (objected,) = objections_standing(cast[LEAD])
    assert objected.refs == ["C-0001"]
    # Who was told twice is named once.
    names = [each.told for each in objected.told]
    assert len(names) == len(set(names)) > 0
    lead = client_for(cast, LEAD)
    paths = ["/sharing", "/sharing/objections", "/sharing/emergencies", f"/sharing/emergencies/{opening_id}"]
    for path in [*paths, "/sharing/agreements", "/sharing/register", "/"]:
        shown = lead.get(path)
        assert shown.status_code == 200, path
        assert not [word for word in SECRETS if word in shown.text], path
    assert WHY in lead.get(paths[-1]).text
    assert "C-0001" in lead.get("/").text
    assert lead.get("/governance").location == "/sharing"
    assert lead.get("/sharing?show=told").location == "/sharing/register?show=told"
    review_emergency(cast[LEAD], opening_id, Finding.JUSTIFIED, "The ward was rung.")
    assert "None waits for a review." in lead.get("/sharing").text
    assert "Justified" in client_for(cast, CLINICIAN).get("/cases/emergency/own").text


def test_nobody_else_sits_at_the_desk(cast: Cast) -> None:
    refer(cast)
    for query in (desk_of, objections_standing):
        with pytest.raises(NotAllowed):
            query(cast[CLINICIAN])
    # Who coordinates reads it, but keeps no trail.
    assert desk_of(cast[COORDINATOR]).check is None
    coordinator = client_for(cast, COORDINATOR)
    assert "Audit trail" not in coordinator.get("/sharing").text
    assert "to be compared" not in coordinator.get("/sharing").text
    refer(cast, Role.VOLUNTARY_MEMBER, replace(EDITH, nhs_number="", given_name="Edie"))
    assert desk_of(cast[LEAD]).pairs == 1
    assert "pair to be compared" in coordinator.get("/sharing").text
