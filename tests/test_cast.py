"""What nearly all tests rest on: the cast is laid as it would be made, and nothing of a test is left."""

import json

import psycopg
import pytest
from flask import Flask

from network.access.rules import Role
from network.accounts.commands import set_sign_in_rules
from network.accounts.queries import workplace_of
from network.plumbing.database import db, enter_network
from tests.cast import Cast, make_cast
from tests.mould import ID, empty, full_tables

DRAWN = ("created_at", "tf_totp_secret")


def rows_without_ids(sweeper: psycopg.Connection) -> dict[str, list[str]]:
    """Read all rows there are, without what is drawn anew for each."""
    found = {}
    for table in full_tables(sweeper):
        rows = [row for (row,) in sweeper.execute(f'select to_jsonb("{table}") from "{table}"')]
        told = [{name: value for name, value in row.items() if name not in DRAWN} for row in rows]
        found[table] = sorted(ID.sub("id", json.dumps(row, sort_keys=True)) for row in told)
    return found


def test_a_cast_that_is_laid_is_like_one_that_is_made(cast: Cast, sweeper: psycopg.Connection) -> None:
    laid = rows_without_ids(sweeper)
    empty(sweeper)
    db.session.remove()
    enter_network(None)
    make_cast()
    assert laid == rows_without_ids(sweeper)
    assert len(laid["account"]) == len(Role) + 1


@pytest.mark.parametrize("role", Role, ids=str)
def test_everybody_of_a_cast_is_who_their_account_says(cast: Cast, role: Role) -> None:
    assert workplace_of(cast.accounts[role]).actor == cast[role]


def test_the_places_and_the_stranger_of_a_cast_hang_together(cast: Cast) -> None:
    assert workplace_of(cast.stranger_account).actor == cast.stranger
    assert cast.stranger.network_id != cast.network.id
    assert (cast.elm_site.organisation, cast.oak_site.organisation) == (cast.elm, cast.oak)
    assert (len(cast.elm_site.openings), len(cast.elm_site.rooms)) == (15, 3)


def test_two_casts_share_no_id(app: Flask, cast: Cast, made, sweeper: psycopg.Connection) -> None:
    first = {cast.network.id, *(account.id for account in cast.accounts.values())}
    empty(sweeper)
    db.session.remove()
    second = made.lay(sweeper)
    assert not first & {second.network.id, *(account.id for account in second.accounts.values())}


def test_nothing_is_left_not_even_of_what_nobody_may_delete(cast: Cast, sweeper: psycopg.Connection) -> None:
    set_sign_in_rules(cast[Role.ADMINISTRATOR], idle_minutes=20)
    assert "audit_entry" in full_tables(sweeper)
    db.session.remove()
    empty(sweeper)
    assert full_tables(sweeper) == []


def test_whoever_may_not_pass_by_the_triggers_empties_the_tables_too(
    cast: Cast, addresses, sweeper: psycopg.Connection
) -> None:
    set_sign_in_rules(cast[Role.ADMINISTRATOR], idle_minutes=20)
    db.session.remove()
    with psycopg.connect(addresses.owner_url, autocommit=True) as owner:
        empty(owner)
    assert full_tables(sweeper) == []
