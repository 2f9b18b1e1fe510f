from datetime import date, timedelta

import pytest
from sqlalchemy import select

from mdt.answering.commands import give_contribution
from mdt.contributions.rules import Given, Visibility
from mdt.facts.commands import note_facts, restore_fact, take_back_fact
from mdt.facts.queries import facts_of, history_of
from mdt.facts.records import PatientFact
from mdt.facts.rules import NEVER, FactOrigin
from mdt.panels.rules import Answer
from mdt.summaries.commands import keep_checked
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotAllowed, Refusal
from network.vocabulary import Discipline
from tests.cast import Cast, client_for
from tests.mdt.prompted import dry_mouth, know
from tests.mdt.respondents import ask, make_pharmacy
from tests.mdt.scene import make_case, refer

COORDINATOR, CHARITY = Role.CARE_COORDINATOR, Role.VOLUNTARY_MEMBER


def told(case) -> dict[str, object]:
    return {each.key: each.value for each in facts_of(case.patient_id)}


def test_the_latest_counts_and_what_is_taken_back_counts_no_more(cast: Cast) -> None:
    case = make_case(cast)
    know(cast, case, today() - timedelta(days=30), medicines=9)
    know(cast, case, medicines=12)
    know(cast, case, today() - timedelta(days=60), medicines=7)
    assert told(case)["medicines"] == 12
    newest = history_of(case.patient_id, "medicines")[0]
    take_back_fact(cast[COORDINATOR], newest.id)
    assert told(case)["medicines"] == 9
    with pytest.raises(Refusal, match="already"):
        take_back_fact(cast[COORDINATOR], newest.id)
    restore_fact(cast[COORDINATOR], newest.id)
    assert told(case)["medicines"] == 12
    assert len(history_of(case.patient_id, "medicines")) == 3


def test_the_same_again_is_nothing_new(cast: Cast) -> None:
    case = make_case(cast)
    facts = {"medicines": Answer(12, today()), "last_smr": Answer(NEVER, today())}
    given = (cast[COORDINATOR], case.patient_id, facts, "Risk list", FactOrigin.LIST)
    assert note_facts(*given) == 2
    assert note_facts(*given) == 0


def test_one_wrong_fact_keeps_all_of_them_out(cast: Cast) -> None:
    case = make_case(cast)
    wrong = {"dry_mouth": Answer("yes", today()), "medicines": Answer(99, today())}
    for facts, source in ((wrong, "the practice"), ({"shoe_size": Answer(9, today())}, "x")):
        with pytest.raises(Invalid):
            note_facts(cast[COORDINATOR], case.patient_id, facts, source)
    with pytest.raises(Invalid, match="who said so"):
        note_facts(cast[COORDINATOR], case.patient_id, {"dry_mouth": Answer("yes", today())}, " ")
    assert set(told(case)) == {"age"}


def test_the_voluntary_sector_notes_and_reads_no_clinical_facts(cast: Cast) -> None:
    case = make_case(cast)
    ask(cast, case, cast.charity, Discipline.VOLUNTARY)
    with pytest.raises(NotAllowed):
        note_facts(cast[CHARITY], case.patient_id, {"medicines": Answer(12, today())}, "x")
    assert client_for(cast, CHARITY).get(f"/patients/{case.patient_id}/facts").status_code == 403


def test_a_contribution_gives_its_facts_but_not_what_is_for_named_readers(cast: Cast) -> None:
    case = make_case(cast)
    pharmacy, pharmacist = make_pharmacy(cast)
    known_on = date(today().year, 1, 1)
    answers = {"medicines": Answer(11, known_on), "adherence": Answer("mostly", today())}
    row = ask(cast, case, pharmacy)
    give_contribution(pharmacist, row.id, Given(answers=answers), seen=row.row_version)
    (fact,) = [each for each in facts_of(case.patient_id) if each.key == "medicines"]
    assert (fact.value, fact.as_at, fact.source) == (11, known_on, row.asked_whom)
    secret = Given(
        answers={"acb_score": Answer(4, today())},
        visibility=Visibility.NAMED,
        named=(Discipline.GENERAL_PRACTICE,),
    )
    give_contribution(pharmacist, row.id, secret, seen=row.row_version)
    assert "acb_score" not in told(case)


def test_what_was_checked_in_a_summary_is_known_as_of_the_day_it_was_pasted(cast: Cast) -> None:
    case = refer(cast, pasted="Falls x2\nMedication: 12 items\nSight test Mar 2024")
    keep_checked(cast[Role.CLINICIAN], case.id, ["Falls", "Medicines", "Sight test"])
    found = {each.key: each for each in facts_of(case.patient_id)}
    assert (found["medicines"].value, found["last_sight_test"].value) == (12, "2024-03-01")
    assert found["medicines"].source == f"{case.organisation.short_name}'s summary"
    assert "falls_12m" not in found


def test_the_trail_tells_how_many_and_not_which(cast: Cast) -> None:
    case = dry_mouth(cast)
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.verb == "note_facts", AuditEntry.about_id == case.patient_id)
    ).one()
    assert entry.details["count"] == 2
    assert "dry_mouth" not in str(entry.details)


def test_the_database_holds_no_fact_in_clear(cast: Cast) -> None:
    case = dry_mouth(cast)
    kept = db.session.connection().exec_driver_sql(
        "select value, source from patient_fact where patient_id = %s", (case.patient_id,)
    )
    assert not [row for row in kept if row[0] == "12" or "yes" in row[0] or "practice" in row[1]]


def test_facts_are_noted_by_the_group_and_corrected_on_their_page(cast: Cast) -> None:
    case = make_case(cast)
    client, there = client_for(cast, COORDINATOR), f"/patients/{case.patient_id}/facts"
    sent = {
        "as_at": str(today()),
        "source": "his daughter",
        "fact_medicines": "12",
        "fact_last_smr_never": "y",
    }
    assert client.post(f"{there}/0", data=sent).status_code == 303
    page = client.get(there).text
    assert "his daughter" in page
    assert "Never, or none on record" in page
    wrong = client.post(f"{there}/0", data=sent | {"fact_medicines": "99"})
    assert (wrong.status_code, "whole number from 0 to 60" in wrong.text) == (422, True)
    assert "his daughter" in wrong.text
    nothing = client.post(f"{there}/0", data={"as_at": str(today()), "source": "x"})
    assert "Enter at least one fact" in nothing.text
    fact_id = db.session.scalars(select(PatientFact.id).where(PatientFact.key == "medicines")).one()
    assert "Take back" in client.get(f"{there}/of/medicines").text
    client.post(f"/patients/facts/{fact_id}/take-back")
    assert "Taken back" in client.get(f"{there}/of/medicines").text
    assert client.get(f"{there}/9").status_code == client.get(f"{there}/of/shoes").status_code == 404


def test_a_fact_that_is_old_is_greyed(cast: Cast) -> None:
    case = make_case(cast)
    know(cast, case, today() - timedelta(days=400), dry_mouth="yes")
    assert "Old: not used" in client_for(cast, COORDINATOR).get(f"/patients/{case.patient_id}/facts").text


def test_what_the_voluntary_sector_answers_is_a_fact_too(cast: Cast) -> None:
    case = make_case(cast)
    row = ask(cast, case, cast.charity, Discipline.VOLUNTARY)
    given = Given(answers={"contacts_a_week": Answer(1, today())})
    give_contribution(cast[CHARITY], row.id, given, seen=row.row_version)
    assert told(case)["contacts_a_week"] == 1


def test_what_somebody_may_not_read_they_do_not_write_over(cast: Cast) -> None:
    case = make_case(cast)
    known = {"eol_register": Answer("yes", today())}
    note_facts(cast[COORDINATOR], case.patient_id, known, "the practice's register")
    with pytest.raises(NotAllowed):
        note_facts(
            cast[Role.CLINICIAN], case.patient_id, {"eol_register": Answer("no", today())}, "the person"
        )
    assert told(case)["eol_register"] == "yes"
