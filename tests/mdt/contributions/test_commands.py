import pytest

from mdt.answering import commands as answering
from mdt.answering.queries import asked_of
from mdt.asking import commands as asking
from mdt.cases.queries import get_case_for
from mdt.cases.rules import CaseState
from mdt.closing.commands import close_case
from mdt.closing.rules import ClosedWhy
from mdt.contributions.queries import tiles_for
from mdt.contributions.rules import LOOK_BACK, ContributionState
from mdt.objections.commands import object_to_sharing
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.database import db, today
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.mdt.respondents import ask, give, make_pharmacy
from tests.mdt.scene import make_case

C = ContributionState
COORDINATOR, CLINICIAN = Role.CARE_COORDINATOR, Role.CLINICIAN
PHARMACY = Discipline.PHARMACY


def test_whoever_was_asked_looks_back_for_a_fortnight_after_the_case_is_closed(cast: Cast) -> None:
    case = make_case(cast, CaseState.DISCUSSED, told_on=today())
    pharmacy, pharmacist = make_pharmacy(cast)
    give(pharmacist, ask(cast, case, pharmacy))
    close_case(cast[COORDINATOR], case.id, ClosedWhy.ANSWERED)
    relation = get_case_for(pharmacist, case.id).access.relation
    assert relation.ends_on == today() + LOOK_BACK


def test_who_is_not_asked_does_not_answer(cast: Cast) -> None:
    pharmacy, _ = make_pharmacy(cast)
    row = ask(cast, make_case(cast), pharmacy)
    with pytest.raises(NotAllowed):
        answering.nothing_to_add(cast[CLINICIAN], row.id)
    with pytest.raises(NotAllowed):
        asking.ask_for_contribution(cast[CLINICIAN], row.case_id, PHARMACY, pharmacy.id)


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
