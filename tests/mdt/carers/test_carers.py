"""Carers in their own right: what they tell stays theirs, and they do only what they agreed to."""

from datetime import timedelta

import pytest

from mdt.actions.queries import actions_of
from mdt.actions.rules import ActionState
from mdt.carer_actions.commands import answer_for_carer, ask_carer, tell_carer
from mdt.carer_actions.queries import agreed_by
from mdt.carer_actions.rules import CarerAnswer, ToldHow
from mdt.carer_page.queries import carer_seen, carers_due_for
from mdt.carers import commands
from mdt.carers.commands import CarerWords
from mdt.carers.rules import AgreementScope, DutyKind, SaidKind, Strain
from mdt.story.commands import add_carer, change_carer
from mdt.story.rules import CarerDetails, CarerRole, CarersAssessment
from network.access.rules import Role
from network.plumbing.database import today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import Discipline, OrganisationKind
from tests.cast import Cast, client_for
from tests.mdt.respondents import ask, make_member, make_pharmacy
from tests.mdt.scene import make_case

COORDINATOR = Role.CARE_COORDINATOR
SECRET = "I think of leaving."
ANN = CarerDetails("Ann Specimen", "daughter", patient_agrees=True)


def test_what_was_told_in_confidence_is_read_by_who_needs_it_and_stands_on_no_other_page(cast: Cast) -> None:
    actor, case = cast[COORDINATOR], make_case(cast)
    carer_id = add_carer(actor, case.patient_id, ANN)
    said = CarerWords(SaidKind.STRAIN, SECRET, today(), Strain.CANNOT, is_confidential=True)
    commands.note_carer_said(actor, carer_id, said)
    commands.note_carer_said(actor, carer_id, CarerWords(SaidKind.NEED, "A night of sleep.", today()))
    pharmacy, pharmacist = make_pharmacy(cast)
    ask(cast, case, pharmacy)
    council, worker = make_member(cast, "The council", OrganisationKind.SOCIAL_CARE)
    ask(cast, case, council, Discipline.SOCIAL_CARE)
    for reader, reads in ((actor, True), (worker, True), (pharmacist, False)):
        seen = carer_seen(reader, carer_id)
        told = [row.words for row in seen.said]
        assert (SECRET in told) is reads
        assert (DutyKind.STRAIN in {duty.kind for duty in seen.known.duties}) is reads
        assert "A night of sleep." in told
    client = client_for(cast, COORDINATOR)
    assert SECRET in client.get(f"/carers/{carer_id}").text
    for page in (
        f"/patients/{case.patient_id}",
        f"/patients/{case.patient_id}/care-web?as=list",
        f"/cases/{case.id}",
        f"/cases/{case.id}/print",
        f"/carers/{carer_id}/letter",
        "/carers",
    ):
        answer = client.get(page)
        assert answer.status_code == 200
        assert SECRET not in answer.text, page

    # The team is not to know of their needs: then all that they say is read by few.
    commands.note_agreement(
        actor, carer_id, AgreementScope.TEAM, agrees=False, how="By phone", on_day=today()
    )
    assert carer_seen(pharmacist, carer_id).said == []
    assert len(carer_seen(actor, carer_id).said) == 2
    ask(cast, case, cast.charity, Discipline.VOLUNTARY)
    with pytest.raises(NotAllowed):
        carer_seen(cast[Role.VOLUNTARY_MEMBER], carer_id)


def test_a_need_is_owed_an_assessment_until_it_is_answered(cast: Cast) -> None:
    actor, case = cast[COORDINATOR], make_case(cast)
    carer_id = add_carer(actor, case.patient_id, ANN)
    commands.note_agreement(actor, carer_id, AgreementScope.KEEP, agrees=True, how="By phone", on_day=today())
    assert carers_due_for(actor) == []
    commands.note_carer_said(actor, carer_id, CarerWords(SaidKind.NEED, "A night of sleep.", today()))
    [due] = carers_due_for(actor)
    assert [duty.kind for duty in due.duties] == [DutyKind.OFFER]
    assert due.is_by_law
    page = client_for(cast, COORDINATOR).get("/carers").text
    assert "Ann Specimen" not in page
    assert "Care Act 2014, section 10" in page
    with pytest.raises(Invalid, match="cannot follow"):
        commands.note_assessment(actor, carer_id, CarersAssessment.DONE, on_day=today())
    council, _ = make_member(cast, "The council", OrganisationKind.SOCIAL_CARE)
    for state in (CarersAssessment.OFFERED, CarersAssessment.ACCEPTED):
        commands.note_assessment(actor, carer_id, state, on_day=today(), organisation_id=council.id)
    with pytest.raises(Invalid, match="from the last step"):
        commands.note_assessment(
            actor, carer_id, CarersAssessment.DONE, on_day=today() - timedelta(days=1), note="Seen at home"
        )
    assert carers_due_for(actor) == []
    change_carer(actor, carer_id, ANN)
    known = carer_seen(actor, carer_id).known
    assert known.carer.assessment is CarersAssessment.ACCEPTED
    assert [step.state for step in known.steps] == [CarersAssessment.ACCEPTED, CarersAssessment.OFFERED]
    with pytest.raises(NotAllowed):
        carers_due_for(cast[Role.CLINICIAN])


def test_nothing_is_written_of_who_does_not_agree_to_it(cast: Cast) -> None:
    actor, case = cast[COORDINATOR], make_case(cast)
    carer_id = add_carer(actor, case.patient_id, ANN)
    no = {"agrees": False, "how": "By phone", "on_day": today()}
    commands.note_agreement(actor, carer_id, AgreementScope.KEEP, **no)
    words = CarerWords(SaidKind.NEED, "A night of sleep.", today())
    with pytest.raises(Invalid, match="do not agree"):
        commands.note_carer_said(actor, carer_id, words)
    commands.note_agreement(actor, carer_id, AgreementScope.KEEP, **(no | {"agrees": True}))
    said_id = commands.note_carer_said(actor, carer_id, words)
    commands.end_carer_said(actor, said_id)
    assert carer_seen(actor, carer_id).said == []


def test_a_carer_does_what_they_agreed_to_and_may_change_their_mind(cast: Cast) -> None:
    actor, case = cast[COORDINATOR], make_case(cast)
    carer_id, due_on = add_carer(actor, case.patient_id, ANN), today() + timedelta(days=7)
    asked_id = ask_carer(actor, case.id, carer_id, "Bring the glasses", due_on)
    assert actions_of(case.id) == []
    with pytest.raises(Invalid, match="agreed"):
        tell_carer(actor, asked_id, ToldHow.LETTER, today())
    answer_for_carer(actor, asked_id, CarerAnswer.AGREED)
    [action] = actions_of(case.id)
    assert (action.state, action.owner_id) == (ActionState.OPEN, actor.account_id)
    assert action.owner == f"A carer; {actor.name} follows it up"
    assert [each.words for each in agreed_by(carer_id)] == ["Bring the glasses"]
    tell_carer(actor, asked_id, ToldHow.LETTER, today())
    letter = client_for(cast, COORDINATOR).get(f"/carers/{carer_id}/letter").text
    assert "Bring the glasses, by" in letter
    answer_for_carer(actor, asked_id, CarerAnswer.DECLINED)
    assert [each.state for each in actions_of(case.id)] == [ActionState.CANCELLED]
    assert agreed_by(carer_id) == []
    with pytest.raises(Refusal):
        answer_for_carer(actor, asked_id, CarerAnswer.AGREED)


def test_nobody_is_asked_whom_the_person_does_not_want_or_of_another_case(cast: Cast) -> None:
    actor, case, other = cast[COORDINATOR], make_case(cast), make_case(cast)
    due_on = today() + timedelta(days=7)
    for details in (
        CarerDetails("Ann Specimen", patient_agrees=False),
        CarerDetails("Ann Specimen", role=CarerRole.NOT_INVOLVED),
    ):
        carer_id = add_carer(actor, case.patient_id, details)
        with pytest.raises(Refusal):
            ask_carer(actor, case.id, carer_id, "Bring the glasses", due_on)
    carer_id = add_carer(actor, case.patient_id, ANN)
    with pytest.raises(NotFound):
        ask_carer(actor, other.id, carer_id, "Bring the glasses", due_on)
