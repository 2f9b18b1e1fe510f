import psycopg
import pytest

from network.plumbing.roles import connect, prepare_database, refuse_powerful_role
from network.plumbing.settings import CannotStart


def test_the_role_that_serves_is_held_by_row_level_security(addresses):
    refuse_powerful_role(addresses.app_url)


def test_the_owner_may_not_serve(addresses):
    with pytest.raises(CannotStart, match="row-level security"):
        refuse_powerful_role(addresses.owner_url)


def test_a_superuser_may_not_serve(server):
    with pytest.raises(CannotStart, match="row-level security"):
        refuse_powerful_role(server)


def test_the_role_that_serves_can_make_no_tables(addresses):
    with connect(addresses.app_url) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("create table mine (id int)")


def test_preparing_a_database_twice_gives_the_same_addresses(server, addresses):
    name = psycopg.conninfo.conninfo_to_dict(addresses.app_url)["dbname"]
    assert prepare_database(server, name) == addresses


def test_a_database_that_does_not_answer_is_one_sentence():
    with pytest.raises(CannotStart, match="does not answer") as refused:
        connect("postgresql://nobody@127.0.0.1:1/nothing")
    assert "\n" not in refused.value.message
