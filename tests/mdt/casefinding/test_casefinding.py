"""From a list to the queue, from the queue to a referral, and what nobody may learn on the way."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mdt.casefinding.commands import set_rule
from mdt.casefinding.queries import first_rule, placed_for, trial_for
from mdt.casefinding.rules import Criterion, Rule
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.drafts.commands import throw_draft_away
from mdt.facts.queries import facts_of
from mdt.findings.commands import begin_referral, forget_findings, look_again, put_off, say_no
from mdt.findings.queries import events_of, get_finding_for
from mdt.findings.records import Finding
from mdt.findings.rules import FindingState, Who
from mdt.objections.commands import object_to_sharing
from mdt.patients.records import Patient
from mdt.patients.rules import EthnicCategory, Identity
from mdt.referrals.commands import refer_patient
from mdt.risk_lists.commands import take_list_in
from mdt.risk_lists.queries import get_list_for, plan_of, same_file
from mdt.risk_lists.rules import Outcome
from mdt.sharing.rules import ObjectionScope
from mdt.story.commands import record_death
from network.access.rules import SYSTEM, Grant, Role
from network.audit.records import AuditEntry
from network.plumbing.database import days_ago, db, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from tests.cast import Cast, client_for
from tests.mdt.casefinding.lists import EDITH, HEADINGS, NOBODY, SAM, bring, found, take_in
from tests.mdt.scene import ASKED, home_of, refer

CLINICIAN, COORDINATOR = Role.CLINICIAN, Role.CARE_COORDINATOR


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table))


def outcomes(cast: Cast, *rows: str, **changes) -> list[Outcome]:
    return [line.outcome for line in plan(cast, *rows, **changes).lines]


def plan(cast: Cast, *rows: str, role: Role = CLINICIAN, **changes):
    list_id = bring(cast, *rows, role=role, **changes)
    return plan_of(cast[role], get_list_for(cast[role], list_id))


def test_a_list_makes_nobodys_case_and_the_same_again_changes_nothing(cast: Cast) -> None:
    assert take_in(cast, EDITH, SAM, NOBODY) == 3
    assert (count(Finding), count(Case), count(Patient)) == (3, 0, 0)
    kept = {row.id: (row.facts, row.who, row.row_version) for row in db.session.scalars(select(Finding))}
    list_id = bring(cast, EDITH, SAM, NOBODY)
    listed = get_list_for(cast[CLINICIAN], list_id)
    assert same_file(listed) is not None
    assert {line.outcome for line in plan_of(cast[CLINICIAN], listed).lines} == {Outcome.SAME}
    assert take_list_in(cast[CLINICIAN], list_id) == 0
    with pytest.raises(Refusal, match="taken in already"):
        take_list_in(cast[CLINICIAN], list_id)
    assert {r.id: (r.facts, r.who, r.row_version) for r in db.session.scalars(select(Finding))} == kept
    assert get_list_for(cast[CLINICIAN], list_id).content is None


def test_a_newer_list_says_more_and_an_older_one_takes_nothing_back(cast: Cast) -> None:
    take_in(cast, EDITH, ago=10)
    older = "999 000 0018,,,,0.05,3,2,0"
    assert outcomes(cast, older, ago=60) == [Outcome.SAME]
    assert take_in(cast, "999 000 0018,,,,0.40,7,,", ago=0) == 1
    seen = get_finding_for(cast[CLINICIAN], found(cast).id)
    assert (seen.facts["cfs"].value, seen.facts["repeat_medicines"].value) == (6, 12)


def test_the_queue_gives_reasons_and_those_below_the_rule_stay_out(cast: Cast) -> None:
    take_in(cast, EDITH, SAM, NOBODY)
    queue, others = placed_for(cast[CLINICIAN])
    assert [each.weighed.counts for each in queue] == [4, 2]
    assert queue[0].because[:2] == (
        "Electronic frailty index (eFI): 0.31 (moderate)",
        "Clinical Frailty Scale: 6",
    )
    assert len(others) == 1


def test_a_rule_is_tried_before_it_is_set_and_only_the_network_sets_it(cast: Cast) -> None:
    take_in(cast, EDITH, SAM, NOBODY)
    falls = Rule((Criterion("falls_12m", 3),))
    trial = trial_for(cast[COORDINATOR], falls)
    assert (trial.before, trial.after, trial.comes_in_count, trial.falls_out_count) == (2, 1, 0, 1)
    assert len(placed_for(cast[COORDINATOR])[0]) == 2
    set_rule(cast[COORDINATOR], falls)
    assert len(placed_for(cast[COORDINATOR])[0]) == 1
    with pytest.raises(Invalid, match="already"):
        set_rule(cast[COORDINATOR], falls)
    with pytest.raises(NotAllowed):
        set_rule(cast[CLINICIAN], first_rule())


def test_a_referral_begins_with_what_is_known_and_its_sending_brings_the_facts(cast: Cast) -> None:
    actor = cast[CLINICIAN]
    finding = found(cast)
    draft_id = begin_referral(actor, finding.id, Who(), ("12 medicines",))
    draft = db.session.get_one(Case, draft_id)
    assert draft.state is CaseState.DRAFT
    assert "Clinical Frailty Scale: 6" in draft.pasted
    assert placed_for(actor)[0] == []
    with pytest.raises(Refusal, match="decided already"):
        say_no(actor, finding.id, "No.")
    identity = get_finding_for(actor, finding.id).who
    case_id = _send(cast, draft_id, identity)
    case, finding = db.session.get_one(Case, case_id), db.session.get_one(Finding, finding.id)
    assert (finding.patient_id, finding.case_id, finding.state) == (
        case.patient_id,
        case_id,
        FindingState.REFERRED,
    )
    facts = {each.key: each for each in facts_of(case.patient_id)}
    assert (facts["medicines"].value, facts["efi_category"].value) == (12, "moderate")
    assert facts["medicines"].source == "List “Frailty search”"
    assert events_of(finding.id)[0].said == f"Referred as {case.ref}."


def _send(cast: Cast, draft_id, who: Who):
    identity = Identity(who.family_name, who.given_name, who.born_on, who.nhs_number)
    return refer_patient(cast[CLINICIAN], identity, ASKED, organisation_id=cast.elm.id, draft_id=draft_id)


def test_a_draft_that_is_thrown_away_leaves_them_waiting(cast: Cast) -> None:
    finding_id = found(cast).id
    throw_draft_away(cast[CLINICIAN], begin_referral(cast[CLINICIAN], finding_id, Who(), ()))
    assert [each.finding.id for each in placed_for(cast[CLINICIAN])[0]] == [finding_id]
    say_no(cast[CLINICIAN], finding_id, "Looked after at home.")
    assert placed_for(cast[CLINICIAN]) == ([], [])


def test_who_is_put_off_comes_back_on_the_day_and_a_no_stays_over_later_lists(cast: Cast) -> None:
    actor = cast[CLINICIAN]
    finding_id = found(cast).id
    with pytest.raises(Invalid, match="after today"):
        put_off(actor, finding_id, today(), "In hospital.")
    with days_ago(40):
        put_off(actor, finding_id, today() + timedelta(days=30), "In hospital.")
    assert len(placed_for(actor)[0]) == 1
    say_no(actor, finding_id, "Does not want it.")
    take_in(cast, "999 000 0018,,,,0.45,8,20,9")
    assert placed_for(actor)[0] == []
    look_again(actor, finding_id)
    assert len(placed_for(actor)[0]) == 1


def test_only_those_in_charge_of_the_care_find_anybody(cast: Cast) -> None:
    finding_id = found(cast).id
    assert placed_for(cast[COORDINATOR])[0]
    elsewhere = replace(cast[CLINICIAN], grants=(Grant(Role.CLINICIAN, cast.oak.id),))
    assert placed_for(elsewhere) == ([], [])
    with pytest.raises(NotFound):
        get_finding_for(elsewhere, finding_id)
    for role in (Role.VOLUNTARY_MEMBER, Role.SOCIAL_CARE_MEMBER, Role.PRACTICE_MANAGER, Role.ADMINISTRATOR):
        with pytest.raises(NotFound):
            get_finding_for(cast[role], finding_id)
    with pytest.raises(Invalid, match="Choose the practice"):
        bring(cast, EDITH, practice_id=cast.oak.id)
    with pytest.raises(Invalid, match="in charge"):
        bring(cast, EDITH, is_direct_care=False)


def test_rows_say_who_is_known_who_has_a_case_and_who_must_not_be_looked_for(cast: Cast) -> None:
    case = refer(cast)
    assert plan(cast, EDITH).lines[0].notes == (
        f"Has an open case, {case.ref}: they do not come into the queue.",
    )
    take_in(cast, EDITH)
    assert placed_for(cast[CLINICIAN]) == ([], [])
    assert {each.key for each in facts_of(case.patient_id)} >= {"medicines", "cfs"}
    other = "999 000 0018,Example,Sam,01/02/1938,,,,"
    assert "another name or date of birth" in plan(cast, other).lines[0].row.refused
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.ALL)
    refused = plan(cast, EDITH).lines[0].row.refused
    assert refused == "They cannot be looked for. Talk with the care coordinator."
    assert "do not want to be discussed" in plan(cast, EDITH, role=COORDINATOR).lines[0].row.refused


def test_a_list_fills_in_what_nobody_knew_and_writes_nothing_over(cast: Cast) -> None:
    case = refer(cast)
    patient = case.patient
    patient.ethnicity = EthnicCategory.IRISH
    db.session.commit()
    headings = f"{HEADINGS},imd_decile,ethnicity"
    take_in(cast, f"{EDITH},2,A", headings=headings)
    take_in(cast, f"{EDITH},9,A", headings=headings)
    db.session.refresh(patient)
    assert (patient.imd_decile, patient.ethnicity) == (2, EthnicCategory.IRISH)


def test_who_has_died_is_on_no_list(cast: Cast) -> None:
    finding = found(cast)
    case = refer(cast)
    record_death(cast[COORDINATOR], case.patient_id, today())
    assert "have died" in plan(cast, EDITH, role=COORDINATOR).lines[0].row.refused
    client = client_for(cast, COORDINATOR)
    sent = {"reason": "Home visits", "is_direct_care": "y"}
    assert client.post("/case-finding/take-out", data=sent).text.count("\n") == 1
    assert client.get(f"/case-finding/{finding.id}").status_code == 404
    assert db.session.get_one(Finding, finding.id)


def test_rows_of_other_practices_and_rows_twice_are_refused(cast: Cast) -> None:
    cast.elm.ods_code = "A12345"
    db.session.commit()
    headings = f"{HEADINGS},practice_ods"
    lines = plan(cast, f"{EDITH},A12345", f"{SAM},B99999", f"{EDITH},", headings=headings).lines
    assert [line.outcome for line in lines] == [Outcome.NEW, Outcome.REFUSED, Outcome.REFUSED]
    assert lines[1].row.refused.startswith("B99999 is no practice")
    assert lines[2].row.refused == "The same person as row 2. Leave one of the two out."


def test_what_nobody_decided_about_is_forgotten_after_a_year(cast: Cast) -> None:
    take_in(cast, EDITH, ago=400)
    say_no(cast[CLINICIAN], db.session.scalars(select(Finding.id)).one(), "No.")
    take_in(cast, SAM, ago=300)
    assert forget_findings(SYSTEM) == 1
    assert count(Finding) == 1


def test_the_pages_lead_from_a_file_to_the_queue_and_out_again(cast: Cast) -> None:
    client = client_for(cast, CLINICIAN)
    bad = {"practice_id": str(cast.elm.id), "name": "", "listed_on": "2026-01-01"}
    assert client.post("/case-finding/lists", data=bad).status_code == 422
    content = "\r\n".join([HEADINGS, EDITH, SAM, "9990000019,A,B,,,,,"]).encode()
    sent = bad | {"name": "Search", "is_direct_care": "y", "file": (io.BytesIO(content), "search.csv")}
    preview = client.post("/case-finding/lists", data=sent)
    assert preview.status_code == 303
    page = client.get(preview.location).text
    assert "Take in 2 rows" in page
    assert "last digit does not fit" in page
    assert client.post(f"{preview.location}/take-in").status_code == 303
    assert "Edith Specimen" in client.get("/case-finding").text
    assert "Sam Example" in client.get("/case-finding?show=others").text
    finding_id = placed_for(cast[CLINICIAN])[0][0].finding.id
    assert (
        client.post(f"/case-finding/{finding_id}/later", data={"later-why": "In hospital"}).status_code == 422
    )
    page = client.post(f"/case-finding/{finding_id}/no", data={"no-reason": ""})
    assert "Enter why not." in page.text
    until = {"later-until": str(today() + timedelta(days=9)), "later-why": "In hospital"}
    assert client.post(f"/case-finding/{finding_id}/later", data=until).status_code == 303
    assert client.post(f"/case-finding/{finding_id}/again").status_code == 303
    assert client.post(f"/case-finding/{finding_id}/refer").location.startswith("/referrals/drafts/")
    assert client.post("/case-finding/take-out", data={"reason": "Visits"}).status_code == 422
    taken = client.post("/case-finding/take-out", data={"reason": "Visits", "is_direct_care": "y"})
    assert taken.mimetype == "text/csv"
    assert "9990000018,Specimen,Edith,1941-03-04" in taken.text
    assert "with names, for: Visits" in client.get(f"/case-finding/{finding_id}").text
    trail = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "export_findings")).one()
    assert trail.details.keys() == {"findings", "people"}
    assert taken.text.splitlines()[0].endswith("case_ref,state,coordinator,next_review,last_decision_on")
    assert client.get("/case-finding/rule").status_code == 403


def test_the_rule_is_tried_on_its_page(cast: Cast) -> None:
    found(cast)
    client = client_for(cast, COORDINATOR)
    sent = {"needs": "1", "value_falls_12m": "9", "counts_falls_12m": "1"}
    tried = client.post("/case-finding/rule", data=sent | {"try": "yes"})
    assert tried.status_code == 200
    assert "Would fall out" in tried.text
    assert client.post("/case-finding/rule", data={"needs": "1"}).status_code == 422
    assert client.post("/case-finding/rule", data=sent).status_code == 303
    assert "Falls in 12 months: at least 9" in client.get("/case-finding").text


def test_what_is_taken_out_can_be_brought_in_again_and_runs_in_no_spreadsheet(cast: Cast) -> None:
    take_in(cast, "999 000 0018,Specimen,Edith,04/03/1941,0.31,6,12,2")
    client = client_for(cast, CLINICIAN)
    sent = {"reason": "Visits", "is_direct_care": "y"}
    out = client.post("/case-finding/take-out", data=sent).data.decode("utf-8-sig").split("\r\n")
    assert outcomes(cast, *out[1:-1], headings=out[0]) == [Outcome.SAME]
    assert home_of(cast, CLINICIAN) == cast.elm.id
