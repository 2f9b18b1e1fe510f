import time
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from sqlalchemy import select

from network.access.rules import Role
from network.accounts.commands import deactivate_account, set_sign_in_rules
from network.accounts.records import Account, LinkedIdentity, SignIn
from network.accounts.rules import Identity
from network.identities.commands import link_identity
from network.plumbing.database import db
from tests.cast import Cast, client_for
from tests.markup import faults_of
from tests.network.identities.a_provider import KEY, AProvider
from tests.network.identities.conftest import sent_back, there_and_back
from tests.network.signin.conftest import code_of, verbs

ANOTHER_KEY = RSAKey.generate_key(2048, {"kid": "first"})
NOW = int(time.time())


@pytest.fixture
def amy(cast: Cast, provider: AProvider) -> Account:
    """Link a staff member, who meets no patients, with somebody at the provider."""
    link_identity(cast[Role.STAFF], Identity(provider.issuer, "amy"))
    return cast.accounts[Role.STAFF]


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_a_linked_identity_opens_the_door_and_leads_to_the_page_one_wanted(
    client: FlaskClient, cast: Cast, amy: Account, provider: AProvider
) -> None:
    page = client.get("/sign-in?next=/account?x%3D1").text
    assert "Sign in with Example ID" in page
    assert "/sign-in/with-service?next=/account?x%3D1" in page
    answer = there_and_back(client, "/sign-in/with-service?next=/account?x%3D1")
    assert answer.location == "/account?x=1"
    page = client.get("/account").text
    assert "Another service" in page
    assert "Unlink" in page
    assert not faults_of(page.replace("<form", "<form data-tried"))[1:]
    asked = provider.asks
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) > 10
    assert (asked["scope"], asked["acr_values"]) == ("openid profile", "AAL3")
    assert verbs(cast.network.id)[2:] == ["sign_in_by_identity", "sign_in"]
    assert "may still know you" in client.post("/sign-out", follow_redirects=True).text


@pytest.mark.parametrize("auth_time", [NOW - 3600, None], ids=["an hour ago", "not said"])
def test_whom_the_service_still_knew_has_not_just_shown_who_they_are(
    client: FlaskClient, amy: Account, provider: AProvider, auth_time: int | None
) -> None:
    provider.says = {"auth_time": auth_time}
    assert there_and_back(client).location == "/"
    for path in ("/account/email", "/account/service/link"):
        assert client.get(path).location == f"/account/confirm?next={path}"


LIES = {
    "wrong nonce": {"says": {"nonce": "another"}},
    "no nonce": {"says": {"nonce": None}},
    "wrong audience": {"says": {"aud": "another client"}},
    "meant for another, ours to see": {"says": {"aud": "another client", "azp": "quorate"}},
    "wrong issuer": {"says": {"iss": "http://evil.example"}},
    "expired": {"says": {"exp": NOW - 600}},
    "no end": {"says": {"exp": None}},
    "no subject": {"says": {"sub": None}},
    "a subject that nothing can keep": {"says": {"sub": "amy\0"}},
    "a subject without end": {"says": {"sub": "amy" * 99}},
    "shown at no time there is": {"says": {"auth_time": 1e300}},
    "another's key": {"key": ANOTHER_KEY},
    "not signed": {"algorithm": "none"},
    "signed with the secret that both know": {"algorithm": "HS256"},
}


@pytest.mark.filterwarnings("ignore")
def test_no_lie_opens_the_door(client: FlaskClient, amy: Account, provider: AProvider) -> None:
    for lie, changes in LIES.items():
        for name, value in {"says": {}, "key": KEY, "algorithm": "RS256", **changes}.items():
            setattr(provider, name, value)
        answer = there_and_back(client)
        assert (answer.status_code, answer.location) == (303, "/sign-in"), lie
        assert not is_in(client), lie
    assert "did not work" in client.get("/sign-in").text
    assert verbs() == ["refuse_sign_in"] * len(LIES)


def test_a_way_back_holds_once_and_only_in_the_browser_that_set_out(
    client: FlaskClient, amy: Account, provider: AProvider
) -> None:
    back = sent_back(client, "/sign-in/with-service")
    other = client.application.test_client()
    assert other.get(back).location == "/sign-in"
    assert not is_in(other)
    sent_back(other, "/sign-in/with-service")
    assert other.get(back).location == "/sign-in"
    assert client.get(back).location == "/"
    client.post("/sign-out")
    assert client.get(back).location == "/sign-in"
    assert client.get("/sign-in/back").location == "/sign-in"
    assert not is_in(client)
    # A cookie has room for few: whoever sets out anew has given up the way before.
    for _ in range(9):
        sent_back(client, "/sign-in/with-service")
    with client.session_transaction() as session:
        assert len([name for name in session if name.startswith("_state_")]) == 1


def test_a_way_back_that_took_too_long_is_none(
    client: FlaskClient, amy: Account, provider: AProvider
) -> None:
    back = sent_back(client, "/sign-in/with-service")
    with client.session_transaction() as session:
        session["way"]["begun_at"] -= 601
        session.modified = True
    assert client.get(back).location == "/sign-in"
    assert not is_in(client)


def test_who_is_not_linked_or_shut_out_hears_the_same_and_an_address_proves_nothing(
    client: FlaskClient, cast: Cast, amy: Account, provider: AProvider
) -> None:
    provider.subject, provider.says = "bob", {"email": amy.email, "email_verified": True}
    assert there_and_back(client).location == "/sign-in"
    unknown = client.get("/sign-in").text
    assert "No account here is linked with what you showed at Example ID." in unknown
    deactivate_account(cast[Role.ADMINISTRATOR], amy.id)
    provider.subject = "amy"
    assert there_and_back(client).location == "/sign-in"
    assert "No account here is linked with what you showed at Example ID." in client.get("/sign-in").text
    assert not is_in(client)
    assert db.session.query(LinkedIdentity).count() == 1


def test_whoever_gives_up_there_or_finds_nobody_there_is_told_so(
    client: FlaskClient, amy: Account, provider: AProvider
) -> None:
    provider.refuses = True
    assert there_and_back(client).location == "/sign-in"
    assert "You did not sign in with Example ID." in client.get("/sign-in").text
    client.application.extensions["oidc"].server_metadata.clear()
    client.application.extensions["oidc"]._server_metadata_url = "http://127.0.0.1:9/none"
    assert client.get("/sign-in/with-service").location == "/sign-in"
    assert "Example ID does not answer." in client.get("/sign-in").text


def test_somebody_elses_description_is_not_taken_for_the_providers(
    client: FlaskClient, amy: Account, provider: AProvider
) -> None:
    provider.issuer = "http://evil.example"
    assert client.get("/sign-in/with-service").location == "/sign-in"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"]
)
def test_the_way_leads_to_no_other_house(
    client: FlaskClient, amy: Account, provider: AProvider, wanted: str
) -> None:
    there = client.get("/sign-in/with-service", query_string={"next": wanted})
    back = parse_qs(urlsplit(there.location).query)["redirect_uri"][0]
    assert back == "http://localhost/sign-in/back"
    with client.session_transaction() as session:
        assert session["way"]["next_page"] == "/"


def test_a_code_is_asked_unless_the_network_takes_the_providers_word(
    client: FlaskClient, cast: Cast, provider: AProvider
) -> None:
    clinician = cast.accounts[Role.CLINICIAN]
    link_identity(cast[Role.CLINICIAN], Identity(provider.issuer, "amy"))
    provider.says = {"amr": ["pwd", "otp"]}
    assert there_and_back(client).location.startswith("/sign-in/code")
    assert not is_in(client)
    assert client.post("/sign-in/code", data={"code": code_of(clinician)}).status_code == 302
    assert "Another service and code" in client.get("/account").text
    client.post("/sign-out")
    set_sign_in_rules(cast[Role.ADMINISTRATOR], provider_factor_counts=True)
    assert there_and_back(client).location == "/"
    client.post("/sign-out")
    provider.says = {"amr": ["pwd"]}
    assert there_and_back(client).location.startswith("/sign-in/code")


def test_whoever_has_no_code_sets_one_up_unless_the_network_takes_the_providers_word(
    client: FlaskClient, cast: Cast, provider: AProvider
) -> None:
    clinician = cast.accounts[Role.CLINICIAN]
    clinician.tf_primary_method = clinician.tf_totp_secret = None
    link_identity(cast[Role.CLINICIAN], Identity(provider.issuer, "amy"))
    provider.says = {"acr": "AAL3"}
    assert there_and_back(client).location == "/account/second-factor"
    assert not is_in(client)
    set_sign_in_rules(cast[Role.ADMINISTRATOR], provider_factor_counts=True)
    assert there_and_back(client).location == "/"
    assert is_in(client)
    assert db.session.scalars(select(SignIn)).one().provider_factor
    # What the network takes back, no sign-in keeps.
    set_sign_in_rules(cast[Role.ADMINISTRATOR], provider_factor_counts=False)
    assert client.get("/account").location == "/account/second-factor"


def test_without_a_provider_its_ways_lead_to_the_door(client: FlaskClient, cast: Cast) -> None:
    assert "Sign in with" not in client.get("/sign-in").text
    for path in ("/sign-in/with-service", "/sign-in/back?code=x&state=y", "/invitation-with-service"):
        assert client.get(path).location == "/sign-in"
    theirs = client_for(cast, Role.STAFF)
    for path in ("/account/service/link", "/account/service/confirm", "/account/service"):
        assert theirs.get(path).location == "/account"
