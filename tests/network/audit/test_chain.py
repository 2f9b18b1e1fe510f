import threading
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from network.access.rules import SYSTEM, Role
from network.accounts.commands import set_sign_in_rules
from network.audit.chain import check_chain
from network.audit.commands import record
from network.audit.records import AuditEntry
from network.audit.rules import PLATFORM, START, Entry, as_kept, first_break, seal
from network.plumbing.commands import command
from network.plumbing.database import db, in_network
from tests.cast import Cast

NETWORK = uuid.UUID(int=7)
NOW = datetime(2026, 12, 7, 12, tzinfo=UTC)


def chain(length: int) -> list[tuple[Entry, str]]:
    made, previous = [], START
    for number in range(1, length + 1):
        at = NOW + timedelta(seconds=number)
        entry = Entry(NETWORK, number, at, None, "Amy", "defer_case", "case", None, {"why": number}, previous)
        previous = seal(entry)
        made.append((entry, previous))
    return made


def head_of(made: list[tuple[Entry, str]]) -> tuple[int, str] | None:
    return (made[-1][0].number, made[-1][1]) if made else None


@pytest.mark.parametrize("length", [0, 1, 5])
def test_an_untouched_chain_holds(length: int) -> None:
    made = chain(length)
    assert first_break(NETWORK, made, head_of(made)) is None


@given(
    st.integers(0, 4),
    st.sampled_from(["actor", "verb", "about_kind", "number", "at", "details", "account_id", "previous"]),
)
def test_a_changed_entry_breaks_it_there(place: int, name: str) -> None:
    made = chain(5)
    entry, kept = made[place]
    other = {
        "number": 17,
        "at": NOW,
        "details": {"why": "else"},
        "account_id": uuid.UUID(int=1),
    }.get(name, "else")
    made[place] = (replace(entry, **{name: other}), kept)
    broken = first_break(NETWORK, made, head_of(chain(5)))
    assert broken is not None
    assert broken.number == place + 1


@given(st.integers(0, 4))
def test_a_missing_entry_breaks_it_there(place: int) -> None:
    made = chain(5)
    head = head_of(made)
    del made[place]
    broken = first_break(NETWORK, made, head)
    assert broken is not None
    assert broken.number == place + 1


def test_a_changed_entry_that_was_sealed_anew_breaks_the_next_one() -> None:
    made = chain(3)
    forged = replace(made[1][0], actor="Eve")
    made[1] = (forged, seal(forged))
    assert first_break(NETWORK, made, head_of(made)).said == "Entry 3 does not follow the one before it."


def test_a_cut_tail_is_betrayed_by_the_head() -> None:
    made = chain(5)
    broken = first_break(NETWORK, made[:3], head_of(made))
    assert (broken.number, broken.said) == (4, "The chain ends at entry 3, but 5 were written.")
    assert first_break(NETWORK, [], head_of(made)).number == 1


def test_a_missing_head_is_a_break_too() -> None:
    assert first_break(NETWORK, chain(2), None).said == "The chain ends at entry 2, but 0 were written."


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=3))
def test_details_hold_no_fraction_that_the_database_would_spell_anew(details: dict) -> None:
    assert not [value for value in flat(as_kept(details)) if isinstance(value, float)]


def flat(value):
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from flat(each)
    else:
        yield value


@command
def say_much(actor, **details) -> None:
    record(actor, "say_much", "test", **details)


@pytest.fixture
def written(cast: Cast) -> Cast:
    say_much(SYSTEM, cost=1e30, share=0.1, nothing=None, deep={"b": [1, 2.5], "a": "é"}, big=2**70)
    for minutes in (20, 25, 30):
        set_sign_in_rules(cast[Role.ADMINISTRATOR], minutes)
    return cast


def test_what_the_database_hands_back_is_what_was_sealed(written: Cast) -> None:
    checked = check_chain(written.network.id)
    assert (checked.entries, checked.broken) == (4, None)


def test_each_network_has_a_chain_of_its_own(written: Cast) -> None:
    with in_network(written.stranger.network_id):
        say_much(SYSTEM)
        assert db.session.scalars(select(AuditEntry.number)).all() == [1]
    with in_network(None):
        say_much(SYSTEM)
    for network_id, entries in ((written.network.id, 4), (written.stranger.network_id, 1), (PLATFORM, 1)):
        assert (check_chain(network_id).entries, check_chain(network_id).broken) == (entries, None)


@pytest.mark.parametrize(
    ("attack", "said"),
    [
        ("update audit_entry set actor = 'Eve' where number = 2", "Entry 2 has been changed."),
        ("update audit_entry set details = '{}' where number = 3", "Entry 3 has been changed."),
        ("delete from audit_entry where number = 2", "Entry 2 is missing."),
        ("delete from audit_entry where number > 2", "The chain ends at entry 2, but 4 were written."),
        ("delete from audit_head", "The chain ends at entry 4, but 0 were written."),
    ],
)
def test_whoever_holds_the_whole_database_still_leaves_a_break(
    written: Cast, app, attack: str, said: str
) -> None:
    forge(app, attack)
    assert check_chain(written.network.id).broken.said == said
    answer = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert answer.exit_code == 1
    assert f"Broken: the chain of {written.network.name}. {said}" in answer.output
    assert "Checked and whole: 0 entries of 2 chains." in answer.output


def forge(app, attack: str) -> None:
    db.session.commit()
    with psycopg.connect(app.extensions["settings"].owner_url) as owner:
        owner.execute("alter table audit_entry disable trigger user")
        owner.execute(attack)
        owner.execute("alter table audit_entry enable trigger user")


def test_the_command_line_counts_what_holds(written: Cast, app) -> None:
    db.session.commit()
    answer = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert answer.exit_code == 0
    assert "Checked and whole: 4 entries of 3 chains." in answer.output


def test_commands_at_the_same_moment_are_put_in_order(cast: Cast, app) -> None:
    network_id = cast.network.id
    start = threading.Barrier(6)

    def speak() -> None:
        with app.app_context(), in_network(network_id):
            start.wait()
            for _ in range(5):
                say_much(SYSTEM)

    speakers = [threading.Thread(target=speak) for _ in range(6)]
    for speaker in speakers:
        speaker.start()
    for speaker in speakers:
        speaker.join()
    checked = check_chain(network_id)
    assert (checked.entries, checked.broken) == (30, None)
