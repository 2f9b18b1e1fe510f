from datetime import date

import psycopg
import pytest

from mdt.cases.queries import cases_for, get_case_for, search
from mdt.objections.commands import lift_objection, object_to_sharing
from mdt.patients.rules import Identity
from mdt.referrals.commands import accept_referral
from mdt.sharing.queries import access_to, objections_told
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.database import db, enter_network
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.mdt.scene import NUMBERS, refer

COORDINATOR, CLINICIAN, CHARITY = Role.CARE_COORDINATOR, Role.CLINICIAN, Role.VOLUNTARY_MEMBER


def known_by(cast: Cast, role: Role) -> list[str]:
    return [seen.case.ref for seen in cases_for(cast[role])]


def test_the_coordinator_and_the_referring_organisation_know_of_a_case_and_nobody_else(cast: Cast) -> None:
    refer(cast)
    knows = {role for role in Role if known_by(cast, role)}
    # All of these but the voluntary member work at Elm, which referred her.
    assert knows == {COORDINATOR, CLINICIAN, Role.CHAIR, Role.SOCIAL_CARE_MEMBER}


def test_no_result_and_not_allowed_look_the_same(cast: Cast) -> None:
    case = refer(cast)
    with pytest.raises(NotFound) as hidden:
        get_case_for(cast[CHARITY], case.id)
    with pytest.raises(NotFound) as missing:
        get_case_for(cast[CHARITY], cast.network.id)
    assert hidden.value.sentence == missing.value.sentence
    assert search(cast[CHARITY], "Specimen") == search(cast[CHARITY], "Nobody") == []


@pytest.mark.parametrize(
    "typed", ["Specimen", "spec", "edith SPEC", "999 000 0018", "c-0001", "Edie Specimen"]
)
def test_people_are_found_by_name_number_and_reference(cast: Cast, typed: str) -> None:
    refer(cast)
    found = search(cast[COORDINATOR], typed)
    assert [seen.case.ref for seen in found] == ([] if typed == "Edie Specimen" else ["C-0001"])


def test_long_names_are_found_in_full(cast: Cast) -> None:
    refer(cast, identity=Identity("Featherstonehaugh", "Jo", date(1950, 1, 1), NUMBERS[1]))
    assert search(cast[COORDINATOR], "Featherstonehaugh")
    assert search(cast[COORDINATOR], "Featherst")
    assert not search(cast[COORDINATOR], "Featherstonex")


def test_another_network_finds_nothing(cast: Cast) -> None:
    case = refer(cast)
    enter_network(cast.stranger.network_id)
    with pytest.raises(NotFound):
        get_case_for(cast.stranger, case.id)


def test_an_objection_removes_access_at_once_and_lifting_it_gives_it_back(cast: Cast) -> None:
    case = refer(cast)
    coordinator = cast[COORDINATOR]
    object_to_sharing(
        coordinator, case.patient_id, ObjectionScope.DISCIPLINE, discipline=Discipline.GENERAL_PRACTICE
    )
    assert not known_by(cast, CLINICIAN)
    ((objection_id, said),) = objections_told(access_to(cast[COORDINATOR], case.patient_id))
    assert said == "Not to be shared with general practice"
    lift_objection(coordinator, case.patient_id, objection_id)
    assert known_by(cast, CLINICIAN) == ["C-0001"]


def test_cases_that_wait_and_that_are_ready_are_told_apart(cast: Cast) -> None:
    case = refer(cast)
    coordinator = cast[COORDINATOR]
    accept_referral(coordinator, case.id, coordinator_id=coordinator.account_id)
    assert not cases_for(coordinator, {type(case.state).SUBMITTED})
    assert [seen.case.ref for seen in cases_for(coordinator, {type(case.state).TRIAGED})] == ["C-0001"]


def test_the_database_holds_nothing_that_tells_who_it_is(cast: Cast, addresses) -> None:
    case = refer(cast)
    db.session.commit()
    words = ("Specimen", "specimen", "Edith", "1941-03-04", NUMBERS[0], "allotment", "Falls", "2 December")
    with psycopg.connect(addresses.owner_url) as owner:
        names = [
            name for (name,) in owner.execute("select tablename from pg_tables where schemaname = 'public'")
        ]
        dump = "\n".join(str(owner.execute(f'select * from "{name}"').fetchall()) for name in names)
    assert str(case.id) in dump
    assert not [word for word in words if word in dump]
