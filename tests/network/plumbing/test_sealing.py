import psycopg
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select
from sqlalchemy.exc import DBAPIError

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.audit.rules import PLATFORM
from network.plumbing import migrating, sealing
from network.plumbing.database import db, in_network
from network.plumbing.encryption import EncryptedText, Unreadable, fingerprint, keyring
from network.plumbing.mail import post
from network.plumbing.row_security import append_only, with_exceptions
from network.plumbing.sealing import engine_for, seal_anew, sealed_columns, texts_by_key
from tests.cast import Cast

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()

elsewhere = MetaData()
kept = Table(
    "kept_words",
    elsewhere,
    Column("case", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("words", EncryptedText),
    Column("said", EncryptedText),
    Column("town", String(20)),
)
COLUMNS = sealed_columns(elsewhere)[kept]


@pytest.fixture
def keeper(database, app):
    """Make a table to which rows are only ever added, as the owner, and drop it afterwards."""
    url = app.extensions["settings"].owner_url
    engine = engine_for(url)
    elsewhere.create_all(engine)
    with psycopg.connect(url) as connection:
        for statement in [*append_only("kept_words"), with_exceptions("kept_words")]:
            connection.execute(statement)
    yield engine
    with psycopg.connect(url) as connection:
        connection.execute("drop table kept_words; drop function refuse_change_of_kept_words()")
    engine.dispose()


def add(keeper, numbers) -> None:
    rows = [
        {"case": n // 7, "number": n, "words": f"Words {n}", "said": None if n % 2 else "Hello"}
        for n in numbers
    ]
    with keeper.begin() as connection:
        connection.execute(insert(kept), rows)


def words(keeper) -> list[str]:
    with keeper.connect() as connection:
        return list(connection.scalars(select(kept.c.words).order_by(kept.c.number)))


def by_key(keeper) -> dict[str, int]:
    with keeper.connect() as connection:
        return texts_by_key(connection, kept, COLUMNS)


def test_sealing_anew_reaches_what_is_only_ever_added_to_and_lets_the_old_key_go(
    keeper, with_keys, monkeypatch
) -> None:
    monkeypatch.setattr(sealing, "ROWS_AT_ONCE", 10)
    with_keys(OLD)
    add(keeper, range(20))
    with_keys(NEW, OLD)
    add(keeper, range(20, 25))
    assert by_key(keeper) == {fingerprint(OLD): 30, fingerprint(NEW): 8}
    assert seal_anew(keeper, kept, COLUMNS) == 30
    assert seal_anew(keeper, kept, COLUMNS) == 0
    with_keys(NEW)
    assert by_key(keeper) == {fingerprint(NEW): 38}
    assert words(keeper) == [f"Words {n}" for n in range(25)]


def test_broken_off_it_keeps_whole_batches_and_the_next_run_does_the_rest(
    keeper, with_keys, monkeypatch
) -> None:
    monkeypatch.setattr(sealing, "ROWS_AT_ONCE", 10)
    with_keys(OLD)
    add(keeper, range(25))
    with_keys(NEW, OLD)
    stop_at(keeper, 20)
    with pytest.raises(DBAPIError, match="power cut"):
        seal_anew(keeper, kept, COLUMNS)
    assert by_key(keeper)[fingerprint(NEW)] == 30
    go_on(keeper)
    assert seal_anew(keeper, kept, COLUMNS) == 8
    with_keys(NEW)
    assert words(keeper) == [f"Words {n}" for n in range(25)]


def stop_at(keeper, number: int) -> None:
    """Let the database fail when it comes to a row."""
    with keeper.begin() as connection:
        connection.exec_driver_sql(
            "create function power_cut() returns trigger language plpgsql"
            " as $$ begin raise 'power cut'; end $$"
        )
        connection.exec_driver_sql(
            f"create trigger power_cut before update on kept_words"
            f" for each row when (old.number = {number}) execute function power_cut()"
        )


def go_on(keeper) -> None:
    with keeper.begin() as connection:
        connection.exec_driver_sql("drop function power_cut() cascade")


def test_the_command_line_seals_whatever_there_is_anew(app, cast: Cast, with_keys) -> None:
    with_keys(OLD)
    clinician = cast.accounts[Role.CLINICIAN]
    clinician.tf_totp_secret = '{"key": "ABC"}'
    for role in set(Role) - {Role.CLINICIAN}:
        cast.accounts[role].tf_totp_secret = None
    post("ada@example.org", "Hello", "A link")
    db.session.commit()
    with_keys(NEW, OLD)
    answer = app.test_cli_runner().invoke(args=["keys", "rotate"])
    assert answer.exit_code == 0
    assert "letter: 2 texts sealed anew" in answer.output
    assert "3 texts sealed with the newest key" in answer.output
    with_keys(NEW)
    db.session.expire_all()
    assert clinician.tf_totp_secret == '{"key": "ABC"}'
    with in_network(PLATFORM):
        noted = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "rotate_keys"))
        assert [entry.details["how"] for entry in noted] == ["begun", "done"]


def test_a_dropped_key_is_told_in_a_sentence(app, cast: Cast, with_keys) -> None:
    with_keys(OLD)
    post("ada@example.org", "Hello", "A link")
    db.session.commit()
    with_keys(NEW)
    answer = app.test_cli_runner().invoke(args=["keys", "rotate"])
    assert answer.exit_code == 1
    assert "put the dropped key back" in answer.output
    with pytest.raises(Unreadable):
        keyring().opened_by("gAAAA")


def test_tables_of_another_version_are_left_alone(app, cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(migrating, "newest", lambda: "9999")
    answer = app.test_cli_runner().invoke(args=["keys", "rotate"])
    assert answer.exit_code == 2
    assert "run `quorate migrate` first" in answer.output


def test_without_the_owners_address_it_says_what_is_missing(app, cast: Cast, without_owner) -> None:
    answer = app.test_cli_runner().invoke(args=["keys", "rotate"])
    assert answer.exit_code == 2
    assert "needs DATABASE_OWNER_URL" in answer.output
