import uuid
from datetime import date, timedelta

import pytest

from mdt.sharing.rules import (
    Objection,
    ObjectionScope,
    Reason,
    Relation,
    SharingBasis,
    SharingMode,
    Standing,
    disciplines_at,
    missing_basis,
    reasons_to_know,
)
from network.vocabulary import Discipline, OrganisationKind

ELM, OAK, ME, YOU = (uuid.UUID(int=number) for number in range(1, 5))
TODAY = date(2026, 12, 7)
D = Discipline
PHARMACIST = Standing(ME, {ELM: frozenset({D.PHARMACY})})
COORDINATOR = Standing(ME, {ELM: frozenset({D.ADMINISTRATION})}, sees_all=True)
LEARNER = Standing(ME, learns={ELM: frozenset({D.PHARMACY})})
AT_ELM = Relation(Reason.REFERRED, TODAY - timedelta(7), organisation_id=ELM)
NO_PHARMACY = Objection(ObjectionScope.DISCIPLINE, discipline=D.PHARMACY)


def test_nobody_knows_of_a_person_without_a_relation() -> None:
    assert reasons_to_know(PHARMACIST, [], [], TODAY) == ()
    assert reasons_to_know(PHARMACIST, [AT_ELM], [], TODAY) == (AT_ELM,)


@pytest.mark.parametrize(
    "other",
    [
        Relation(Reason.ASKED, TODAY, organisation_id=OAK),
        Relation(Reason.ASKED, TODAY, organisation_id=ELM, discipline=Discipline.DENTISTRY),
        Relation(Reason.ACTION, TODAY, account_id=YOU),
        # A relation of one account of Elm is not one of all Elm.
        Relation(Reason.MEETING, TODAY, organisation_id=ELM, account_id=YOU),
        Relation(Reason.MEETING, TODAY + timedelta(1), organisation_id=ELM),
        Relation(Reason.MEETING, TODAY - timedelta(20), TODAY - timedelta(1), organisation_id=ELM),
    ],
)
def test_the_relations_of_others_and_those_that_are_over_do_not_count(other: Relation) -> None:
    assert reasons_to_know(PHARMACIST, [other], [], TODAY) == ()


def test_a_relation_holds_on_its_last_day() -> None:
    last = Relation(Reason.MEETING, TODAY - timedelta(20), TODAY, organisation_id=ELM)
    assert reasons_to_know(PHARMACIST, [last], [], TODAY) == (last,)


@pytest.mark.parametrize(
    ("objection", "is_out"),
    [
        (Objection(ObjectionScope.ALL), True),
        (Objection(ObjectionScope.ORGANISATION, organisation_id=ELM), True),
        (Objection(ObjectionScope.ORGANISATION, organisation_id=OAK), False),
        (Objection(ObjectionScope.DISCIPLINE, discipline=Discipline.PHARMACY), True),
        (Objection(ObjectionScope.DISCIPLINE, discipline=Discipline.DENTISTRY), False),
        (Objection(ObjectionScope.TOPIC), False),
    ],
)
def test_an_objection_shuts_out_those_it_names(objection: Objection, is_out: bool) -> None:
    assert (not reasons_to_know(PHARMACIST, [AT_ELM], [objection], TODAY)) == is_out


def test_an_objection_to_a_discipline_shuts_out_those_too_who_keep_its_papers() -> None:
    both = frozenset({D.PHARMACY, D.ADMINISTRATION})
    assert NO_PHARMACY.shuts_out(Standing(ME, {ELM: both}), AT_ELM)
    assert not NO_PHARMACY.shuts_out(Standing(ME, {ELM: both}, sees_all=True), AT_ELM)
    assert not NO_PHARMACY.shuts_out(Standing(ME, {ELM: both | {D.DENTISTRY}}), AT_ELM)


@pytest.mark.parametrize(
    ("relation", "is_out"),
    [
        (Relation(Reason.ASKED, TODAY, organisation_id=ELM, discipline=D.PHARMACY), True),
        (Relation(Reason.ASKED, TODAY, organisation_id=OAK, discipline=D.COMMUNITY_NURSING), False),
        # At Elm they are a pharmacist and nothing else, whatever they are at Oak.
        (AT_ELM, True),
        (Relation(Reason.REGISTERED, TODAY, organisation_id=OAK), False),
        # One account stands for what it is asked for, and for all it does where nobody said.
        (Relation(Reason.GUEST, TODAY, account_id=ME, discipline=D.PHARMACY), True),
        (Relation(Reason.GUEST, TODAY, account_id=ME, discipline=D.COMMUNITY_NURSING), False),
        (Relation(Reason.EMERGENCY, TODAY, account_id=ME), False),
    ],
)
def test_who_holds_two_disciplines_is_shut_out_of_what_they_know_as_one_of_them(
    relation: Relation, is_out: bool
) -> None:
    two = Standing(ME, {ELM: frozenset({D.PHARMACY}), OAK: frozenset({D.PHARMACY, D.COMMUNITY_NURSING})})
    assert relation.holds_for(two, TODAY)
    assert (not reasons_to_know(two, [relation], [NO_PHARMACY], TODAY)) == is_out


def test_a_relation_to_one_case_opens_that_case_alone() -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    to_one = Relation(Reason.ASKED, TODAY, organisation_id=ELM, case_id=first)
    assert to_one.opens(first)
    assert not to_one.opens(second)
    assert AT_ELM.opens(first)
    assert AT_ELM.opens(second)


def test_who_learns_knows_by_being_let_in_and_who_takes_part_by_being_asked() -> None:
    let_in = Relation(Reason.LEARNING, TODAY, account_id=ME)
    invited = Relation(Reason.MEETING, TODAY, account_id=ME)
    assert reasons_to_know(LEARNER, [let_in, invited, AT_ELM], [], TODAY) == (let_in,)
    assert reasons_to_know(PHARMACIST, [let_in, invited, AT_ELM], [], TODAY) == (invited, AT_ELM)
    for objection in (NO_PHARMACY, Objection(ObjectionScope.ORGANISATION, organisation_id=ELM)):
        assert not reasons_to_know(LEARNER, [let_in], [objection], TODAY)


def test_what_is_opened_for_danger_holds_against_an_objection_and_nothing_else_does() -> None:
    danger = Relation(Reason.DANGER, TODAY, account_id=ME)
    emergency = Relation(Reason.EMERGENCY, TODAY, account_id=ME)
    every = Objection(ObjectionScope.ALL)
    assert reasons_to_know(PHARMACIST, [emergency, danger, AT_ELM], [every], TODAY) == (danger,)


@pytest.mark.parametrize(
    ("posts", "kind", "spoken"),
    [
        ({D.PHARMACY}, OrganisationKind.GP_PRACTICE, {D.PHARMACY}),
        ({D.ADMINISTRATION}, OrganisationKind.GP_PRACTICE, {D.ADMINISTRATION, D.GENERAL_PRACTICE}),
        (set(), OrganisationKind.OPTICIAN, {D.OPTOMETRY}),
        ({D.ADMINISTRATION}, OrganisationKind.NETWORK, {D.ADMINISTRATION}),
    ],
)
def test_somebody_speaks_for_their_post_and_else_for_what_their_organisation_is(
    posts: set[Discipline], kind: OrganisationKind, spoken: set[Discipline]
) -> None:
    assert disciplines_at(posts, kind) == spoken


def test_the_coordinator_keeps_who_objected_to_everything_but_not_who_objected_to_them() -> None:
    assert reasons_to_know(COORDINATOR, [], [Objection(ObjectionScope.ALL)], TODAY)
    theirs = Objection(ObjectionScope.ORGANISATION, organisation_id=ELM)
    assert not reasons_to_know(COORDINATOR, [], [theirs], TODAY)


@pytest.mark.parametrize("basis", SharingBasis)
def test_informing_is_enough_where_the_network_says_so(basis: SharingBasis) -> None:
    assert not missing_basis(SharingMode.INFORM_AND_OBJECT, basis)
    missing = missing_basis(SharingMode.EXPLICIT_CONSENT, basis)
    assert bool(missing) == (basis is SharingBasis.INFORMED)


@pytest.mark.parametrize("mode", SharingMode)
def test_nothing_is_shared_without_a_basis(mode: SharingMode) -> None:
    assert "informed" in missing_basis(mode, None)
