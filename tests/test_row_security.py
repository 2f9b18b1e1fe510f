"""Row-level security, tried as the app's role on every table that belongs to a network."""

import os
import uuid
from contextvars import copy_context
from datetime import date, datetime, time

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import create_engine, insert, inspect, select, text

from network.access.rules import Role
from network.accounts.commands import set_sign_in_rules
from network.audit.records import AuditEntry
from network.plumbing import worker
from network.plumbing.database import db, enter_network, in_network
from network.plumbing.migrating import migrate
from network.plumbing.queue import TASKS, task
from network.plumbing.roles import APP, prepare_database
from network.plumbing.row_security import POLICY
from tests.cast import Cast
from tests.whole import import_every

import_every("records")

OURS, THEIRS, NOBODYS = (uuid.UUID(int=number) for number in (1, 2, 3))
# The registry that all networks share says where somebody works, and is scoped by its queries.
REGISTRY = {"membership", "role_grant", "invitation", "sign_in", "network_settings"}
SCOPED = sorted(
    name
    for name, table in db.metadata.tables.items()
    if "network_id" in table.columns and name not in REGISTRY
)
VALUES = {
    bool: False,
    int: 1,
    float: 1.0,
    str: "x",
    bytes: b"x",
    date: date(2026, 12, 7),
    datetime: datetime(2026, 12, 7, 9).astimezone(),
    time: time(9, 0),
    object: {},  # JSON
}


@pytest.fixture(scope="module")
def playground(server, app):
    """Make a database with one row of ours and one of theirs in every table of a network."""
    database = f"quorate_rows_{os.getpid()}"
    addresses = prepare_database(server, database)
    migrate(addresses.owner_url, APP)
    engine = create_engine(addresses.owner_url.replace("postgresql:", "postgresql+psycopg:", 1))
    with app.app_context(), engine.begin() as owner:
        for table in SCOPED:
            # Rows made from types alone fit no rule of the trade; what is tried here are the policies.
            for constraint in inspect(owner).get_check_constraints(table) + inspect(owner).get_foreign_keys(
                table
            ):
                owner.execute(text(f'alter table "{table}" drop constraint "{constraint["name"]}"'))
            for network_id in (OURS, THEIRS):
                owner.execute(
                    insert(db.metadata.tables[table]).values(row_of(db.metadata.tables[table], network_id))
                )
    engine.dispose()
    yield addresses
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(database)))


def row_of(table, network_id):
    needed = {column.name: value_of(column) for column in table.columns if not column.nullable}
    return needed | {"network_id": network_id}


def value_of(column):
    if getattr(column.type, "enum_class", None):
        return next(iter(column.type.enum_class))
    kind = getattr(column.type, "impl_instance", column.type).python_type
    return uuid.uuid4() if kind is uuid.UUID else VALUES[kind]


@pytest.fixture
def stranger(playground):
    """Open a connection as the app's role, told nothing."""
    with psycopg.connect(playground.app_url) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def ours(stranger):
    """Open a connection as the app's role that works for our network."""
    stranger.execute("select set_config('quorate.network_id', %s, true)", [str(OURS)])
    return stranger


def networks_in(connection, table):
    query = sql.SQL("select network_id from {}").format(sql.Identifier(table))
    return [row[0] for row in connection.execute(query)]


def test_every_table_with_a_network_is_tried_or_belongs_to_the_registry():
    assert len(SCOPED) > 10
    assert {"audit_entry", "audit_head"} <= set(SCOPED)
    assert set(db.metadata.tables) >= REGISTRY


@pytest.mark.parametrize("table", SCOPED)
def test_only_rows_of_the_network_are_visible_without_any_filter(ours, table):
    assert networks_in(ours, table) == [OURS]


@pytest.mark.parametrize("table", SCOPED)
def test_without_a_network_there_are_no_rows(stranger, table):
    assert networks_in(stranger, table) == []


@pytest.mark.parametrize("table", SCOPED)
def test_a_row_cannot_be_put_into_another_network(ours, table):
    columns = [column.name for column in db.metadata.tables[table].columns]
    changed = {"network_id": sql.Literal(NOBODYS), "id": sql.SQL("gen_random_uuid()")}
    picked = [changed.get(name, sql.Identifier(name)) for name in columns]
    copy = sql.SQL("insert into {table} ({columns}) select {picked} from {table}").format(
        table=sql.Identifier(table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        picked=sql.SQL(", ").join(picked),
    )
    with pytest.raises(InsufficientPrivilege):
        ours.execute(copy)


@pytest.mark.parametrize("table", SCOPED)
@pytest.mark.parametrize(
    "verb",
    ["update {} set network_id = network_id where network_id = %s", "delete from {} where network_id = %s"],
)
def test_rows_of_another_network_cannot_be_touched(ours, table, verb):
    assert touched(ours, sql.SQL(verb).format(sql.Identifier(table)), [THEIRS]) == 0


@pytest.mark.parametrize("table", SCOPED)
def test_a_row_cannot_be_moved_to_another_network(ours, table):
    with pytest.raises(InsufficientPrivilege):
        ours.execute(sql.SQL("update {} set network_id = %s").format(sql.Identifier(table)), [NOBODYS])


def touched(connection, statement, parameters):
    try:
        return connection.execute(statement, parameters).rowcount
    except InsufficientPrivilege:
        # What may not be changed at all cannot be changed for another network either.
        return 0


@pytest.mark.parametrize("table", SCOPED)
def test_the_database_itself_has_the_policy(stranger, table):
    found = stranger.execute(
        "select c.relrowsecurity, p.polname,"
        " pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(p.polwithcheck, p.polrelid),"
        " p.polcmd, p.polpermissive, pg_has_role(current_user, c.relowner, 'member')"
        " from pg_class c join pg_policy p on p.polrelid = c.oid where c.oid = %s::regclass",
        [table],
    ).fetchall()
    assert found == [(True, POLICY, True, "*", True, False)]


def test_no_table_in_the_database_has_a_network_and_no_policy(stranger):
    bare = stranger.execute(
        "select c.relname from pg_class c"
        " join pg_attribute a on a.attrelid = c.oid and a.attname = 'network_id'"
        " where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relrowsecurity"
    ).fetchall()
    assert {name for (name,) in bare} == REGISTRY


@pytest.mark.parametrize(
    "attack",
    [
        "alter table {} disable row level security",
        "alter table {} no force row level security",
        "drop policy network_only on {}",
        "create policy open_to_all on {} using (true)",
        "truncate {}",
        "alter table {} owner to current_user",
        "drop table {}",
    ],
)
@pytest.mark.parametrize("table", ["audit_entry", SCOPED[-1]])
def test_the_apps_role_cannot_open_a_table(ours, table, attack):
    with pytest.raises(InsufficientPrivilege):
        ours.execute(sql.SQL(attack).format(sql.Identifier(table)))


@pytest.mark.parametrize(
    "attack",
    ["set role quorate_owner", "set session authorization quorate_owner", "alter role quorate_app bypassrls"],
)
def test_the_apps_role_cannot_become_another(stranger, attack):
    with pytest.raises(InsufficientPrivilege):
        stranger.execute(attack)


def test_switching_row_security_off_gives_an_error_and_no_rows(ours):
    ours.execute("set local row_security = off")
    with pytest.raises(InsufficientPrivilege):
        ours.execute("select * from audit_entry")


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_entry set verb = 'nothing'",
        "delete from audit_entry",
        "truncate audit_entry",
        "delete from audit_head",
    ],
)
def test_the_apps_role_may_only_add_to_the_trail(ours, statement):
    with pytest.raises(InsufficientPrivilege):
        ours.execute(statement)


def test_not_even_the_owner_changes_the_trail(playground):
    with psycopg.connect(playground.owner_url) as owner:
        for statement in (
            "update audit_entry set verb = 'nothing'",
            "delete from audit_entry",
            "truncate audit_entry",
        ):
            with pytest.raises(InsufficientPrivilege, match="append-only"):
                owner.execute(statement)
            owner.rollback()


def test_a_network_ends_with_its_transaction(stranger):
    stranger.execute("select set_config('quorate.network_id', %s, true)", [str(OURS)])
    assert networks_in(stranger, "audit_head") == [OURS]
    stranger.commit()
    assert networks_in(stranger, "audit_head") == []


@pytest.fixture
def both_have_entries(cast: Cast) -> Cast:
    for network_id in (cast.network.id, cast.stranger.network_id):
        with in_network(network_id):
            set_sign_in_rules(cast[Role.ADMINISTRATOR], idle_minutes=20)
    return cast


def networks_seen() -> set[uuid.UUID]:
    return {entry.network_id for entry in db.session.scalars(select(AuditEntry))}


def test_a_forgotten_filter_shows_nothing_of_others(both_have_entries: Cast):
    assert {entry.network_id for entry in db.session.scalars(select(AuditEntry))} == {
        both_have_entries.network.id
    }


def test_a_row_for_another_network_is_refused_by_the_orm_too(both_have_entries: Cast):
    values = row_of(AuditEntry.__table__, both_have_entries.stranger.network_id)
    db.session.add(AuditEntry(**values | {"number": 9}))
    with pytest.raises(Exception, match="row-level security"):
        db.session.flush()
    db.session.rollback()


def test_a_pooled_connection_forgets_the_network_on_commit_and_rollback(both_have_entries: Cast, app):
    for end in (db.session.commit, db.session.rollback):
        assert networks_seen()
        end()
        with db.engine.connect() as reused:
            assert reused.scalar(text("select count(*) from audit_entry")) == 0


def test_each_transaction_is_told_its_network_again(both_have_entries: Cast):
    for network_id in (both_have_entries.network.id, None, both_have_entries.stranger.network_id):
        enter_network(network_id)
        db.session.commit()
        assert {entry.network_id for entry in db.session.scalars(select(AuditEntry))} == (
            {network_id} - {None}
        )


def test_a_task_sees_the_network_of_its_job_and_no_other(both_have_entries: Cast, app):
    seen = []

    @task("test.look_around")
    def look_around(network_id):
        seen.append(networks_seen())

    try:
        for network_id in (both_have_entries.network.id, both_have_entries.stranger.network_id, None):
            copy_context().run(worker._run, app, look_around, None, network_id and str(network_id))
    finally:
        del TASKS["test.look_around"]
    assert seen == [{both_have_entries.network.id}, {both_have_entries.stranger.network_id}, set()]
