import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from network.access.rules import Role
from network.accounts.records import Account, LinkedIdentity
from network.accounts.rules import Identity
from network.identities.commands import link_identity
from network.invitations.commands import invite_person
from network.plumbing.database import db
from tests.cast import Cast, client_for
from tests.network.identities.a_provider import AProvider
from tests.network.identities.conftest import there_and_back
from tests.network.signin.conftest import letters, verbs


@pytest.fixture
def theirs(cast: Cast, provider: AProvider) -> FlaskClient:
    return client_for(cast, Role.STAFF)


def linked() -> list[LinkedIdentity]:
    return list(db.session.scalars(select(LinkedIdentity)))


def make_stale(client: FlaskClient) -> None:
    with client.session_transaction() as session:
        session["fs_paa"] -= 16 * 60


def test_an_account_is_linked_by_its_owner_after_a_question_and_unlinked_again(
    theirs: FlaskClient, cast: Cast, provider: AProvider
) -> None:
    assert "Link Example ID" in theirs.get("/account").text
    assert there_and_back(theirs, "/account/service/link").location == "/account/service"
    assert linked() == []
    assert "Is this a computer that others use too?" in theirs.get("/account/service").text
    assert theirs.post("/account/service").location == "/account"
    assert "You can sign in with Example ID now." in theirs.get("/account").text
    [link] = linked()
    assert (link.issuer, link.subject, link.account_id) == (
        provider.issuer,
        "amy",
        cast.accounts[Role.STAFF].id,
    )
    # Whoever did it in a browser left open does not read the owner's letters.
    [letter] = letters()
    assert letter.recipient == cast.accounts[Role.STAFF].email
    assert "Example ID" in letter.body
    # What was shown serves once.
    assert theirs.post("/account/service").location == "/account"
    assert "done already" in theirs.get("/account").text
    assert (
        "only way into your account: set a password first"
        in theirs.get(f"/account/service/{link.id}/unlink").text
    )
    assert "<h1>Set a password</h1>" in theirs.get("/account/password").text
    answer = theirs.post(f"/account/service/{link.id}/unlink")
    assert (answer.status_code, "Set a password first." in answer.text) == (409, True)
    cast.accounts[Role.STAFF].password = "something hashed"
    assert "You will sign in with your password" in theirs.get(f"/account/service/{link.id}/unlink").text
    assert theirs.post(f"/account/service/{link.id}/unlink").location == "/account"
    assert linked() == []
    assert len(letters()) == 2
    assert verbs(cast.network.id) == ["link_identity", "send_mail", "unlink_identity", "send_mail"]


def test_linking_needs_a_fresh_sign_in_and_an_identity_of_nobody_elses(
    theirs: FlaskClient, cast: Cast, provider: AProvider
) -> None:
    link_identity(cast[Role.ADMINISTRATOR], Identity(provider.issuer, "amy"))
    there_and_back(theirs, "/account/service/link")
    theirs.post("/account/service")
    assert "It is linked to another account" in theirs.get("/account").text
    others = linked()[0].id
    assert theirs.get(f"/account/service/{others}/unlink").status_code == 404
    provider.subject = "bob"
    there_and_back(theirs, "/account/service/link")
    make_stale(theirs)
    assert theirs.get("/account/service/link").location == "/account/confirm?next=/account/service/link"
    assert theirs.post("/account/service").location == "/account"
    assert len(linked()) == 1


def test_an_identity_shown_for_one_thing_serves_for_no_other(
    theirs: FlaskClient, cast: Cast, provider: AProvider
) -> None:
    secret = invite_person(cast[Role.ADMINISTRATOR], "new@example.org", Role.STAFF, cast.elm.id).secret
    assert there_and_back(theirs, f"/invitation/{secret}/with-service").location == "/invitation-with-service"
    assert theirs.post("/account/service").location == "/account"
    assert linked() == []


def test_whoever_signs_in_there_again_has_shown_who_they_are(
    theirs: FlaskClient, cast: Cast, provider: AProvider
) -> None:
    link_identity(cast[Role.STAFF], Identity(provider.issuer, "amy"))
    make_stale(theirs)
    page = theirs.get("/account/confirm?next=/account/email").text
    assert "/account/service/confirm?next=/account/email" in page
    way = "/account/service/confirm?next=/account/email"
    # A provider that does not say when it asked, asked long ago, or speaks of somebody else, proves nothing.
    for subject, says in (("amy", {"auth_time": None}), ("amy", {"auth_time": 1}), ("bob", {})):
        provider.subject, provider.says = subject, says
        assert there_and_back(theirs, way).location == "/account"
        assert theirs.get("/account/email").location.startswith("/account/confirm")
    provider.subject, provider.says = "amy", {}
    assert there_and_back(theirs, way).location == "/account/email"
    assert provider.asks["prompt"] == "login"
    assert provider.asks["max_age"] == "0"
    assert theirs.get("/account/email").status_code == 200


def test_an_invitation_is_accepted_without_a_password(
    client: FlaskClient, cast: Cast, provider: AProvider
) -> None:
    secret = invite_person(cast[Role.ADMINISTRATOR], "new@example.org", Role.STAFF, cast.elm.id).secret
    assert "sign in with Example ID" in client.get(f"/invitation/{secret}").text
    assert client.get("/invitation/nonsense/with-service").status_code == 404
    there_and_back(client, f"/invitation/{secret}/with-service")
    assert "You have just signed in with Example ID" in client.get("/invitation-with-service").text
    assert client.post("/invitation-with-service").location == "/sign-in"
    assert client.post("/invitation-with-service").location == "/sign-in"
    account = db.session.scalars(select(Account).where(Account.email == "new@example.org")).one()
    assert account.password is None
    assert there_and_back(client).location == "/"
    assert client.get("/account").status_code == 200


def test_an_identity_of_an_account_makes_no_second_one(
    client: FlaskClient, cast: Cast, provider: AProvider
) -> None:
    link_identity(cast[Role.STAFF], Identity(provider.issuer, "amy"))
    secret = invite_person(cast[Role.ADMINISTRATOR], "new@example.org", Role.STAFF, cast.elm.id).secret
    there_and_back(client, f"/invitation/{secret}/with-service")
    assert client.post("/invitation-with-service").location == "/sign-in"
    assert "It is linked to another account" in client.get("/sign-in").text
    assert db.session.scalars(select(Account).where(Account.email == "new@example.org")).all() == []
    assert client.get(f"/invitation/{secret}").status_code == 200
