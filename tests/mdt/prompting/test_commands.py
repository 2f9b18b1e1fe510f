from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mdt.actions.records import Action
from mdt.cases.queries import cases_known
from mdt.cases.rules import CaseState
from mdt.contributions.records import Contribution
from mdt.contributions.rules import Given
from mdt.lists.records import AgendaItem
from mdt.objections.commands import object_to_sharing
from mdt.prompting.commands import (
    act_on_prompt,
    ask_by_prompt,
    dismiss_prompt,
    list_by_prompt,
    take_back_prompt_answer,
)
from mdt.prompting.queries import NotOpen
from mdt.prompts.commands import choose_prompt
from mdt.prompts.queries import answers_seen, open_prompts, would_fire
from mdt.prompts.records import PromptAnswer
from mdt.prompts.rules import DismissReason, RuleChoice
from mdt.readiness.queries import prepared_of
from mdt.readiness.rules import Concern, concerns_of
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.commands import ChangedAtOnce
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotAllowed, Refusal
from network.vocabulary import Discipline
from tests.cast import Cast, client_for
from tests.mdt.prompted import dry_mouth, know
from tests.mdt.respondents import ask, give, make_pharmacy
from tests.mdt.scene import make_case, make_meeting

COORDINATOR, CLINICIAN, CHARITY = Role.CARE_COORDINATOR, Role.CLINICIAN, Role.VOLUNTARY_MEMBER
IN_PLACE = DismissReason.IN_PLACE


def codes(cast: Cast, case, role: Role = COORDINATOR) -> list[str]:
    return [each.code for each in open_prompts(cast[role], case).shown]


def test_a_prompt_says_whom_to_involve_and_because_of_what(cast: Cast) -> None:
    (prompt,) = open_prompts(cast[COORDINATOR], dry_mouth(cast)).shown
    day = f"{today().day} {today():%B}"
    assert prompt.because == f"12 medicines (the practice, {day}); dry mouth (the practice, {day})"
    assert prompt.disciplines == (Discipline.DENTISTRY, Discipline.PHARMACY)


def test_three_are_open_and_the_others_wait(cast: Cast) -> None:
    case = dry_mouth(cast)
    know(
        cast,
        case,
        carer_strain="yes",
        vision_loss="yes",
        missed_appointments=4,
        beta_drops="yes",
        airways="yes",
    )
    found = open_prompts(cast[COORDINATOR], case)
    assert [each.code for each in found.shown] == ["X09", "X01", "X13"]
    assert found.waiting == 2
    dismiss_prompt(cast[COORDINATOR], case.id, "X09", IN_PLACE)
    assert codes(cast, case) == ["X01", "X13", "X15"]


def test_what_was_put_aside_stays_away_for_ninety_days_in_every_case_of_the_person(
    cast: Cast, time_machine
) -> None:
    case = dry_mouth(cast)
    again = make_case(cast)
    again.patient_id = case.patient_id
    db.session.commit()
    answer_id = dismiss_prompt(cast[CLINICIAN], case.id, "X01", IN_PLACE)
    assert codes(cast, case) == codes(cast, again) == []
    with pytest.raises(NotOpen):
        dismiss_prompt(cast[COORDINATOR], again.id, "X01", IN_PLACE)
    day = today()
    assert db.session.get_one(PromptAnswer, answer_id).quiet_until == day + timedelta(days=90)
    time_machine.move_to(day + timedelta(days=90))
    assert codes(cast, case) == []
    time_machine.move_to(day + timedelta(days=91))
    assert codes(cast, case) == ["X01"]


def test_an_answer_is_taken_back(cast: Cast) -> None:
    case = dry_mouth(cast)
    answer_id = dismiss_prompt(cast[COORDINATOR], case.id, "X01", DismissReason.OTHER, "Seen last week.")
    (seen,) = answers_seen(cases_known(cast[CLINICIAN], [case])[case.id])
    assert (seen.answer.words, seen.answer.answered_by) == ("Seen last week.", cast[COORDINATOR].name)
    take_back_prompt_answer(cast[CLINICIAN], answer_id)
    assert codes(cast, case) == ["X01"]


def test_asking_by_a_prompt_asks_those_whom_it_names(cast: Cast) -> None:
    case = dry_mouth(cast)
    pharmacy, _ = make_pharmacy(cast)
    with pytest.raises(Invalid, match="Tick"):
        ask_by_prompt(cast[COORDINATOR], case.id, "X01", {Discipline.VOLUNTARY})
    answer = ask_by_prompt(cast[COORDINATOR], case.id, "X01", {Discipline.PHARMACY, Discipline.DENTISTRY})
    assert answer.asked == (f"Pharmacy, {pharmacy.short_name}",)
    assert len(answer.not_asked) == 1
    row = db.session.scalars(select(Contribution).where(Contribution.case_id == case.id)).one()
    assert row.discipline is Discipline.PHARMACY
    assert codes(cast, case) == []


def test_where_nobody_can_be_asked_the_prompt_stays(cast: Cast) -> None:
    case = dry_mouth(cast)
    with pytest.raises(Refusal, match="nobody in this network answers"):
        ask_by_prompt(cast[COORDINATOR], case.id, "X01", {Discipline.DENTISTRY})
    assert codes(cast, case) == ["X01"]


def test_only_who_leads_asks_others_by_a_prompt(cast: Cast) -> None:
    make_pharmacy(cast)
    with pytest.raises(NotAllowed):
        ask_by_prompt(cast[CLINICIAN], dry_mouth(cast).id, "X01", {Discipline.PHARMACY})


def test_a_prompt_becomes_an_action_or_goes_to_a_meeting(cast: Cast) -> None:
    case, clinician = dry_mouth(cast), cast[CLINICIAN]
    due_on = today() + timedelta(days=7)
    act_on_prompt(clinician, case.id, "X01", "Mouth check", due_on, account_id=clinician.account_id)
    assert db.session.scalars(select(Action.words)).one() == "Mouth check"
    know(cast, case, carer_strain="yes")
    meeting = make_meeting(cast)
    list_by_prompt(cast[COORDINATOR], case.id, "X13", meeting.id)
    assert db.session.scalars(select(AgendaItem.case_id)).one() == case.id
    assert codes(cast, case) == []


def test_the_voluntary_sector_sees_no_prompt(cast: Cast) -> None:
    case = dry_mouth(cast)
    ask(cast, case, cast.charity, Discipline.VOLUNTARY)
    assert codes(cast, case, CHARITY) == []
    page = client_for(cast, CHARITY).get(f"/cases/{case.id}/prompts").text
    assert "for clinical and social care members" in page
    assert "ry mouth" not in page
    assert "12 medicines" not in client_for(cast, CHARITY).get(f"/cases/{case.id}").text


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.DECLINED])
def test_a_case_that_is_over_has_no_prompts(cast: Cast, state: CaseState) -> None:
    assert codes(cast, dry_mouth(cast, state)) == []


def test_nobody_is_prompted_about_somebody_who_died(cast: Cast) -> None:
    case = dry_mouth(cast)
    case.patient.died_on = today()
    db.session.commit()
    assert codes(cast, case) == []


def test_an_objection_is_kept_to(cast: Cast) -> None:
    case = dry_mouth(cast)
    coordinator = cast[COORDINATOR]
    shut_out = (case.patient_id, ObjectionScope.DISCIPLINE)
    object_to_sharing(coordinator, *shut_out, discipline=Discipline.DENTISTRY)
    assert open_prompts(coordinator, case).shown[0].disciplines == (Discipline.PHARMACY,)
    object_to_sharing(coordinator, *shut_out, discipline=Discipline.PHARMACY)
    assert codes(cast, case) == []


def test_nobody_who_answered_has_met_the_person(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    row = ask(cast, case, pharmacy)
    assert codes(cast, case) == []
    first = give(pharmacist, row, Given(words="Known by letter only."))
    assert codes(cast, case) == ["X16"]
    give(pharmacist, first)
    assert "X16" not in codes(cast, case)


def test_a_network_tries_numbers_before_it_saves_them(cast: Cast) -> None:
    case, coordinator = dry_mouth(cast), cast[COORDINATOR]
    (tried,) = would_fire(coordinator, "X01", RuleChoice(thresholds={"many": 12}))
    assert tried[0].case.id == case.id
    assert would_fire(coordinator, "X01", RuleChoice(thresholds={"many": 13})) == []
    with pytest.raises(Invalid):
        would_fire(coordinator, "X01", RuleChoice(thresholds={"many": 99}))
    with pytest.raises(NotAllowed):
        would_fire(cast[CLINICIAN], "X01", RuleChoice())
    choose_prompt(coordinator, "X01", is_on=True, thresholds={"many": 13}, seen=0)
    assert codes(cast, case) == []
    with pytest.raises(ChangedAtOnce):
        choose_prompt(coordinator, "X01", is_on=True, thresholds={"many": 5}, seen=0)
    choose_prompt(coordinator, "X01", is_on=True, thresholds={"many": 5}, seen=1)
    assert codes(cast, case) == ["X01"]
    choose_prompt(coordinator, "X01", is_on=False, thresholds={"many": 5}, seen=2)
    assert codes(cast, case) == []


def test_the_page_of_a_prompt_tries_and_saves(cast: Cast) -> None:
    case, client = dry_mouth(cast), client_for(cast, COORDINATOR)
    sent = {"use": "on", "seen": "0", "number_many": "5", "number_strong": "10", "number_burden": "3"}
    tried = client.post("/prompts/X01/try", data=sent)
    assert (tried.status_code, "comes up today in 1 open case" in tried.text, case.ref in tried.text) == (
        200,
        True,
        True,
    )
    wrong = client.post("/prompts/X01", data=sent | {"number_many": "99"})
    assert (wrong.status_code, "from 2 to 30" in wrong.text) == (422, True)
    assert client.post("/prompts/X01", data=sent | {"use": "off"}).status_code == 303
    assert "Not used" in client.get("/prompts").text
    clinician = client_for(cast, CLINICIAN)
    assert "Try on" not in clinician.get("/prompts/X01").text
    assert clinician.post("/prompts/X01", data=sent).status_code == 403
    assert client.get("/prompts/X99").status_code == 404


def test_a_prompt_is_answered_on_the_page_of_the_case(cast: Cast) -> None:
    case, client = dry_mouth(cast), client_for(cast, COORDINATOR)
    there = f"/cases/{case.id}/prompts"
    assert "12 medicines" in client.get(f"/cases/{case.id}").text
    assert client.get(f"{there}/X01/ask").status_code == 200
    without = client.post(f"{there}/X01/dismiss", data={"reason": "", "words": ""})
    assert (without.status_code, "Choose why" in without.text) == (422, True)
    assert client.post(f"{there}/X01/dismiss", data={"reason": "not_now"}).status_code == 303
    assert "Put aside: not now" in client.get(there).text
    gone = client.get(f"{there}/X01/dismiss")
    assert "not open any more" in gone.text
    assert db.session.scalar(select(func.count()).select_from(PromptAnswer)) == 1


def test_a_list_says_that_nobody_has_met_the_person_until_somebody_answers_that(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    give(pharmacist, ask(cast, case, pharmacy), Given(words="Known by letter only."))
    assert Concern.NOT_MET in concerns(case)
    answer_id = dismiss_prompt(cast[COORDINATOR], case.id, "X16", DismissReason.NOT_WANTED)
    assert Concern.NOT_MET not in concerns(case)
    take_back_prompt_answer(cast[COORDINATOR], answer_id)
    assert Concern.NOT_MET in concerns(case)
    choose_prompt(cast[COORDINATOR], "X16", is_on=False, thresholds={}, seen=0)
    assert Concern.NOT_MET not in concerns(case)


def concerns(case) -> list[Concern]:
    return concerns_of(prepared_of([case], {}, {}, None)[case.id])
