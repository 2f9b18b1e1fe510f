"""Breaking the glass: what it opens and to whom, how it ends, who hears of it, and what its review asks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select, text

from mdt.actions.commands import add_action
from mdt.cases.queries import get_case_for, history_of, search
from mdt.cases.rules import CaseState
from mdt.emergencies.commands import (
    TooManyTries,
    end_emergency,
    explain_emergency,
    open_in_emergency,
    review_emergency,
)
from mdt.emergencies.queries import get_opening_for, openings_settled, openings_to_review, own_openings
from mdt.emergencies.records import EmergencyOpening
from mdt.emergencies.rules import Finding, Wanted
from mdt.huddles.commands import call_huddle
from mdt.learners.commands import let_learner_in
from mdt.learning.commands import offer_example
from mdt.letters.commands import note_told
from mdt.letters.queries import not_yet_told, tellings_of
from mdt.letters.rules import Way
from mdt.objections.commands import lift_objection, object_to_sharing
from mdt.outcome_links.commands import make_link
from mdt.outcomes.rules import How, Wave
from mdt.sharing.commands import InEmergencyOnly
from mdt.sharing.queries import access_to, objections_told
from mdt.sharing.queries import told_of as disclosures_of
from mdt.sharing.rules import ObjectionScope
from mdt.sharing.wording import why_said
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, now, today
from network.plumbing.mail import Letter
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from tests.cast import Cast
from tests.mdt.emergencies.scene import CARING, DANGER, EDITH_BY_NUMBER, WHY, opened, to_be_explained
from tests.mdt.learners.scene import days, told_of
from tests.mdt.learning.scene import TELLING
from tests.mdt.scene import EDITH, NUMBERS, home_of, refer

CLINICIAN, CHARITY, COORDINATOR = Role.CLINICIAN, Role.VOLUNTARY_MEMBER, Role.CARE_COORDINATOR
LEAD, CHAIR = Role.GOVERNANCE_LEAD, Role.CHAIR


def verbs(about_id) -> list[str]:
    found = select(AuditEntry.verb).where(AuditEntry.about_id == about_id).order_by(AuditEntry.number)
    return list(db.session.scalars(found))


def test_it_opens_all_cases_of_one_person_for_hours_and_says_why(cast: Cast) -> None:
    first, second = refer(cast, CHARITY), refer(cast, CHARITY)
    other = refer(cast, CHARITY, replace(EDITH, family_name="Sample", nhs_number=NUMBERS[1]))
    me = cast[CLINICIAN]
    with pytest.raises(NotFound):
        get_case_for(me, first.id)
    shown = open_in_emergency(me, EDITH_BY_NUMBER, CARING, WHY)
    # The latest case is looked at first.
    assert shown == second
    assert {seen.case.ref for seen in search(me, "Specimen")} == {"C-0001", "C-0002"}
    why = why_said(get_case_for(me, first.id).access)
    assert "opened it in an emergency" in why
    assert "Until" in why
    for closed in (cast[Role.SOCIAL_CARE_MEMBER], cast[Role.CHAIR]):
        assert not search(closed, "Specimen")
    with pytest.raises(NotFound):
        get_case_for(me, other.id)
    with time_machine.travel(now() + timedelta(hours=7, minutes=59)):
        assert get_case_for(me, first.id)
    with time_machine.travel(now() + timedelta(hours=8, seconds=1)):
        assert not search(me, "Specimen")
        with pytest.raises(NotFound):
            get_case_for(me, first.id)


def test_everybody_who_keeps_watch_hears_of_it_at_once_and_no_letter_names_anybody(cast: Cast) -> None:
    opening_id = opened(cast)
    opening = db.session.get_one(EmergencyOpening, opening_id)
    letters = db.session.scalars(select(Letter)).all()
    told = {letter.recipient for letter in letters if "emergency" in letter.subject}
    assert told == {cast.accounts[role].email for role in (COORDINATOR, LEAD)}
    for letter in letters:
        assert not [word for word in ("Specimen", "Edith", NUMBERS[0], WHY) if word in letter.body]
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "open_in_emergency"))
    assert (entry.about_kind, entry.about_id) == ("patient", opening.patient_id)
    assert len(entry.details["told"]) == 2
    assert WHY not in str(entry.details)
    assert "opened this in an emergency" in history_of(own_case(cast).id)[0].said
    assert "opened in an emergency" in {row.what for row in disclosures_of(opening.patient_id)}
    (told_yet,) = [each for each in not_yet_told(cast[COORDINATOR]) if each.telling.what]
    assert told_yet.telling.what.startswith("that their story was opened in an emergency on")
    # Whoever reads the database reads nothing of the reason.
    assert WHY[:10] not in db.session.scalar(text("select reason from emergency_opening"))
    assert tellings_of(told_yet.case.id)[0].due_on == get_opening_for(cast[LEAD], opening_id).review_by


def own_case(cast: Cast):
    return search(cast[COORDINATOR], "C-0001")[0].case


def test_being_told_of_an_emergency_is_not_being_told_what_was_decided(cast: Cast) -> None:
    opened(cast)
    (seen,) = not_yet_told(cast[COORDINATOR])
    note_told(cast[COORDINATOR], seen.telling.id, Way.PHONE)
    case = own_case(cast)
    assert case.told_on is None
    assert history_of(case.id)[0].said.startswith("The person was told that their story was opened in an")


def test_an_emergency_gives_nobody_a_relation_that_outlasts_it(cast: Cast) -> None:
    case, me = refer(cast, CHARITY), cast[CHAIR]
    patient_id, case.state = case.patient_id, CaseState.TRIAGED
    object_to_sharing(cast[COORDINATOR], patient_id, ObjectionScope.TOPIC, topic="Her son")
    assert open_in_emergency(me, EDITH_BY_NUMBER, CARING, WHY) == case
    ((objection_id, _),) = objections_told(access_to(me, patient_id))
    soon = today() + timedelta(days=3)
    for attempt in (
        lambda: add_action(me, case.id, "Ring her.", soon, account_id=me.account_id),
        lambda: add_action(me, case.id, "Ring her.", soon, organisation_id=home_of(cast, CHAIR)),
        lambda: call_huddle(
            me, case.id, reason="It cannot wait.", account_ids=[cast[COORDINATOR].account_id], place="Here"
        ),
        lambda: let_learner_in(me, case.id, cast[Role.LEARNER].account_id, *days(), told_of()),
        lambda: lift_objection(me, patient_id, objection_id),
        lambda: make_link(me, case.id, Wave.START, How.SELF, soon, is_safe=True),
        lambda: offer_example(me, case.id, TELLING),
    ):
        with pytest.raises((NotAllowed, InEmergencyOnly)):
            attempt()
    # Who is related besides goes on as ever.
    add_action(cast[COORDINATOR], case.id, "Ring her.", soon, account_id=me.account_id)
    assert add_action(me, case.id, "Ring her again.", soon, account_id=me.account_id)
    lift_objection(me, patient_id, objection_id)


def test_nobody_here_elsewhere_and_shut_out_all_look_the_same_and_leave_a_trace(cast: Cast) -> None:
    case = refer(cast, CHARITY)
    me = cast[CLINICIAN]
    assert open_in_emergency(me, Wanted(NUMBERS[2]), CARING, WHY) is None
    half = Wanted(given_name="Edith", family_name="Spec", born_on=date(1941, 3, 4))
    assert open_in_emergency(me, half, CARING, WHY) is None
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.ALL)
    assert open_in_emergency(me, EDITH_BY_NUMBER, CARING, WHY) is None
    assert not own_openings(me)
    assert not search(me, "Specimen")
    assert verbs(me.account_id) == ["try_emergency"] * 3
    assert verbs(case.patient_id)[-1] == "refuse_emergency"
    # Only danger outweighs an objection, and the name finds as the number does.
    whole = Wanted(given_name="edith", family_name="SPECIMEN", born_on=date(1941, 3, 4))
    assert open_in_emergency(me, whole, DANGER, WHY) == case
    assert get_case_for(me, case.id).access.relation.is_danger
    end_emergency(me, own_openings(me)[0].opening.id)
    assert not search(me, "Specimen")


def test_who_knows_already_opens_nothing_and_who_tries_too_often_is_stopped(cast: Cast) -> None:
    case = refer(cast, CLINICIAN)
    me = cast[CLINICIAN]
    assert open_in_emergency(me, EDITH_BY_NUMBER, CARING, WHY) == case
    assert not own_openings(me)
    for _ in range(4):
        open_in_emergency(me, Wanted(NUMBERS[2]), CARING, WHY)
    with pytest.raises(TooManyTries):
        open_in_emergency(me, EDITH_BY_NUMBER, CARING, WHY)
    assert verbs(me.account_id).count("try_emergency") == 5
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert open_in_emergency(me, EDITH_BY_NUMBER, CARING, WHY) == case


def test_it_is_ended_early_by_who_opened_it_or_who_coordinates(cast: Cast) -> None:
    opening_id = opened(cast)
    with pytest.raises(NotAllowed):
        end_emergency(cast[LEAD], opening_id)
    with pytest.raises(NotFound):
        end_emergency(cast[Role.SOCIAL_CARE_MEMBER], opening_id)
    end_emergency(cast[COORDINATOR], opening_id)
    assert not search(cast[CLINICIAN], "Specimen")
    with pytest.raises(Refusal, match="ended already"):
        end_emergency(cast[CLINICIAN], opening_id)


def test_it_waits_for_a_review_that_may_ask_for_more(cast: Cast) -> None:
    opening_id = opened(cast)
    (waiting,) = openings_to_review(cast[LEAD])
    assert (waiting.refs, waiting.is_overdue) == (["C-0001"], False)
    with time_machine.travel(now() + timedelta(days=15)):
        assert openings_to_review(cast[LEAD])[0].is_overdue
    with pytest.raises(NotAllowed):
        review_emergency(cast[COORDINATOR], opening_id, Finding.JUSTIFIED, "Looks right to me.")
    with pytest.raises(Refusal, match="Nobody has asked you"):
        explain_emergency(cast[CLINICIAN], opening_id, "I was called there.")
    review_emergency(cast[LEAD], opening_id, Finding.TO_BE_EXPLAINED, "Who rang you?")
    (asked,) = openings_to_review(cast[LEAD])
    assert not asked.waits_for_review
    explain_emergency(cast[CLINICIAN], opening_id, "The ward rang at nine.")
    (answered,) = openings_to_review(cast[LEAD])
    assert answered.waits_for_review
    review_emergency(cast[LEAD], opening_id, Finding.JUSTIFIED, "The ward says the same.")
    (settled,) = openings_settled(cast[LEAD])
    assert not openings_to_review(cast[LEAD])
    assert settled.opening.review_note == "Who rang you?\nThe ward says the same."
    assert own_openings(cast[CLINICIAN])[0].opening.explanation == "The ward rang at nine."
    with pytest.raises(Refusal, match="settled"):
        review_emergency(cast[LEAD], opening_id, Finding.NOT_JUSTIFIED, "On second thoughts.")


def test_an_answer_is_given_by_nobody_but_who_opened_it(cast: Cast) -> None:
    opening_id = to_be_explained(cast)
    with pytest.raises(NotFound):
        explain_emergency(cast[Role.CHAIR], opening_id, "I was there as well.")
    with pytest.raises(NotFound):
        get_opening_for(cast[Role.CHAIR], opening_id)
