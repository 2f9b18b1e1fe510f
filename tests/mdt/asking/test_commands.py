from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mdt.answering import commands as answering
from mdt.answering.queries import asked_of
from mdt.asking import commands as asking
from mdt.cases.queries import get_case_for, history_of
from mdt.contributions.queries import get_contribution_for, tiles_for
from mdt.contributions.rules import ContributionState, Given
from mdt.objections.commands import object_to_sharing
from mdt.sharing.queries import told_of
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.database import db, today
from network.plumbing.mail import Letter
from network.plumbing.refusals import Invalid, NotFound, Refusal
from network.vocabulary import Discipline, JobRole, OrganisationKind
from tests.cast import Cast, client_for
from tests.mdt.respondents import ask, give, make_colleague, make_member, make_pharmacy, tomorrow
from tests.mdt.scene import make_case

C = ContributionState
COORDINATOR, CLINICIAN = Role.CARE_COORDINATOR, Role.CLINICIAN
PHARMACY = Discipline.PHARMACY


def test_whoever_is_asked_knows_of_the_case_from_then_on(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    with pytest.raises(NotFound):
        get_case_for(pharmacist, case.id)
    ask(cast, case, pharmacy)
    assert [each.seen.case.id for each in asked_of(pharmacist)] == [case.id]
    assert [each.told for each in told_of(case.patient_id)] == ["Corner Pharmacy"]
    assert "Pharmacy, Corner Pharmacy is asked" in history_of(case.id)[0].said


def test_only_the_discipline_that_is_asked_knows(cast: Cast) -> None:
    case = make_case(cast)
    trust, _ = make_member(cast, "Trust", OrganisationKind.COMMUNITY_TRUST, JobRole.COMMUNITY_NURSE)
    physio = make_colleague(cast, trust, JobRole.PHYSIOTHERAPIST)
    row = ask(cast, case, trust, Discipline.COMMUNITY_NURSING)
    assert asked_of(physio) == []
    with pytest.raises(NotFound):
        answering.nothing_to_add(physio, row.id)


def test_a_letter_names_the_case_and_no_person(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, _ = make_pharmacy(cast)
    ask(cast, case, pharmacy)
    (letter,) = db.session.scalars(select(Letter)).all()
    said = f"{letter.subject} {letter.body}"
    assert case.ref in said
    assert "/contributions" in said
    assert not [word for word in ("Example", "Sam", "1940", case.question) if word in said]


def test_a_second_request_of_a_day_brings_no_second_letter(cast: Cast) -> None:
    pharmacy, _ = make_pharmacy(cast)
    ask(cast, make_case(cast), pharmacy)
    ask(cast, make_case(cast), pharmacy)
    assert len(db.session.scalars(select(Letter)).all()) == 1


def test_a_guest_is_asked_alone_and_for_a_time(cast: Cast) -> None:
    case = make_case(cast)
    hospital, consultant = make_member(
        cast, "County Hospital", OrganisationKind.HOSPITAL_TRUST, JobRole.CONSULTANT
    )
    colleague = make_colleague(cast, hospital, JobRole.CONSULTANT)
    row = ask(cast, case, hospital, Discipline.HOSPITAL_CARE, consultant.account_id)
    assert [each.contribution.id for each in asked_of(consultant)] == [row.id]
    assert asked_of(colleague) == []
    relation = get_contribution_for(consultant, row.id).seen.access.relation
    assert relation.ends_on is not None
    assert relation.ends_on > row.due_on
    give(consultant, row, Given(words="Seen in clinic."))


def test_a_guest_is_somebody_of_that_organisation(cast: Cast) -> None:
    pharmacy, _ = make_pharmacy(cast)
    with pytest.raises(Invalid, match="Choose somebody"):
        ask(cast, make_case(cast), pharmacy, account_id=cast[CLINICIAN].account_id)


@pytest.mark.parametrize(
    ("scope", "about"),
    [
        (ObjectionScope.ALL, {}),
        (ObjectionScope.DISCIPLINE, {"discipline": PHARMACY}),
        (ObjectionScope.ORGANISATION, {"organisation_id": None}),
    ],
)
def test_whoever_the_person_objects_to_is_not_asked(cast: Cast, scope, about) -> None:
    case = make_case(cast)
    pharmacy, _ = make_pharmacy(cast)
    about = {name: value or pharmacy.id for name, value in about.items()}
    object_to_sharing(cast[COORDINATOR], case.patient_id, scope, **about)
    with pytest.raises(Refusal, match="does not want this shared"):
        ask(cast, case, pharmacy)


def test_the_same_is_not_asked_twice(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, _ = make_pharmacy(cast)
    ask(cast, case, pharmacy)
    with pytest.raises(Refusal, match="asked already"):
        ask(cast, case, pharmacy)


def test_nobody_is_asked_about_somebody_who_has_died(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, _ = make_pharmacy(cast)
    case.patient.died_on = today()
    db.session.commit()
    with pytest.raises(Refusal, match="has died"):
        ask(cast, case, pharmacy)


def test_a_request_that_is_taken_back_ends_with_the_day(cast: Cast, time_machine) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    row = ask(cast, case, pharmacy)
    asking.take_back_request(cast[COORDINATOR], row.id)
    assert asked_of(pharmacist) == []
    assert tiles_for(cast[COORDINATOR], case.id) == []
    asking.ask_still(cast[COORDINATOR], row.id)
    assert len(asked_of(pharmacist)) == 1
    asking.take_back_request(cast[COORDINATOR], row.id)
    tomorrow(time_machine)
    with pytest.raises(NotFound):
        get_case_for(pharmacist, case.id)


def test_general_practice_is_the_persons_own_practice(cast: Cast) -> None:
    case = make_case(cast)
    answer = asking.ask_disciplines(cast[COORDINATOR], case.id, {Discipline.GENERAL_PRACTICE})
    assert answer.asked == ()
    assert "Record their practice first" in answer.not_asked[0]
    case.patient.practice_id = cast.oak.id
    db.session.commit()
    answer = asking.ask_disciplines(cast[COORDINATOR], case.id, {Discipline.GENERAL_PRACTICE})
    assert answer.asked == ("General practice, Oak Surgery",)


def test_where_several_could_answer_nobody_is_told_before_somebody_chooses(cast: Cast) -> None:
    case, review = make_case(cast), make_case(cast)
    review.patient_id = case.patient_id
    corner, pharmacist = make_pharmacy(cast)
    make_pharmacy(cast, "Market Pharmacy")
    answer = asking.ask_disciplines(cast[COORDINATOR], case.id, {PHARMACY, Discipline.VOLUNTARY})
    assert answer.asked == ("Voluntary sector, Good Neighbours",)
    assert "2 organisations could answer" in answer.not_asked[0]
    give(pharmacist, ask(cast, case, corner))
    answer = asking.ask_disciplines(cast[COORDINATOR], review.id, {PHARMACY})
    assert answer.asked == ("Pharmacy, Corner Pharmacy",)


def test_those_who_do_not_answer_are_reminded(cast: Cast) -> None:
    pharmacy, pharmacist = make_pharmacy(cast)
    row = ask(cast, make_case(cast), pharmacy)
    assert asking.remind(cast[COORDINATOR], row.id) == 1
    give(pharmacist, row)
    with pytest.raises(Refusal, match="answered already"):
        asking.remind(cast[COORDINATOR], row.id)


def test_whoever_cannot_sign_in_is_rung(cast: Cast) -> None:
    from tests.makers import make_organisation

    dentist = make_organisation(cast.network, "Dentist", OrganisationKind.DENTAL_PRACTICE)
    db.session.commit()
    row = ask(cast, make_case(cast), dentist, Discipline.DENTISTRY)
    with pytest.raises(Refusal, match="ring them"):
        asking.remind(cast[COORDINATOR], row.id)


def letters() -> int:
    return db.session.scalar(select(func.count()).select_from(Letter)) or 0


def test_whoever_the_person_objects_to_is_not_reminded(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, _ = make_pharmacy(cast)
    row_id = asking.ask_for_contribution(cast[COORDINATOR], case.id, Discipline.PHARMACY, pharmacy.id)
    scope = ObjectionScope.ORGANISATION
    object_to_sharing(cast[COORDINATOR], case.patient_id, scope, organisation_id=pharmacy.id)
    before = letters()
    with pytest.raises(Refusal, match="does not want this shared"):
        asking.remind(cast[COORDINATOR], row_id)
    assert letters() == before


def test_the_page_says_who_was_asked_though_another_could_not_be(cast: Cast) -> None:
    case = make_case(cast)
    client = client_for(cast, COORDINATOR)
    data = {"disciplines": ["voluntary", "dentistry"], "due_on": today().isoformat()}
    answer = client.post(f"/asking/{case.id}", data=data)
    assert answer.status_code == 303
    shown = client.get(answer.location).text
    assert "Asked: Voluntary sector, Good Neighbours." in shown
    assert "Not asked: Dentistry: nobody in this network answers for it." in shown
    assert len(tiles_for(cast[COORDINATOR], case.id)) == 1


def test_nobody_is_asked_for_an_answer_that_may_take_years(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    asked = (case.id, PHARMACY, pharmacy.id, pharmacist.account_id, today() + timedelta(days=366))
    with pytest.raises(Invalid, match="three months"):
        asking.ask_for_contribution(cast[COORDINATOR], *asked)
