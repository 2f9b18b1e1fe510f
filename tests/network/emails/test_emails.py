import re
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from network.access.rules import Role
from network.accounts.commands import sign_out_everywhere
from network.accounts.records import Account
from network.plumbing.database import db, now
from network.plumbing.mail import Letter
from tests.cast import Cast, client_for
from tests.markup import faults_of
from tests.network.signin.conftest import clinician, enter, hashed, letters, link_in, manager, verbs

# The fixtures of the door are of use here too.
__all__ = ["clinician", "hashed", "manager"]

NEW = "new.address@example.org"


def ask(client: FlaskClient, email: str = NEW):
    return client.post("/account/email", data={"email": email}, follow_redirects=True)


def letter_to(recipient: str) -> Letter:
    return [letter for letter in letters() if letter.recipient == recipient][-1]


@pytest.fixture
def theirs(cast: Cast, manager: Account) -> FlaskClient:
    return client_for(cast, Role.WORKFORCE_MANAGER)


@pytest.mark.parametrize("first", ["old", "new"])
def test_the_address_changes_when_both_ends_have_confirmed_it(
    client: FlaskClient, theirs: FlaskClient, cast: Cast, manager: Account, first: str
) -> None:
    before = manager.email
    page = ask(theirs, f" {NEW.upper()} ").text
    assert "Two letters are on their way" in page
    assert "Neither address has confirmed it yet" in page
    ends = [link_in(letter_to(before)), link_in(letter_to(NEW))]
    if first == "new":
        ends.reverse()
    assert ends[0] != ends[1]
    # A link that is only looked at, as scanners of mail do, confirms nothing.
    for link in ends:
        page = client.get(link)
        assert "Confirm the change" in page.text
        assert not [fault for fault in faults_of(page.text) if "no token" not in fault]
    assert "Confirmed at this end" in client.post(ends[0]).text
    assert "Confirmed at this end" in client.post(ends[0]).text
    db.session.refresh(manager)
    assert manager.email == before
    assert enter(client.application.test_client(), NEW).status_code == 422
    assert client.post(ends[1]).location == "/sign-in"
    db.session.refresh(manager)
    assert manager.email == NEW
    assert theirs.get("/account").status_code == 303
    assert enter(client.application.test_client(), before).status_code == 422
    assert enter(client.application.test_client(), NEW).status_code == 302
    assert client.post(ends[1]).status_code == client.get(ends[0]).status_code == 404
    done = [letter.recipient for letter in letters() if "was changed" in letter.subject]
    assert sorted(done) == sorted([before, NEW])
    assert verbs(cast.network.id)[0] == "ask_for_new_email"
    assert "change_email" in verbs(cast.network.id)


def test_this_was_not_me_stops_the_change_and_whoever_asked(
    client: FlaskClient, theirs: FlaskClient, cast: Cast, manager: Account
) -> None:
    ask(theirs)
    old, new = link_in(letter_to(manager.email)), link_in(letter_to(NEW))
    assert "This was not me" in client.get(old).text
    assert "This was not me" not in client.get(new).text
    assert client.post(f"{new}/not-me").status_code == 404
    client.post(new)
    assert client.post(f"{old}/not-me").location == "/forgotten-password"
    assert "Nothing was changed" in client.get("/forgotten-password").text
    assert theirs.get("/account").status_code == 303
    assert client.post(old).status_code == client.post(new).status_code == 404
    assert verbs(cast.network.id)[-1] == "refuse_new_email"


def test_nobody_learns_whether_an_address_has_an_account(
    theirs: FlaskClient, cast: Cast, manager: Account
) -> None:
    taken = cast.accounts[Role.STAFF].email
    free, known = ask(theirs, NEW).text, ask(theirs, taken).text
    assert told(free, NEW) == told(known, taken)
    assert len(letters()) == 4
    body = letter_to(taken).body
    assert "belongs to your account already" in body
    assert "http" not in body
    # Its owner alone could confirm, and has no link: the old end by itself changes nothing.
    assert "Confirmed at this end" in theirs.post(link_in(letter_to(manager.email))).text
    db.session.refresh(manager)
    assert manager.email != taken


def told(page: str, email: str) -> str:
    shown = re.sub(r'(nonce|content|value)="[^"]*"|\d\d:\d\d', "", page)
    return shown.replace(email, "the address")


def test_an_address_that_somebody_took_meanwhile_is_not_given_twice(
    client: FlaskClient, theirs: FlaskClient, cast: Cast, manager: Account
) -> None:
    ask(theirs)
    client.post(link_in(letter_to(manager.email)))
    cast.accounts[Role.STAFF].email = NEW
    answer = client.post(link_in(letter_to(NEW)))
    assert answer.status_code == 409
    assert "There is an account with this address by now." in answer.text


def test_a_change_ends_after_a_day_with_the_next_one_and_with_its_sign_ins(
    client: FlaskClient, theirs: FlaskClient, cast: Cast, manager: Account
) -> None:
    ask(theirs)
    first = link_in(letter_to(NEW))
    ask(theirs, "another@example.org")
    assert client.get(first).status_code == 404
    second = link_in(letter_to("another@example.org"))
    with time_machine.travel(now() + timedelta(hours=24, minutes=1)):
        assert client.get(second).status_code == 404
    assert client.get(second).status_code == 200
    assert theirs.post("/account/email/drop").location == "/account"
    assert client.get(second).status_code == 404
    ask(theirs)
    sign_out_everywhere(cast[Role.ADMINISTRATOR], manager.id)
    assert client.post(link_in(letter_to(NEW))).status_code == 404


def test_asking_needs_a_fresh_sign_in_and_an_address_and_has_an_end(
    theirs: FlaskClient, manager: Account
) -> None:
    for email, sentence in (
        ("", "Enter the new email address."),
        ("nonsense", "Enter an email address, such as name@example.org."),
        (manager.email.upper(), "Enter an address that you do not have now."),
    ):
        answer = theirs.post("/account/email", data={"email": email})
        assert answer.status_code == 422
        assert sentence in answer.text
    assert letters() == []
    assert [ask(theirs).status_code for _ in range(3)][-1] == 429
    with theirs.session_transaction() as session:
        session["fs_paa"] -= 16 * 60
    assert theirs.get("/account/email").location == "/account/confirm?next=/account/email"
