"""The pages of an emergency: who they are for, showing again who one is, and the notice meanwhile."""

import time
from datetime import timedelta

from flask.testing import FlaskClient
from flask_security.utils import hash_password
from passlib.totp import TOTP
from sqlalchemy import select

from mdt.emergencies.commands import end_emergency
from mdt.emergencies.queries import own_openings
from mdt.sharing.records import CareRelation
from mdt.sharing.rules import Reason
from network.access.rules import TABLE, Permission, Role
from network.accounts.commands import set_sign_in_rules
from network.audit.records import AuditEntry
from network.plumbing.database import current_network, db, in_network
from network.signin.security import FRESH_FOR
from tests.cast import Cast, client_for
from tests.mdt.emergencies.scene import WHY, opened
from tests.mdt.scene import NUMBERS, refer

CLINICIAN, COORDINATOR = Role.CLINICIAN, Role.CARE_COORDINATOR
PAGE = "/cases/emergency"
SENT = {"kind": "caring_now", "reason": WHY, "nhs_number": "999 000 0018"}


def stale(cast: Cast) -> FlaskClient:
    """A browser in which somebody signed in a good while ago."""
    client = client_for(cast, CLINICIAN)
    # What ends with the cookie's own request is the network, which the test goes on working in.
    with in_network(current_network()), client.session_transaction() as session:
        session["fs_paa"] = time.time() - FRESH_FOR.total_seconds() - 1
    return client


def refused(cast: Cast) -> list[str]:
    found = select(AuditEntry).where(AuditEntry.verb == "refuse_sign_in")
    about = found.where(AuditEntry.about_id == cast[CLINICIAN].account_id)
    return [entry.details["factor"] for entry in db.session.scalars(about)]


def test_who_signed_in_a_while_ago_shows_again_who_they_are_with_a_code(cast: Cast) -> None:
    refer(cast, Role.VOLUNTARY_MEMBER)
    client = stale(cast)
    assert "Code from your authenticator app" in client.get(PAGE).text
    wrong = client.post(PAGE, data=SENT | {"proof": "000000"})
    assert wrong.status_code == 422
    assert "this one does not fit" in wrong.text
    assert WHY in wrong.text
    assert not own_openings(cast[CLINICIAN])
    assert refused(cast) == ["second factor"]
    code = TOTP.from_source(cast.accounts[CLINICIAN].tf_totp_secret).generate().token
    assert client.post(PAGE, data=SENT | {"proof": f"{code[:3]} {code[3:]}"}).status_code == 303
    assert len(own_openings(cast[CLINICIAN])) == 1
    # Shown once, it need not be shown again at once; and a code opens only once.
    assert "Code from your authenticator app" not in client.get(PAGE).text
    assert stale(cast).post(PAGE, data=SENT | {"proof": code}).status_code == 422


def test_where_no_second_factor_is_set_up_the_password_is_asked_for(cast: Cast) -> None:
    refer(cast, Role.VOLUNTARY_MEMBER)
    set_sign_in_rules(cast[Role.ADMINISTRATOR], second_factor_for_patient_roles=False)
    account = cast.accounts[CLINICIAN]
    account.tf_primary_method = account.tf_totp_secret = None
    account.password = hash_password("correct horse battery")
    client = stale(cast)
    assert "Your password" in client.get(PAGE).text
    for wrong in ("wrong horse", "x" * 12_000):
        assert client.post(PAGE, data=SENT | {"proof": wrong}).status_code == 422
    assert client.post(PAGE, data=SENT).status_code == 422
    assert refused(cast) == ["password"] * 3
    assert client.post(PAGE, data=SENT | {"proof": "correct horse battery"}).status_code == 303


def test_nobody_found_says_the_same_whoever_is_meant(cast: Cast) -> None:
    refer(cast, Role.VOLUNTARY_MEMBER)
    client = client_for(cast, CLINICIAN)
    answer = client.post(PAGE, data=SENT | {"nhs_number": NUMBERS[2]})
    assert answer.status_code == 422
    assert "We found nobody whom you can open in this way." in answer.text
    # Everything that is missing is said at once.
    empty = client.post(PAGE, data={}).text
    for missing in ("Choose why", "Enter what has happened", "Enter the NHS number, or"):
        assert missing in empty


def test_each_page_of_the_person_says_so_while_it_runs_and_to_whom_it_concerns(cast: Cast) -> None:
    opening_id = opened(cast)
    to_one = select(CareRelation.case_id, CareRelation.patient_id).where(CareRelation.case_id.is_not(None))
    case_id, patient_id = db.session.execute(to_one).all()[0]
    opener, coordinator = client_for(cast, CLINICIAN), client_for(cast, COORDINATOR)
    for path in (f"/cases/{case_id}", f"/patients/{patient_id}", f"/tellings/cases/{case_id}"):
        assert "Opened in an emergency</strong> by you, until" in opener.get(path).text, path
        assert f"Opened in an emergency</strong> by {cast[CLINICIAN].name}" in coordinator.get(path).text
        assert "emergency</strong>" not in client_for(cast, Role.VOLUNTARY_MEMBER).get(path).text
    for client in (opener, coordinator):
        assert "Opened in an emergency" in client.get("/").text
    leads_there = f'href="/patients/{patient_id}'
    assert leads_there in opener.get(f"{PAGE}/own").text
    assert leads_there in coordinator.get(f"/sharing/emergencies/{opening_id}").text
    review = client_for(cast, Role.GOVERNANCE_LEAD).get(f"/sharing/emergencies/{opening_id}").text
    assert f'<a href="/audit?account_id={cast[CLINICIAN].account_id}' in review
    assert leads_there not in review
    end_emergency(cast[CLINICIAN], opening_id)
    assert opener.get(f"/cases/{case_id}").status_code == 404
    assert "emergency</strong>" not in coordinator.get(f"/cases/{case_id}").text


def test_the_relation_has_hours_and_no_case_of_its_own(cast: Cast) -> None:
    opened(cast)
    row = db.session.scalars(select(CareRelation).where(CareRelation.reason == Reason.EMERGENCY)).one()
    assert row.case_id is None
    opening = own_openings(cast[CLINICIAN])[0].opening
    assert row.ends_at - opening.opened_at == timedelta(hours=8)


def test_only_who_treats_people_opens_anything_and_only_they_are_led_there(cast: Cast) -> None:
    may = {role for role in Role if Permission.BREAK_GLASS in TABLE[role]}
    assert may == {Role.CHAIR, CLINICIAN, Role.SOCIAL_CARE_MEMBER}
    for role in (CLINICIAN, Role.VOLUNTARY_MEMBER, COORDINATOR):
        found = client_for(cast, role).post("/cases/find", data={"words": "Zzyzx"}).text
        assert ("Open in an emergency" in found) is (role in may)
