from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest
from sqlalchemy import select

from mdt.cases.queries import cases_for
from mdt.cases.records import Case
from mdt.patients.commands import KnownAlready
from mdt.patients.records import Patient
from mdt.patients.rules import Contact
from mdt.referrals.commands import refer_patient
from mdt.sharing.queries import accesses
from mdt.story import commands
from mdt.story.queries import banner_for, carers_of, needs_of, statements_of
from mdt.story.rules import CarerDetails, CarerRole, Heard, NeedKind, StatementKind, is_to_be_asked_again
from network.access.rules import Actor, Role
from network.audit.commands import record
from network.audit.records import AuditEntry
from network.plumbing.commands import ChangedAtOnce, command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from tests.cast import Cast, client_for
from tests.mdt.respondents import make_colleague
from tests.mdt.scene import ASKED, EDITH, home_of, refer, somebody_new

COORDINATOR, CLINICIAN, CHARITY = Role.CARE_COORDINATOR, Role.CLINICIAN, Role.VOLUNTARY_MEMBER


def heard(kind: StatementKind = StatementKind.MATTERS, words: str = "The allotment.") -> Heard:
    return Heard(kind, words, "Edith", "A Nurse", today() - timedelta(days=3))


def test_words_are_kept_with_who_said_and_who_heard_them(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    commands.note_statement(cast[CLINICIAN], patient_id, heard())
    (statement,) = statements_of(patient_id)
    assert (statement.words, statement.said_by, statement.heard_by) == ("The allotment.", "Edith", "A Nurse")


def test_what_matters_comes_first(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    for kind in (StatementKind.STORY, StatementKind.NEVER, StatementKind.MATTERS):
        commands.note_statement(cast[CLINICIAN], patient_id, heard(kind))
    assert [each.kind for each in statements_of(patient_id)] == [
        StatementKind.MATTERS,
        StatementKind.NEVER,
        StatementKind.STORY,
    ]


def test_still_true_is_one_click_that_answers_in_place(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    statement_id = commands.note_statement(cast[CLINICIAN], patient_id, heard())
    url = f"/patients/words/{statement_id}/confirm"
    answer = client_for(cast, CLINICIAN).post(url, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "still true on" in answer.text
    assert "<html" not in answer.text
    assert client_for(cast, CLINICIAN).post(url).status_code == 303


@pytest.mark.parametrize(
    ("days", "confirmed", "asked"), [(10, None, False), (181, None, True), (400, 10, False), (400, 200, True)]
)
def test_words_are_asked_about_again_after_half_a_year(days: int, confirmed: int | None, asked: bool) -> None:
    now = date(2026, 12, 7)
    confirmed_on = now - timedelta(days=confirmed) if confirmed else None
    assert is_to_be_asked_again(now - timedelta(days=days), confirmed_on, now) is asked


def test_what_was_ended_comes_back(cast: Cast) -> None:
    actor, patient_id = cast[CLINICIAN], refer(cast).patient_id
    statement_id = commands.note_statement(actor, patient_id, heard())
    need_id = commands.record_need(actor, patient_id, NeedKind.COMMUNICATION, "Hearing loop")
    carer_id = commands.add_carer(actor, patient_id, CarerDetails("Ann Specimen"))
    commands.end_statement(actor, statement_id)
    commands.end_need(actor, need_id)
    commands.end_carer(actor, carer_id)
    assert not [*statements_of(patient_id), *needs_of(patient_id), *carers_of(patient_id)]
    with pytest.raises(NotFound):
        commands.confirm_statement(actor, statement_id)
    commands.restore_statement(actor, statement_id)
    commands.restore_need(actor, need_id)
    commands.restore_carer(actor, carer_id)
    assert statements_of(patient_id)
    assert needs_of(patient_id)
    assert carers_of(patient_id)
    with pytest.raises(NotFound):
        commands.restore_need(actor, need_id)


def test_needs_and_partners_in_care_stand_in_the_banner(cast: Cast) -> None:
    case = refer(cast)
    commands.record_need(cast[CLINICIAN], case.patient_id, NeedKind.INTERPRETER, "Polish interpreter")
    carer = CarerDetails("Ann Specimen", "daughter", role=CarerRole.PARTNER)
    commands.add_carer(cast[CLINICIAN], case.patient_id, carer)
    banner = banner_for(case.patient)
    assert banner.flags == ("Polish interpreter", "daughter is carer")
    assert (banner.name, banner.nhs_number) == ("SPECIMEN, Edith (Mrs)", "999 000 0018")


def test_a_death_stops_the_age_and_is_taken_back(cast: Cast) -> None:
    case = refer(cast)
    commands.record_death(cast[CLINICIAN], case.patient_id, date(2026, 1, 5))
    assert banner_for(case.patient).died == "05-Jan-2026"
    assert "(84y)" in banner_for(case.patient).born
    commands.take_back_death(cast[CLINICIAN], case.patient_id)
    assert banner_for(case.patient).died == ""


@pytest.mark.parametrize("day", [date(1940, 1, 1), date(2999, 1, 1)])
def test_a_death_that_cannot_be_is_refused(cast: Cast, day: date) -> None:
    with pytest.raises(Invalid):
        commands.record_death(cast[CLINICIAN], refer(cast).patient_id, day)


def test_two_who_correct_details_hear_of_each_other(cast: Cast) -> None:
    patient = refer(cast).patient
    seen = patient.row_version
    contact = Contact(phone="01632 960001")
    commands.change_patient(cast[CLINICIAN], patient.id, EDITH, contact, None, seen=seen)
    with pytest.raises(commands.ChangedMeanwhile):
        commands.change_patient(cast[COORDINATOR], patient.id, EDITH, Contact(), None, seen=seen)
    assert patient.phone == "01632 960001"


def test_the_voluntary_sector_sees_contact_and_words_but_nothing_clinical(cast: Cast) -> None:
    case = refer(cast, CHARITY)
    actor = cast[COORDINATOR]
    contact = Contact(phone="01632 960001", care_home="The Beeches")
    patient = case.patient
    commands.change_patient(actor, patient.id, EDITH, contact, None, seen=patient.row_version)
    commands.add_carer(actor, patient.id, CarerDetails("Ann Specimen", own_needs="Sleeps badly"))
    commands.note_statement(actor, patient.id, heard())
    shown = client_for(cast, CHARITY).get(f"/patients/{patient.id}").text
    assert "01632 960001" in shown
    assert "The allotment." in shown
    assert "Sleeps badly" not in shown
    assert "The Beeches" not in shown
    with pytest.raises(NotAllowed):
        commands.record_death(cast[CHARITY], patient.id, today())


def test_who_reads_nothing_clinical_is_shown_none_in_the_forms_either(cast: Cast) -> None:
    patient_id = refer(cast, CHARITY).patient_id
    details = CarerDetails("Ann Specimen", own_needs="Sleeps badly")
    carer_id = commands.add_carer(cast[COORDINATOR], patient_id, details)
    client = client_for(cast, CHARITY)
    for path in (f"{patient_id}/change", f"{patient_id}/death", f"carers/{carer_id}"):
        answer = client.get(f"/patients/{path}")
        assert (path, answer.status_code) == (path, 403)
        assert "Sleeps badly" not in answer.text
    with pytest.raises(NotAllowed):
        commands.change_carer(cast[CHARITY], carer_id, details)


def referred_by_charity(cast: Cast) -> Patient:
    """Somebody of Elm Surgery, which knows of them only as their practice."""
    home = home_of(cast, CHARITY)
    case_id = refer_patient(cast[CHARITY], EDITH, ASKED, organisation_id=home, practice_id=cast.elm.id)
    return db.session.get_one(Case, case_id).patient


def test_the_practice_that_somebody_left_knows_of_them_no_more_and_the_new_one_does(cast: Cast) -> None:
    patient = referred_by_charity(cast)
    elm, oak = cast[CLINICIAN], make_colleague(cast, cast.oak)
    knows = [bool(accesses(actor, [patient.id])) for actor in (elm, oak)]
    seen = patient.row_version
    commands.change_patient(cast[COORDINATOR], patient.id, EDITH, Contact(), cast.oak.id, seen=seen)
    assert knows == [True, False]
    assert [bool(accesses(actor, [patient.id])) for actor in (elm, oak)] == [False, True]


def test_a_practice_that_stays_the_same_goes_on_knowing(cast: Cast) -> None:
    patient = referred_by_charity(cast)
    contact = Contact(phone="01632 960001")
    seen = patient.row_version
    commands.change_patient(cast[COORDINATOR], patient.id, EDITH, contact, cast.elm.id, seen=seen)
    assert accesses(cast[CLINICIAN], [patient.id])


def test_whoever_knows_of_one_case_alone_opens_no_others_to_a_practice(cast: Cast) -> None:
    patient = referred_by_charity(cast)
    colleague = make_colleague(cast, cast.oak)
    refer_patient(colleague, EDITH, ASKED, organisation_id=cast.oak.id)
    version = patient.row_version
    with pytest.raises(Refusal, match="Ask the care coordinator"):
        commands.change_patient(colleague, patient.id, EDITH, Contact(), cast.oak.id, seen=version)
    assert len(cases_for(colleague)) == 1


def test_a_number_of_somebody_else_is_refused_and_leaves_a_trail(cast: Cast) -> None:
    patient = referred_by_charity(cast)
    other = refer(cast, identity=somebody_new()).patient
    typed = replace(EDITH, born_on=date(1950, 1, 1))
    with pytest.raises(KnownAlready):
        commands.change_patient(
            cast[CLINICIAN], other.id, typed, Contact(), other.practice_id, seen=other.row_version
        )
    tried = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "try_number")).one()
    assert tried.about_id == patient.id


def test_whoever_moves_somebody_to_another_practice_is_led_away(cast: Cast) -> None:
    patient = referred_by_charity(cast)
    data = {
        "seen": str(patient.row_version),
        "family_name": "Specimen",
        "given_name": "Edith",
        "born_on": "1941-03-04",
        "sex": "unknown",
        "letter_format": "standard",
        "lives_alone": "",
        "housebound": "",
        "practice_id": str(cast.oak.id),
    }
    client = client_for(cast, CLINICIAN)
    answer = client.post(f"/patients/{patient.id}/change", data=data)
    assert (answer.status_code, answer.location) == (303, "/cases")
    assert client.get(f"/patients/{patient.id}").status_code == 404


@command
def rewrite(actor: Actor, patient: Patient, owner_url: str) -> None:
    """Change somebody whom another changes between the look and the change."""
    with psycopg.connect(owner_url, autocommit=True) as other:
        other.execute("update patient set row_version = row_version + 1 where id = %s", [patient.id])
    patient.language = "Polish"
    record(actor, "change_patient", "patient", patient.id)


def test_two_who_save_at_the_same_moment_hear_of_each_other(cast: Cast, addresses) -> None:
    patient = refer(cast).patient
    db.session.refresh(patient)
    with pytest.raises(ChangedAtOnce, match="has just changed this"):
        rewrite(cast[CLINICIAN], patient, addresses.owner_url)
    assert patient.language == ""
