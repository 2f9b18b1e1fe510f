import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from network.access.rules import Role
from network.accounts.queries import find_account, workplace_of
from network.accounts.records import Invitation
from network.invitations.commands import InvitationGone, accept_invitation, invite_person, withdraw_invitation
from network.invitations.routes import NEWCOMER
from network.plumbing.database import db, now
from network.plumbing.mail import Letter
from network.plumbing.refusals import Invalid, NotFound, Refusal
from network.plumbing.settings import Environment
from tests import makers
from tests.cast import Cast, client_for, sign_in

EMAIL, PASSWORD = "new@example.org", "three random words here"


@pytest.fixture
def secret(cast: Cast) -> str:
    return invite_person(cast[Role.ADMINISTRATOR], EMAIL, Role.TRAINEE, cast.oak.id).secret


def the_invitation() -> Invitation:
    return db.session.scalars(select(Invitation)).one()


def test_a_letter_leads_to_an_account_with_its_role(client: FlaskClient, cast: Cast) -> None:
    person = makers.make_engagement(cast.elm).person
    administrators = client_for(cast, Role.ADMINISTRATOR)
    answer = administrators.post(
        "/accounts/invite",
        data={
            "email": f" {EMAIL} ",
            "role": "trainee",
            "organisation_id": str(cast.elm.id),
            "person_id": str(person.id),
        },
    )
    assert answer.location == "/accounts/invitations"
    assert EMAIL in administrators.get("/accounts/invitations").text
    letter = db.session.scalars(select(Letter)).one()
    link = re.search(r"http://localhost(/invitation/\S+)", letter.body).group(1)
    assert letter.recipient == EMAIL
    assert "as Trainee at Elm Surgery" in client.get(link).text
    answer = client.post(link, data={"password": PASSWORD, "again": PASSWORD})
    assert answer.location == "/sign-in"
    assert client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD}).location == "/"
    actor = workplace_of(find_account(EMAIL)).actor
    assert (actor.person_id, actor.grants[0].role, actor.network_id) == (
        person.id,
        Role.TRAINEE,
        cast.network.id,
    )


def test_only_the_hash_of_the_link_is_kept(cast: Cast, secret: str) -> None:
    assert len(secret) >= 43
    assert secret not in str(vars(the_invitation()))


def test_a_link_works_once(client: FlaskClient, cast: Cast, secret: str) -> None:
    accept_invitation(NEWCOMER, secret, PASSWORD)
    with pytest.raises(InvitationGone):
        accept_invitation(NEWCOMER, secret, PASSWORD)
    assert client.get(f"/invitation/{secret}").status_code == 404


def test_a_link_holds_for_seven_days(client: FlaskClient, cast: Cast, secret: str) -> None:
    assert the_invitation().expires_at - the_invitation().invited_at >= timedelta(days=7) - timedelta(
        seconds=5
    )
    the_invitation().expires_at = now()
    assert client.get(f"/invitation/{secret}").status_code == 404
    with pytest.raises(InvitationGone):
        accept_invitation(NEWCOMER, secret, PASSWORD)


def test_a_withdrawn_link_is_worthless(client: FlaskClient, cast: Cast, secret: str) -> None:
    answer = client_for(cast, Role.ADMINISTRATOR).post(
        f"/accounts/invitations/{the_invitation().id}/withdraw"
    )
    assert answer.status_code == 303
    assert client.get(f"/invitation/{secret}").status_code == 404
    with pytest.raises(Refusal, match="does not hold"):
        withdraw_invitation(cast[Role.ADMINISTRATOR], the_invitation().id)


@pytest.mark.parametrize("guess", ["x", "0" * 43])
def test_a_guessed_link_leads_nowhere(client: FlaskClient, cast: Cast, secret: str, guess: str) -> None:
    answer = client.get(f"/invitation/{guess}")
    assert answer.status_code == 404
    assert "Ask for a new one" in answer.text


def test_links_cannot_be_guessed_without_end(client: FlaskClient, cast: Cast) -> None:
    answers = [client.post(f"/invitation/guess{number}").status_code for number in range(31)]
    assert answers == [404] * 30 + [429]


@pytest.mark.parametrize(("password", "again"), [("short", "short"), (PASSWORD, "other"), ("", "")])
def test_a_password_that_cannot_be_makes_no_account(
    client: FlaskClient, cast: Cast, secret: str, password: str, again: str
) -> None:
    answer = client.post(f"/invitation/{secret}", data={"password": password, "again": again})
    assert answer.status_code == 422
    assert find_account(EMAIL) is None
    assert the_invitation().used_at is None


def test_whoever_has_an_account_signs_in_and_gets_the_role(client: FlaskClient, cast: Cast) -> None:
    owner = cast.stranger_account
    invited = invite_person(cast[Role.ADMINISTRATOR], owner.email, Role.STAFF, cast.elm.id)
    path = f"/invitation/{invited.secret}"
    assert client.get(path).location == f"/sign-in?next={path}"
    assert client.post(path, data={"password": PASSWORD, "again": PASSWORD}).location.startswith("/sign-in")
    others = client_for(cast, Role.STAFF)
    assert others.post(path).location.startswith("/sign-in")
    sign_in(client, owner)
    assert "Accept the invitation" in client.get(path).text
    assert client.post(path).location == "/account"
    assert {network.id for network in workplace_of(owner).networks} == {
        cast.network.id,
        cast.stranger.network_id,
    }


def test_a_link_does_not_set_the_password_of_an_account_there_is(cast: Cast) -> None:
    invited = invite_person(cast[Role.ADMINISTRATOR], cast.stranger_account.email, Role.STAFF, cast.elm.id)
    with pytest.raises(NotFound):
        accept_invitation(NEWCOMER, invited.secret, PASSWORD)
    assert cast.stranger_account.password is None


def test_only_people_with_a_post_and_no_account_can_be_linked(cast: Cast) -> None:
    outsider = makers.make_person("Outsider")
    for person_id in (outsider.id, cast.accounts[Role.STAFF].person_id):
        with pytest.raises(Invalid, match="no account yet"):
            invite_person(cast[Role.ADMINISTRATOR], EMAIL, Role.STAFF, cast.elm.id, person_id)


def test_the_form_says_what_is_missing(cast: Cast) -> None:
    answer = client_for(cast, Role.ADMINISTRATOR).post(
        "/accounts/invite", data={"email": "nonsense", "role": "chief"}
    )
    assert answer.status_code == 422
    assert "Enter an email address, such as name@example.org." in answer.text
    assert find_account("nonsense") is None


def test_without_mail_the_link_is_shown_once_to_be_handed_over(app: Flask, cast: Cast, monkeypatch) -> None:
    client = client_for(cast, Role.ADMINISTRATOR)
    settings = replace(app.extensions["settings"], environment=Environment.PRODUCTION)
    monkeypatch.setitem(app.extensions, "settings", settings)
    data = {"email": EMAIL, "role": "staff", "organisation_id": str(cast.elm.id)}
    page = client.post("/accounts/invite", data=data)
    link = re.search(r"http://localhost(/invitation/[\w-]+)", page.text).group(1)
    assert client.application.test_client().get(link).status_code == 200
    assert link not in client.get("/accounts/invitations").text
