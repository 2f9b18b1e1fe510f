from datetime import timedelta

import pytest
from sqlalchemy import select

from mdt.answering import commands as answering
from mdt.answering.queries import asked_of
from mdt.cases.queries import get_case_for
from mdt.contributions.queries import tiles_for
from mdt.contributions.records import Contribution
from mdt.contributions.rules import ContributionState, Given, Visibility
from mdt.panels.rules import Answer
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotFound
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.mdt.respondents import ask, facts, give, make_pharmacy, tomorrow
from tests.mdt.scene import make_case

C = ContributionState
COORDINATOR, CLINICIAN = Role.CARE_COORDINATOR, Role.CLINICIAN
PHARMACY = Discipline.PHARMACY


def test_what_is_given_stands_on_the_tile(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    row = give(pharmacist, ask(cast, case, pharmacy))
    (tile,) = tiles_for(cast[COORDINATOR], case.id)
    assert tile.lines == (("Regular medicines", "11"),)
    assert (tile.state, tile.words, tile.who) == (C.GIVEN, facts().words, pharmacist.name)
    assert row.panel_version == "2026.2"
    assert tile.has_met
    assert asked_of(pharmacist) == []


def test_what_was_given_stays_when_it_is_changed(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    first = give(pharmacist, ask(cast, case, pharmacy))
    second = give(pharmacist, first, Given(words="All fits."))
    assert second.id != first.id
    assert first.words == facts().words
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
    assert get_case_for(pharmacist, case.id)
    tomorrow(time_machine)
    with pytest.raises(NotFound):
        get_case_for(pharmacist, case.id)


def test_whoever_knows_the_person_after_all_goes_on_knowing_of_them(cast: Cast, time_machine) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    row = ask(cast, case, pharmacy)
    answering.not_known_to_us(pharmacist, row.id)
    give(pharmacist, row)
    tomorrow(time_machine)
    assert get_case_for(pharmacist, case.id)


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


def test_the_trail_names_no_person_and_no_words(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    give(pharmacist, ask(cast, case, pharmacy))
    told = " ".join(f"{entry.verb} {entry.details}" for entry in db.session.scalars(select(AuditEntry)))
    assert "answer_request" in told
    assert not [word for word in ("Example", "risk of falls", "1940") if word in told]
