from sqlalchemy import select

from network.access.rules import Role
from network.accounts.queries import sign_in_rules
from network.accounts.records import RoleGrant
from network.plumbing.database import db, today
from tests.cast import Cast, client_for, sign_in


def test_an_administrator_sees_the_accounts_of_the_network_only(cast: Cast) -> None:
    page = client_for(cast, Role.ADMINISTRATOR).get("/accounts").text
    for account in cast.accounts.values():
        assert account.email in page
    assert cast.stranger_account.email not in page


def test_an_account_of_another_network_is_not_found(cast: Cast) -> None:
    client = client_for(cast, Role.ADMINISTRATOR)
    for path in (f"/accounts/{cast.stranger_account.id}", f"/accounts/{cast.stranger_account.id}/roles/give"):
        assert client.get(path).status_code == 404


def test_a_role_is_given_and_taken_back(cast: Cast) -> None:
    client, account = client_for(cast, Role.ADMINISTRATOR), cast.accounts[Role.STAFF]
    answer = client.post(
        f"/accounts/{account.id}/roles/give",
        data={"role": "clinic_lead", "organisation_id": str(cast.oak.id), "starts_on": today().isoformat()},
    )
    assert answer.location == f"/accounts/{account.id}"
    grant = db.session.scalars(
        select(RoleGrant).where(RoleGrant.role == Role.CLINIC_LEAD, RoleGrant.account_id == account.id)
    ).one()
    assert (grant.organisation_id, grant.given_by) == (cast.oak.id, cast[Role.ADMINISTRATOR].name)
    assert "Clinic lead" in client.get(answer.location).text
    client.post(f"/accounts/roles/{grant.id}/take-back")
    assert not grant.holds_on(today())


def test_a_form_says_what_is_missing(cast: Cast) -> None:
    client, account = client_for(cast, Role.ADMINISTRATOR), cast.accounts[Role.STAFF]
    answer = client.post(f"/accounts/{account.id}/roles/give", data={"starts_on": "31 2 2026"})
    assert answer.status_code == 422
    assert "Choose the role." in answer.text
    answer = client.post(
        f"/accounts/{account.id}/roles/give",
        data={
            "role": "staff",
            "organisation_id": str(cast.stranger.grants[0].organisation_id),
            "starts_on": "2026-12-07",
        },
    )
    assert answer.status_code == 422


def test_a_role_ends_on_its_page(cast: Cast) -> None:
    client, account = client_for(cast, Role.ADMINISTRATOR), cast.accounts[Role.STAFF]
    grant_id = account.grants[0].id
    assert "Staff member at" in client.get(f"/accounts/roles/{grant_id}/end").text
    client.post(f"/accounts/roles/{grant_id}/end", data={"last_day": today().isoformat()})
    assert account.grants[0].ends_on == today()


def test_shutting_an_account_ends_what_is_signed_in(cast: Cast) -> None:
    client, account = client_for(cast, Role.ADMINISTRATOR), cast.accounts[Role.STAFF]
    theirs = client_for(cast, Role.STAFF)
    client.post(f"/accounts/{account.id}/deactivate")
    assert theirs.get("/").status_code == 303
    client.post(f"/accounts/{account.id}/reactivate")
    assert theirs.get("/").status_code == 303
    assert sign_in(theirs, account).get("/").status_code == 200


def test_an_administrator_signs_others_out(cast: Cast) -> None:
    theirs = client_for(cast, Role.STAFF)
    client_for(cast, Role.ADMINISTRATOR).post(f"/accounts/{cast.accounts[Role.STAFF].id}/sign-out")
    assert theirs.get("/").status_code == 303


def test_the_rules_of_signing_in_are_kept(cast: Cast) -> None:
    client = client_for(cast, Role.ADMINISTRATOR)
    assert client.post("/accounts/rules", data={"idle_minutes": "60"}).status_code == 303
    rules = sign_in_rules(cast.network.id)
    assert (rules.idle_minutes, rules.second_factor_for_patient_roles) == (60, False)
    assert client.post("/accounts/rules", data={"idle_minutes": "2"}).status_code == 422
