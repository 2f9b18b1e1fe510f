"""Every night each chain is checked; what was found then binds whoever would write another past."""

from datetime import timedelta

import psycopg
import pytest
import time_machine
from sqlalchemy import func, select

from network.access.rules import Role
from network.accounts.commands import set_sign_in_rules
from network.audit import chain
from network.audit.chain import Anchor, broken_anchor, check_chain
from network.audit.records import AuditEntry, ChainCheck
from network.audit.rules import PLATFORM, START, Entry, seal
from network.backups import make_backup
from network.plumbing import encryption
from network.plumbing.database import db, in_network, now
from network.plumbing.mail import Letter
from network.plumbing.queue import NIGHTLY
from network.upkeep.queries import broken_for
from network.upkeep.tasks import check_every_chain
from tests.cast import Cast, client_for


@pytest.fixture
def checked(cast: Cast) -> Cast:
    """A network with three entries, checked in the night before."""
    with time_machine.travel(now() - timedelta(hours=9)):
        for minutes in (20, 25, 30):
            set_sign_in_rules(cast[Role.ADMINISTRATOR], minutes)
        check_every_chain(None)
    return cast


def forge(app, *attacks: str) -> None:
    db.session.commit()
    with psycopg.connect(app.extensions["settings"].owner_url) as owner:
        owner.execute("alter table audit_entry disable trigger user")
        for attack in attacks:
            owner.execute(attack)
        owner.execute("alter table audit_entry enable trigger user")


def write_anew(app, network_id) -> None:
    """Rewrite a chain from its second entry on, with hashes and an end that fit."""
    with in_network(network_id):
        rows = db.session.execute(select(AuditEntry.__table__).order_by(AuditEntry.number)).mappings().all()
    previous, attacks = START, []
    for row in rows:
        values = dict(row) | {"previous": previous}
        kept = values.pop("hash")
        if values["number"] == 2:
            values["actor"] = "Eve"
        previous = seal(Entry(**values))
        assert values["number"] != 1 or previous == kept
        attacks.append(
            f"update audit_entry set actor = '{values['actor']}', previous = '{values['previous']}',"
            f" hash = '{previous}' where number = {values['number']} and network_id = '{network_id}'"
        )
    attacks.append(f"update audit_head set hash = '{previous}' where network_id = '{network_id}'")
    forge(app, *attacks)


def test_a_check_is_kept_and_signed_for_each_chain_and_told_to_investigators_alone(checked: Cast) -> None:
    assert NIGHTLY["upkeep.check_trail"] is check_every_chain
    for network_id in (PLATFORM, checked.network.id, checked.stranger.network_id):
        with in_network(network_id):
            assert db.session.scalars(select(ChainCheck.broken)).all() == [""]
        assert check_chain(network_id).broken is None
    assert "Last checked on" in client_for(checked, Role.ADMINISTRATOR).get("/audit").text


def test_a_chain_written_anew_with_hashes_that_fit_is_found(checked: Cast, app) -> None:
    write_anew(app, checked.network.id)
    broken = check_chain(checked.network.id).broken
    assert broken.number == 3
    assert broken.said.startswith("Entry 3 is not the one that was there on ")
    answer = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert answer.exit_code == 1
    assert f"Broken: the chain of {checked.network.name}. Entry 3 is not the one" in answer.output


def test_without_any_check_left_a_backup_that_lies_elsewhere_still_tells(
    checked: Cast, app, addresses, tmp_path
) -> None:
    path, settings = tmp_path / "quorate.backup", app.extensions["settings"]
    db.session.commit()
    make_backup(settings, app.extensions["keyring"], db.metadata, path, print)
    write_anew(app, checked.network.id)
    forge(app, "delete from chain_check")
    runner = app.test_cli_runner()
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    answer = runner.invoke(args=["audit", "verify", "--backup", str(path)])
    assert answer.exit_code == 1
    assert "is not the one that was there on" in answer.output


@pytest.mark.parametrize(
    ("attacks", "said"),
    [
        (["update audit_entry set actor = 'Eve' where number = 2"], "Entry 2 has been changed."),
        (["delete from audit_entry where number = 2"], "Entry 2 is missing."),
        (
            [
                "delete from audit_entry where number > 1",
                "update audit_head set number = 1, hash = (select hash from audit_entry where number = 1"
                " and network_id = audit_head.network_id)",
            ],
            ", is gone.",
        ),
        (["update chain_check set number = 1"], "is not signed with this installation's QUORATE_INDEX_KEY."),
        (["update audit_head set number = 2"], "The chain ends at entry 4, but 2 were written."),
    ],
)
def test_whatever_was_done_to_it_is_found(checked: Cast, app, attacks: list[str], said: str) -> None:
    forge(app, *attacks)
    assert check_chain(checked.network.id).broken.said.endswith(said)


def test_a_break_is_told_once_to_those_who_investigate_and_stays_on_their_first_page(
    checked: Cast, app
) -> None:
    write_anew(app, checked.network.id)
    for _ in range(2):
        check_every_chain(None)
    letters = db.session.scalars(select(Letter)).all()
    told = {checked.accounts[role].email for role in (Role.ADMINISTRATOR, Role.GOVERNANCE_LEAD)}
    assert sorted(letter.recipient for letter in letters) == sorted(told)
    assert "Entry 3 is not the one that was there" in letters[0].body
    assert broken_for(checked[Role.GOVERNANCE_LEAD]) == [check_chain(checked.network.id).broken.said]
    assert broken_for(checked[Role.CHAIR]) == []
    lead = client_for(checked, Role.GOVERNANCE_LEAD)
    assert "The audit trail does not hold" in lead.get("/").text
    assert "The trail is broken." in lead.get("/audit").text


def test_what_is_written_while_the_chain_is_read_breaks_nothing(checked: Cast, app, monkeypatch) -> None:
    before = chain._chain

    def meanwhile(*read):
        with app.app_context(), in_network(checked.network.id):
            set_sign_in_rules(checked[Role.ADMINISTRATOR], 35)
        return before(*read)

    monkeypatch.setattr(chain, "_chain", meanwhile)
    assert check_chain(checked.network.id).broken is None
    with in_network(checked.network.id):
        assert db.session.scalar(select(func.max(AuditEntry.number))) == 5


def test_a_night_that_found_a_break_vouches_for_nothing() -> None:
    at = now()
    assert broken_anchor(PLATFORM, [Anchor(at, 0, "x")], {}) is None
    assert broken_anchor(PLATFORM, [Anchor(at, 1, "x")], {1: "x"}) is None
    assert broken_anchor(PLATFORM, [Anchor(at, 1, "x", is_signed=False)], {1: "x"}).number == 1


def test_another_key_signs_nothing_of_ours(app) -> None:
    ours = app.extensions["keyring"]
    theirs = encryption.Keyring((encryption.Fernet.generate_key().decode(),), "y" * 40)
    assert ours.sign("a", "b") != theirs.sign("a", "b")
    assert len({ours.sign("a", "b"), ours.sign("a", "c"), ours.sign("c", "b"), ours.blind("a", "b")}) == 4
