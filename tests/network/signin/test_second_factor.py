import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from passlib.totp import TOTP
from sqlalchemy import text

from network.access.rules import PATIENT_FACING, Role
from network.accounts.commands import reset_second_factor, set_sign_in_rules
from network.accounts.records import Account
from network.plumbing.database import db
from tests.cast import Cast, client_for, sign_in
from tests.markup import faults_of
from tests.network.signin.conftest import code_of, enter, verbs


@pytest.fixture
def newcomer(clinician: Account) -> Account:
    """Take the clinician's second factor away."""
    clinician.tf_primary_method = clinician.tf_totp_secret = None
    db.session.commit()
    return clinician


def key_on(page: str) -> TOTP:
    key = re.search(r"<code>([A-Z2-7 -]+)</code>", page).group(1)
    return TOTP(key=key.replace("-", "").replace(" ", ""))


def set_up(client: FlaskClient) -> tuple[str, TOTP]:
    page = client.post("/account/second-factor", data={"setup": "authenticator"})
    assert page.status_code == 200
    target = re.search(r'<form method="post" action="([^"]+)" class="form"', page.text).group(1)
    return target, key_on(page.text)


def test_a_code_is_asked_after_the_password(client: FlaskClient, cast: Cast, clinician: Account) -> None:
    answer = enter(client, clinician.email)
    assert answer.location.startswith("/sign-in/code")
    assert client.get("/account").status_code == 303
    page = client.get(answer.location)
    assert "Enter your code" in page.text
    answer = client.post("/sign-in/code", data={"code": code_of(clinician)})
    assert (answer.status_code, answer.location) == (302, "/")
    assert client.get("/account").status_code == 200
    assert verbs(cast.network.id) == ["sign_in"]


def test_a_code_opens_the_door_once(client: FlaskClient, clinician: Account) -> None:
    code = code_of(clinician)
    enter(client, clinician.email)
    assert client.post("/sign-in/code", data={"code": code}).status_code == 302
    client.post("/sign-out")
    enter(client, clinician.email)
    assert client.post("/sign-in/code", data={"code": code}).status_code == 422


@pytest.mark.parametrize("code", ["000000", "", "12345", "abcdef", "1" * 400])
def test_a_wrong_code_opens_nothing(client: FlaskClient, cast: Cast, clinician: Account, code: str) -> None:
    enter(client, clinician.email)
    answer = client.post("/sign-in/code", data={"code": code})
    assert answer.status_code == 422
    assert client.get("/account").status_code == 303


def test_a_wrong_code_leaves_an_entry(client: FlaskClient, cast: Cast, clinician: Account) -> None:
    enter(client, clinician.email)
    client.post("/sign-in/code", data={"code": "000000"})
    assert verbs(cast.network.id) == ["refuse_sign_in"]


def test_codes_cannot_be_guessed(client: FlaskClient, clinician: Account) -> None:
    enter(client, clinician.email)
    answers = [
        client.post("/sign-in/code", data={"code": f"{number:06}"}).status_code for number in range(11)
    ]
    assert answers == [422] * 10 + [429]
    again = client.application.test_client()
    enter(again, clinician.email)
    assert again.post("/sign-in/code", data={"code": code_of(clinician)}).status_code == 429


def test_the_code_page_is_of_no_use_without_a_password(client: FlaskClient, clinician: Account) -> None:
    for path in ("/sign-in/code", "/sign-in/recovery-code", "/account/second-factor"):
        assert client.post(path, data={"code": code_of(clinician)}).location == "/sign-in"


def test_a_patient_facing_role_sets_a_second_factor_up_before_it_gets_in(
    client: FlaskClient, cast: Cast, newcomer: Account
) -> None:
    assert enter(client, newcomer.email).location == "/account/second-factor"
    assert client.get("/account").status_code == 303
    assert "Second factor" in client.get("/account/second-factor").text
    target, key = set_up(client)
    assert client.post(target, data={"code": key.generate().token}).status_code == 302
    assert client.get("/account").status_code == 200
    assert newcomer.has_second_factor
    assert verbs(cast.network.id) == ["set_second_factor", "sign_in"]


def test_every_role_that_meets_patients_needs_one_a_learner_too(cast: Cast) -> None:
    assert Role.LEARNER in PATIENT_FACING
    for role in PATIENT_FACING:
        account = cast.accounts[role]
        account.tf_primary_method = account.tf_totp_secret = None
        assert client_for(cast, role).get("/account").location == "/account/second-factor", role


def test_whoever_is_signed_in_without_one_gets_no_further(cast: Cast, newcomer: Account) -> None:
    client = sign_in(client_for(cast, Role.CLINICIAN), newcomer)
    answer = client.get("/")
    assert (answer.status_code, answer.location) == (303, "/account/second-factor")


def test_the_network_may_do_without(client: FlaskClient, cast: Cast, newcomer: Account) -> None:
    set_sign_in_rules(cast[Role.ADMINISTRATOR], second_factor_for_patient_roles=False)
    assert enter(client, newcomer.email).location == "/"
    assert client.get("/").status_code == 200


def test_other_roles_need_none_but_may_have_one(client: FlaskClient, cast: Cast, manager: Account) -> None:
    enter(client, manager.email)
    target, key = set_up(client)
    assert client.post(target, data={"code": key.generate().token}).location == "/account"
    assert manager.has_second_factor
    client.post("/sign-out")
    assert enter(client, manager.email).location.startswith("/sign-in/code")


def test_a_second_factor_that_is_not_confirmed_is_none(client: FlaskClient, manager: Account) -> None:
    enter(client, manager.email)
    target, _ = set_up(client)
    client.post(target, data={"code": "000000"})
    assert not manager.has_second_factor


def test_who_must_have_one_cannot_remove_it(cast: Cast) -> None:
    client = client_for(cast, Role.CLINICIAN)
    assert "Remove the second factor" not in client.get("/account/second-factor").text
    assert client.post("/account/second-factor", data={"setup": "disable"}).status_code == 422
    assert cast.accounts[Role.CLINICIAN].has_second_factor


def test_who_need_not_have_one_can(cast: Cast, clinician: Account) -> None:
    set_sign_in_rules(cast[Role.ADMINISTRATOR], second_factor_for_patient_roles=False)
    client = client_for(cast, Role.CLINICIAN)
    assert "Remove the second factor" in client.get("/account/second-factor").text
    assert client.post("/account/second-factor", data={"setup": "disable"}).location == "/account"
    assert not clinician.has_second_factor
    assert verbs(cast.network.id)[-1] == "remove_second_factor"


def test_changing_it_asks_for_the_password_again_after_a_while(
    client: FlaskClient, cast: Cast, manager: Account
) -> None:
    enter(client, manager.email)
    target, key = set_up(client)
    client.post(target, data={"code": key.generate().token})
    with client.session_transaction() as session:
        session["fs_paa"] -= timedelta(minutes=16).total_seconds()
        session.pop("fs_gexp", None)
    for path in ("/account/second-factor", "/account/recovery-codes"):
        answer = client.post(path, data={"setup": "authenticator"})
        assert answer.location.startswith("/account/confirm?next=")
    page = client.get(answer.location)
    assert "Enter your password again" in page.text
    assert client.post("/account/confirm", data={"password": "wrong words in here"}).status_code == 422
    answer = client.post(
        "/account/confirm", data={"password": "three random words here", "next": "/account/recovery-codes"}
    )
    assert answer.location == "/account/recovery-codes"
    assert client.get("/account/recovery-codes").status_code == 200


def make_codes(client: FlaskClient) -> list[str]:
    page = client.post("/account/recovery-codes", data={"generate_new_codes": "y"}).text
    return re.findall(r"<li><code>([0-9a-f-]+)</code></li>", page)


def test_without_a_second_factor_there_is_nothing_to_recover(client: FlaskClient, manager: Account) -> None:
    enter(client, manager.email)
    assert 'href="/account/recovery-codes"' not in client.get("/account").text
    for ask in (client.get, client.post):
        answer = ask("/account/recovery-codes", data={"generate_new_codes": "y"})
        assert (answer.status_code, answer.location) == (303, "/account/second-factor")
    assert manager.mf_recovery_codes is None
    assert "a recovery code stands in for it" in client.get("/account/second-factor").text


def test_a_recovery_code_opens_the_door_once(client: FlaskClient, cast: Cast, clinician: Account) -> None:
    codes = make_codes(client_for(cast, Role.CLINICIAN))
    assert len(set(codes)) == 8
    enter(client, clinician.email)
    assert client.post("/sign-in/recovery-code", data={"code": codes[3].upper()}).status_code == 302
    assert client.get("/account").status_code == 200
    assert "7 unused codes" in client.get("/account").text
    client.post("/sign-out")
    enter(client, clinician.email)
    assert client.post("/sign-in/recovery-code", data={"code": codes[3]}).status_code == 422
    assert client.post("/sign-in/recovery-code", data={"code": codes[4]}).status_code == 302
    assert verbs(cast.network.id)[:3] == ["make_recovery_codes", "use_recovery_code", "sign_in"]


def test_new_codes_end_the_old_ones(client: FlaskClient, cast: Cast, clinician: Account) -> None:
    theirs = client_for(cast, Role.CLINICIAN)
    old, new = make_codes(theirs), make_codes(theirs)
    enter(client, clinician.email)
    assert client.post("/sign-in/recovery-code", data={"code": old[0]}).status_code == 422
    assert client.post("/sign-in/recovery-code", data={"code": new[0]}).status_code == 302


def test_codes_are_shown_once_and_kept_as_hashes(cast: Cast, clinician: Account) -> None:
    client = client_for(cast, Role.CLINICIAN)
    codes = make_codes(client)
    page = client.get("/account/recovery-codes", query_string={"show_codes": "y"}).text
    assert not [code for code in codes if code in page]
    kept = str(clinician.mf_recovery_codes)
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


def test_the_secret_is_sealed_in_the_table_and_in_the_browser(client: FlaskClient, manager: Account) -> None:
    enter(client, manager.email)
    target, key = set_up(client)
    with client.session_transaction() as session:
        assert key.base32_key not in str(dict(session))
        assert session["tf_totp_secret"].startswith("gAAAA")
    client.post(target, data={"code": key.generate().token})
    raw = db.session.scalar(text("select tf_totp_secret from account where id = :id"), {"id": manager.id})
    assert raw.startswith("gAAAA")
    assert key.base32_key in manager.tf_totp_secret


def test_an_administrator_helps_who_lost_theirs(client: FlaskClient, cast: Cast, clinician: Account) -> None:
    theirs = client_for(cast, Role.CLINICIAN)
    reset_second_factor(cast[Role.ADMINISTRATOR], clinician.id)
    assert theirs.get("/account").status_code == 303
    assert enter(client, clinician.email).location == "/account/second-factor"


def test_the_pages_on_the_way_can_be_read(
    client: FlaskClient, cast: Cast, clinician: Account, manager: Account, app
) -> None:
    enter(client, clinician.email)
    pages = [client.get(path) for path in ("/sign-in/code", "/sign-in/recovery-code", "/sign-in/help")]
    other = app.test_client()
    enter(other, manager.email)
    pages.append(other.post("/account/second-factor", data={"setup": "authenticator"}))
    theirs = client_for(cast, Role.CLINICIAN)
    pages.append(theirs.post("/account/recovery-codes", data={"generate_new_codes": "y"}))
    assert [page.status_code for page in pages] == [200] * 5
    assert not [fault for page in pages for fault in faults_of(page.text) if "no token" not in fault]
