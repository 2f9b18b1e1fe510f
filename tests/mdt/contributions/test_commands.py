from datetime import timedelta

import pytest
from sqlalchemy import select

from mdt.answering import commands as answering
from mdt.answering.queries import asked_of
from mdt.asking import commands as asking
from mdt.cases.queries import get_case_for, history_of
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.closing.commands import close_case
from mdt.closing.rules import ClosedWhy
from mdt.contributions.queries import get_contribution_for, tiles_for
from mdt.contributions.records import Contribution
from mdt.contributions.rules import LOOK_BACK, ContributionState, Given, Visibility
from mdt.objections.commands import object_to_sharing
from mdt.panels.rules import Answer
from mdt.sharing.queries import told_of
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Actor, Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, today
from network.plumbing.mail import Letter
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import Discipline, JobRole, OrganisationKind
from tests.cast import Cast
from tests.mdt.respondents import make_colleague, make_member, make_pharmacy
from tests.mdt.scene import make_case

C = ContributionState
COORDINATOR, CLINICIAN = Role.CARE_COORDINATOR, Role.CLINICIAN
PHARMACY = Discipline.PHARMACY
FACTS = Given(answers={"medicines": Answer(11, today())}, words="Two raise the risk of falls.", has_met=True)


def ask(cast: Cast, case: Case, organisation, discipline=PHARMACY, account_id=None) -> Contribution:
    contribution_id = asking.ask_for_contribution(
        cast[COORDINATOR], case.id, discipline, organisation.id, account_id
    )
    return db.session.get_one(Contribution, contribution_id)


def give(actor: Actor, row: Contribution, given: Given = FACTS, **changes) -> Contribution:
    contribution_id = answering.give_contribution(
        actor, row.id, given, **{"seen": row.row_version, **changes}
    )
    return db.session.get_one(Contribution, contribution_id)


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


def test_what_is_given_stands_on_the_tile(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    row = give(pharmacist, ask(cast, case, pharmacy))
    (tile,) = tiles_for(cast[COORDINATOR], case.id)
    assert tile.lines == (("Regular medicines", "11"),)
    assert (tile.state, tile.words, tile.who) == (C.GIVEN, FACTS.words, pharmacist.name)
    assert row.panel_version == "2026.1"
    assert tile.has_met
    assert asked_of(pharmacist) == []


def test_what_was_given_stays_when_it_is_changed(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    first = give(pharmacist, ask(cast, case, pharmacy))
    second = give(pharmacist, first, Given(words="All fits."))
    assert second.id != first.id
    assert first.words == FACTS.words
    (tile,) = tiles_for(pharmacist, case.id)
    assert (tile.words, tile.lines) == ("All fits.", ())


def test_two_colleagues_do_not_overwrite_each_other(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    row = ask(cast, case, pharmacy)
    seen = row.row_version
    answering.nothing_to_add(pharmacist, row.id)
    with pytest.raises(answering.AnsweredMeanwhile):
        give(pharmacist, row, seen=seen)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Given(), "Answer at least one question"),
        (Given(answers={"medicines": Answer(61, today())}), "from 0 to 60"),
        (Given(answers={"medicines": Answer(1, today() + timedelta(days=1))}), "up to today"),
        (Given(answers={"horoscope": Answer("Aries", today())}), "asked no more"),
        (Given(words="x", visibility=Visibility.NAMED), "Choose the disciplines"),
        (Given(words="x", last_seen_on=today() + timedelta(days=1)), "Last seen"),
        (Given(words="x" * 4001), "Shorten"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_written(cast: Cast, given: Given, said: str) -> None:
    pharmacy, pharmacist = make_pharmacy(cast)
    row = ask(cast, make_case(cast), pharmacy)
    with pytest.raises(Invalid, match=said):
        give(pharmacist, row, given)
    assert db.session.get_one(Contribution, row.id).state is C.REQUESTED


def test_nothing_to_add_is_taken_back(cast: Cast) -> None:
    pharmacy, pharmacist = make_pharmacy(cast)
    row = ask(cast, make_case(cast), pharmacy)
    answering.nothing_to_add(pharmacist, row.id)
    assert row.state is C.NOTHING_TO_ADD
    answering.take_back_answer(pharmacist, row.id)
    assert (row.state, row.given_by) == (C.REQUESTED, "")


def test_whoever_does_not_know_the_person_knows_of_them_no_longer_than_today(
    cast: Cast, time_machine
) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    row = ask(cast, case, pharmacy)
    answering.not_known_to_us(pharmacist, row.id)
    answering.take_back_answer(pharmacist, row.id)
    assert [each.seen.case.id for each in asked_of(pharmacist)] == [case.id]
    answering.not_known_to_us(pharmacist, row.id)


def test_cannot_share_needs_a_reason(cast: Cast) -> None:
    pharmacy, pharmacist = make_pharmacy(cast)
    row = ask(cast, make_case(cast), pharmacy)
    with pytest.raises(Invalid, match="Enter why"):
        answering.cannot_share(pharmacist, row.id, " ")
    answering.cannot_share(pharmacist, row.id, "He asked us not to.")
    assert (row.state, row.reason) == (C.CANNOT_SHARE, "He asked us not to.")


def test_a_coordinator_writes_down_what_was_said_on_the_phone(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, _ = make_pharmacy(cast)
    row = give(cast[COORDINATOR], ask(cast, case, pharmacy), told_by="Jo Standard")
    assert row.given_by == f"Jo Standard (written down by {cast[COORDINATOR].name})"


def test_who_is_not_asked_does_not_answer(cast: Cast) -> None:
    pharmacy, _ = make_pharmacy(cast)
    row = ask(cast, make_case(cast), pharmacy)
    with pytest.raises(NotAllowed):
        answering.nothing_to_add(cast[CLINICIAN], row.id)
    with pytest.raises(NotAllowed):
        asking.ask_for_contribution(cast[CLINICIAN], row.case_id, PHARMACY, pharmacy.id)


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


def test_an_objection_takes_a_request_off_the_list(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    row = ask(cast, case, pharmacy)
    object_to_sharing(
        cast[COORDINATOR], case.patient_id, ObjectionScope.ORGANISATION, organisation_id=pharmacy.id
    )
    assert asked_of(pharmacist) == []
    with pytest.raises(NotFound):
        answering.nothing_to_add(pharmacist, row.id)
    (tile,) = tiles_for(cast[COORDINATOR], case.id)
    assert (tile.is_shut_out, tile.said) == (True, "Not to be asked: the person objects")


def test_the_same_is_not_asked_twice(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, _ = make_pharmacy(cast)
    ask(cast, case, pharmacy)
    with pytest.raises(Refusal, match="asked already"):
        ask(cast, case, pharmacy)


def test_nobody_is_asked_about_a_case_that_is_over(cast: Cast) -> None:
    pharmacy, pharmacist = make_pharmacy(cast)
    with pytest.raises(Refusal, match="nobody is asked"):
        ask(cast, make_case(cast, CaseState.WITHDRAWN), pharmacy)
    case = make_case(cast)
    row = ask(cast, case, pharmacy)
    case.state = CaseState.CLOSED
    db.session.commit()
    assert asked_of(pharmacist) == []
    with pytest.raises(Refusal, match="over"):
        answering.nothing_to_add(pharmacist, row.id)


def test_nobody_is_asked_about_somebody_who_has_died(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, _ = make_pharmacy(cast)
    case.patient.died_on = today()
    db.session.commit()
    with pytest.raises(Refusal, match="has died"):
        ask(cast, case, pharmacy)


def test_a_request_that_is_taken_back_ends_with_the_day(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    row = ask(cast, case, pharmacy)
    asking.take_back_request(cast[COORDINATOR], row.id)
    assert asked_of(pharmacist) == []
    assert tiles_for(cast[COORDINATOR], case.id) == []
    asking.ask_still(cast[COORDINATOR], row.id)
    assert len(asked_of(pharmacist)) == 1


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


def test_the_trail_names_no_person_and_no_words(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    give(pharmacist, ask(cast, case, pharmacy))
    told = " ".join(f"{entry.verb} {entry.details}" for entry in db.session.scalars(select(AuditEntry)))
    assert "answer_request" in told
    assert not [word for word in ("Example", "risk of falls", "1940") if word in told]


def test_whoever_was_asked_looks_back_for_a_fortnight_after_the_case_is_closed(cast: Cast) -> None:
    case = make_case(cast, CaseState.DISCUSSED, told_on=today())
    pharmacy, pharmacist = make_pharmacy(cast)
    give(pharmacist, ask(cast, case, pharmacy))
    close_case(cast[COORDINATOR], case.id, ClosedWhy.ANSWERED)
    relation = get_case_for(pharmacist, case.id).access.relation
    assert relation.ends_on == today() + LOOK_BACK
