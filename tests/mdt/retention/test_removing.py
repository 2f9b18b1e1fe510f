import uuid
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
import time_machine
from psycopg import sql
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.decisions.records import Addendum
from mdt.drafts.commands import keep_draft
from mdt.emergencies.records import EmergencyOpening
from mdt.emergencies.rules import EmergencyKind
from mdt.holdings.queries import rows_of
from mdt.objections.commands import object_to_sharing
from mdt.patients.rules import Identity
from mdt.removals.commands import agree_to_removal, propose_removal
from mdt.retention.commands import choose_lengths, hold_person, lift_hold
from mdt.retention.queries import due_for, forgotten_for, get_removal_for
from mdt.retention.rules import KEPT, Lengths
from mdt.retention.tasks import remove_agreed
from mdt.sharing.records import CareRelation
from mdt.sharing.rules import ObjectionScope, Reason
from mdt.story.commands import record_death
from mdt.subject_access.records import SubjectRequest
from mdt.subject_access.rules import AskedBy, RequestOutcome
from network.access.rules import Role
from network.audit.chain import check_chain
from network.plumbing.database import current_network, days_ago, db, in_network, now, today
from network.plumbing.refusals import Invalid, Refusal
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.everything import SECRETS, make_everything
from tests.mdt.scene import ASKED, EDITH, NUMBERS, home_of, make_case, refer
from tests.mdt.whole_person import make_whole_person

LEAD, COORDINATOR, CLINICIAN = Role.GOVERNANCE_LEAD, Role.CARE_COORDINATOR, Role.CLINICIAN
JOHN = Identity("Sample", "John", date(1950, 1, 1), NUMBERS[1])
LONG_AGO = 9 * 366
# What tells of a removal, and grows by it.
TELL = {"audit_about", "audit_entry", "audit_head", "removal", "removal_line"}


@pytest.fixture
def rows(addresses):
    """Read every row of every table as it is stored, past row-level security."""

    def read() -> dict[str, set[str]]:
        db.session.commit()
        with psycopg.connect(addresses.owner_url) as owner:
            return {
                name: {
                    text
                    for (text,) in owner.execute(
                        sql.SQL("select to_jsonb(t)::text from {} t").format(sql.Identifier(name))
                    )
                }
                for name in db.metadata.tables
            }

    return read


def make_old(cast: Cast) -> dict[str, uuid.UUID]:
    """Somebody whose case was closed nine years ago, with all that can be known of them."""
    with days_ago(LONG_AGO):
        ids = make_everything(cast)
        ids |= make_whole_person(cast, ids)
        patient_id = ids["patient_id"]
        object_to_sharing(cast[COORDINATOR], patient_id, ObjectionScope.TOPIC, topic="Her son")
        keep(Addendum(decision_id=ids["decision_id"], words="And a rail.", by="Nobody"))
        relation = keep(
            CareRelation(
                patient_id=patient_id,
                account_id=cast[CLINICIAN].account_id,
                reason=Reason.EMERGENCY,
                starts_on=today(),
                made_by="Nobody",
            )
        )
        keep(
            EmergencyOpening(
                patient_id=patient_id,
                relation_id=relation.id,
                account_id=cast[CLINICIAN].account_id,
                name="Nobody",
                organisation="Elm Surgery",
                kind=EmergencyKind.DANGER,
                reason="Found on the floor.",
                reviewed_at=now(),
            )
        )
        case = db.session.get_one(Case, ids["case_id"])
        case.state, case.closed_on = CaseState.CLOSED, today()
        for asked in db.session.scalars(select(SubjectRequest)):
            asked.outcome = RequestOutcome.GIVEN
        db.session.commit()
    return ids


def remove(cast: Cast, *keys: uuid.UUID) -> uuid.UUID:
    removal_id = propose_removal(cast[LEAD], keys)
    agree_to_removal(cast[COORDINATOR], removal_id, has_looked=True)
    remove_agreed(current_network(), removal_id=removal_id)
    db.session.expire_all()
    return removal_id


def test_two_agree_and_nothing_of_somebody_is_left_but_that_they_went(cast: Cast, rows) -> None:
    refer(cast, identity=JOHN)
    ids = make_old(cast)
    (due,) = due_for(cast[LEAD])
    assert (due.refs, due.why) == ("C-0002", "Nothing recorded for 8 years")
    gone = {str(row_id) for held in rows_of(ids["patient_id"]).values() for row_id in held}
    before = rows()
    removal_id = remove(cast, ids["patient_id"])
    after = rows()
    for name in before.keys() - TELL:
        assert after[name] == {row for row in before[name] if not any(each in row for each in gone)}, name
    told = [(name, row) for name in TELL for row in after[name]]
    assert not [name for name, row in told if any(secret in row for secret in SECRETS)]
    assert {name for name, row in told if any(each in row for each in gone)} == {
        "audit_about",
        "audit_entry",
        "removal_line",
    }
    removal = get_removal_for(cast[LEAD], removal_id)
    assert removal.done_at is not None
    assert removal.rows["mdt_case"] == removal.rows["patient"] == removal.rows["emergency_opening"] == 1
    year = str((now() - timedelta(days=LONG_AGO)).year)
    assert removal.figures[year]["referred"] == removal.figures[year]["decisions"] == 1
    assert check_chain(cast.network.id).broken is None
    remove_agreed(current_network(), removal_id=removal_id)
    assert rows() == after
    client = client_for(cast, COORDINATOR)
    assert client.get(f"/cases/{ids['case_id']}").status_code == 404
    assert client.get(f"/patients/{ids['patient_id']}").status_code == 404
    assert "C-0002" in client.get(f"/sharing/retention/removals/{removal_id}").text


def test_an_agreed_removal_reaches_nobody_else_and_no_other_table(cast: Cast) -> None:
    other = refer(cast, identity=JOHN)
    removal_id = propose_removal(cast[LEAD], [make_old(cast)["patient_id"]])
    agree_to_removal(cast[COORDINATOR], removal_id, has_looked=True)
    remove = text("select remove_kept(cast(:kept as regclass), :ids, :decided)")
    theirs = {name: ids for name, ids in rows_of(other.patient_id).items() if name in KEPT}
    assert len(theirs) > 1
    for name, ids in theirs.items():
        assert db.session.scalar(remove, {"kept": name, "ids": ids, "decided": removal_id}) == 0, name
    for name in ("chain_check", "audit_head", "audit_entry", "role_grant", "care_relation", "patient"):
        asked = {"kept": name, "ids": [uuid.uuid4()], "decided": removal_id}
        with pytest.raises(DBAPIError, match="not removed by this"), db.session.begin_nested():
            db.session.execute(remove, asked)


def test_what_holds_somebody_back_is_respected_until_the_last_moment(cast: Cast) -> None:
    old = make_old(cast)["patient_id"]
    coordinator = cast[COORDINATOR]

    def held() -> str:
        (due,) = due_for(cast[LEAD])
        return due.held_because

    hold_id = hold_person(coordinator, old, "An inquest.")
    assert held() == "On hold"
    with pytest.raises(Invalid, match="Leave out"):
        propose_removal(cast[LEAD], [old])
    with pytest.raises(Invalid, match="already"):
        hold_person(coordinator, old, "Again.")
    lift_hold(cast[LEAD], hold_id)
    asked = keep(
        SubjectRequest(
            patient_id=old, asked_by=AskedBy.PERSON, received_on=today(), due_on=today(), recorded_by="Nobody"
        )
    )
    assert held() == "A copy was asked for"
    asked.outcome = RequestOutcome.GIVEN
    db.session.commit()
    assert held() == ""
    removal_id = propose_removal(cast[LEAD], [old])
    agree_to_removal(coordinator, removal_id, has_looked=True)
    hold_person(coordinator, old, "A claim came in.")
    remove_agreed(current_network(), removal_id=removal_id)
    db.session.expire_all()
    (line,) = get_removal_for(cast[LEAD], removal_id).lines
    assert line.kept_because == "On hold"
    assert rows_of(old)["mdt_case"]


def test_an_open_case_a_new_contact_or_a_later_death_keep_somebody(cast: Cast) -> None:
    ids = make_old(cast)
    case = db.session.get_one(Case, ids["case_id"])
    case.state = CaseState.ACTING
    db.session.commit()
    assert not due_for(cast[LEAD])
    assert forgotten_for(cast[LEAD]) == [case.ref]
    case.state = CaseState.CLOSED
    with days_ago(9 * 366 - 1):
        record_death(cast[COORDINATOR], case.patient_id, today())
    assert not due_for(cast[LEAD])
    choose_lengths(cast[LEAD], Lengths(8, 8))
    assert due_for(cast[LEAD])
    removal_id = propose_removal(cast[LEAD], [case.patient_id])
    agree_to_removal(cast[COORDINATOR], removal_id, has_looked=True)
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.TOPIC, topic="Her son")
    remove_agreed(current_network(), removal_id=removal_id)
    db.session.expire_all()
    (line,) = get_removal_for(cast[LEAD], removal_id).lines
    assert line.kept_because == "Changed since it was proposed"


def test_the_last_day_of_anything_is_that_of_england(cast: Cast) -> None:
    # Half past midnight on 2 June there.
    with time_machine.travel(datetime(2016, 6, 1, 23, 30, tzinfo=UTC)):
        case = refer(cast)
        case.state, case.closed_on = CaseState.CLOSED, date(2016, 6, 1)
        db.session.commit()
    assert [due.last_on for due in due_for(cast[LEAD])] == [date(2016, 6, 2)]


def test_a_draft_nobody_sent_goes_and_leaves_alone_whom_others_know(cast: Cast) -> None:
    where = {"organisation_id": home_of(cast, CLINICIAN)}
    # A day more than the least: an hour of summer time may put the moment on the day after.
    with days_ago(92):
        known = refer(cast, identity=JOHN)
        typed = keep_draft(cast[CLINICIAN], EDITH, ASKED, **where)
        chosen = keep_draft(cast[CLINICIAN], None, ASKED, patient_id=known.patient_id, **where)
    keep_draft(cast[CLINICIAN], EDITH, ASKED, **where)
    due = due_for(cast[LEAD])
    assert {each.draft_id for each in due} == {typed, chosen}
    typed_patient = db.session.get_one(Case, typed).patient_id
    remove(cast, *(each.key for each in due))
    assert db.session.get(Case, typed) is None
    assert db.session.get(Case, chosen) is None
    assert not db.session.get(Case, typed)
    assert set(rows_of(typed_patient)) == {"patient"}
    assert len(rows_of(known.patient_id)["mdt_case"]) == 1


def test_the_pages_name_nobody_to_whoever_keeps_the_register(cast: Cast) -> None:
    old = make_old(cast)["patient_id"]
    make_case(cast)
    lead, coordinator = client_for(cast, LEAD), client_for(cast, COORDINATOR)
    page = lead.get("/sharing/retention")
    assert "C-0001" in page.text
    assert not [secret for secret in SECRETS if secret in page.text]
    assert lead.post("/sharing/retention/removals", data={}).status_code == 422
    assert lead.post("/sharing/retention/removals", data={"keys": [str(uuid.uuid4())]}).status_code == 422
    proposed = lead.post("/sharing/retention/removals", data={"keys": [str(old)]})
    assert proposed.status_code == 303
    assert "You proposed this" in lead.get(proposed.location).text
    assert "waits for you to agree" in coordinator.get("/").text
    assert "waits for you to agree" not in lead.get("/").text
    assert coordinator.post(proposed.location, data={}).status_code == 422
    assert coordinator.post(proposed.location, data={"has_looked": "y"}).status_code == 303
    for words, status in (("C-0001", 303), ("C-0999", 422), ("999 000 0018", 422), ("", 422)):
        sent = lead.post("/sharing/retention/holds", data={"whom": words, "reason": "A complaint."})
        assert (words, sent.status_code) == (words, status)
    assert "A complaint." in lead.get("/sharing/retention").text
    assert lead.post("/sharing/retention/lengths", data={"years_after_closing": "0"}).status_code == 422
    assert client_for(cast, CLINICIAN).get("/sharing/retention").status_code == 403


def test_another_network_proposes_and_removes_nothing_here(cast: Cast) -> None:
    old = make_old(cast)["patient_id"]
    with in_network(cast.stranger.network_id):
        assert not due_for(cast[LEAD])
        with pytest.raises(Refusal):
            propose_removal(cast[LEAD], [old])
