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
    missing_basis,
    reason_to_know,
)
from network.vocabulary import Discipline

ELM, OAK, ME, YOU = (uuid.UUID(int=number) for number in range(1, 5))
TODAY = date(2026, 12, 7)
PHARMACIST = Standing(ME, frozenset({ELM}), frozenset({Discipline.PHARMACY}))
COORDINATOR = Standing(ME, frozenset({ELM}), frozenset({Discipline.ADMINISTRATION}), sees_all=True)
AT_ELM = Relation(Reason.REFERRED, TODAY - timedelta(7), organisation_id=ELM)


def test_nobody_knows_of_a_person_without_a_relation() -> None:
    assert reason_to_know(PHARMACIST, [], [], TODAY) is None
    assert reason_to_know(PHARMACIST, [AT_ELM], [], TODAY) == AT_ELM


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
    assert reason_to_know(PHARMACIST, [other], [], TODAY) is None


def test_a_relation_holds_on_its_last_day() -> None:
    last = Relation(Reason.MEETING, TODAY - timedelta(20), TODAY, organisation_id=ELM)
    assert reason_to_know(PHARMACIST, [last], [], TODAY) == last


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
    assert (reason_to_know(PHARMACIST, [AT_ELM], [objection], TODAY) is None) == is_out


def test_an_objection_to_a_discipline_shuts_out_those_too_who_keep_its_papers() -> None:
    objection = Objection(ObjectionScope.DISCIPLINE, discipline=Discipline.PHARMACY)
    both = frozenset({Discipline.PHARMACY, Discipline.ADMINISTRATION})
    assert objection.shuts_out(Standing(ME, frozenset({ELM}), both))
    assert not objection.shuts_out(Standing(ME, frozenset({ELM}), both, sees_all=True))
    dentist_too = both | {Discipline.DENTISTRY}
    assert not objection.shuts_out(Standing(ME, frozenset({ELM}), dentist_too))


def test_the_coordinator_keeps_who_objected_to_everything_but_not_who_objected_to_them() -> None:
    assert reason_to_know(COORDINATOR, [], [Objection(ObjectionScope.ALL)], TODAY) is not None
    theirs = Objection(ObjectionScope.ORGANISATION, organisation_id=ELM)
    assert reason_to_know(COORDINATOR, [], [theirs], TODAY) is None


@pytest.mark.parametrize("basis", SharingBasis)
def test_informing_is_enough_where_the_network_says_so(basis: SharingBasis) -> None:
    assert not missing_basis(SharingMode.INFORM_AND_OBJECT, basis)
    missing = missing_basis(SharingMode.EXPLICIT_CONSENT, basis)
    assert bool(missing) == (basis is SharingBasis.INFORMED)


@pytest.mark.parametrize("mode", SharingMode)
def test_nothing_is_shared_without_a_basis(mode: SharingMode) -> None:
    assert "informed" in missing_basis(mode, None)
