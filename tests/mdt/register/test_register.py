from dataclasses import replace

import pytest

from mdt.objections.commands import object_to_sharing
from mdt.register.queries import figures_for, recorded_for, told_for
from mdt.sharing.queries import sharing_mode
from mdt.sharing.rules import ObjectionScope, SharingBasis, SharingMode
from network.access.rules import Role
from network.plumbing.refusals import NotAllowed
from tests.cast import Cast, client_for
from tests.mdt.scene import EDITH, NUMBERS, refer

LEAD, COORDINATOR = Role.GOVERNANCE_LEAD, Role.CARE_COORDINATOR


def test_the_register_tells_by_case_what_was_recorded_and_nothing_of_anybody(cast: Cast) -> None:
    case = refer(cast)
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.TOPIC, topic="Her son")
    assert {entry.said for entry in recorded_for(cast[LEAD])} == {
        "Basis: Informed, and did not object",
        "Objection: one topic",
    }
    assert {entry.refs for entry in recorded_for(cast[LEAD])} == {"C-0001"}
    for path in ("/sharing/register", "/sharing/register?show=told"):
        shown = client_for(cast, LEAD).get(path).text
        assert not [word for word in ("Specimen", "Edith", "Her son", "2 December") if word in shown]


def test_the_basis_that_counts_is_the_latest_of_each_person(cast: Cast) -> None:
    refer(cast)
    refer(cast, basis=SharingBasis.CONSENT)
    figures = figures_for(cast[LEAD])
    assert (figures.people, figures.by_basis) == (1, {SharingBasis.CONSENT: 1})
    assert figures.without_basis == 0


def test_one_person_and_one_objection_are_counted_as_one(cast: Cast) -> None:
    case = refer(cast)
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.TOPIC, topic="Her son")
    page = client_for(cast, LEAD).get("/sharing/register").text
    assert "<strong>1</strong> person whose care is discussed" in page
    assert "<strong>1</strong> objection that stands" in page
    refer(cast, identity=replace(EDITH, family_name="Sample", nhs_number=NUMBERS[1]))
    page = client_for(cast, LEAD).get("/sharing/register").text
    assert "<strong>2</strong> people whose care is discussed" in page


def test_only_those_who_answer_for_it_choose_what_is_asked_for(cast: Cast) -> None:
    mode = {"mode": SharingMode.EXPLICIT_CONSENT.value}
    assert client_for(cast, COORDINATOR).post("/sharing/register", data=mode).status_code == 403
    assert client_for(cast, LEAD).post("/sharing/register", data=mode).status_code == 303
    assert sharing_mode() is SharingMode.EXPLICIT_CONSENT


@pytest.mark.parametrize("query", [figures_for, recorded_for, told_for])
def test_nobody_else_sees_the_register(cast: Cast, query) -> None:
    with pytest.raises(NotAllowed):
        query(cast[Role.CLINICIAN])
