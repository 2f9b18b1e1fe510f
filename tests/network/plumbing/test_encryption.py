import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, select, text

from network.plumbing.encryption import (
    BlindIndex,
    EncryptedText,
    Keyring,
    Unreadable,
    keyring,
    normalised,
)

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
NUMBER = "943 476 5919"

elsewhere = MetaData()
patients = Table(
    "patient_tried",
    elsewhere,
    Column("id", Integer, primary_key=True),
    Column("name", EncryptedText),
    Column("number", EncryptedText),
    Column("number_index", BlindIndex("nhs number")),
    Column("town", String(20)),
)


@pytest.fixture
def connection(database, app):
    """Make the table in a transaction of the owner's that is never committed."""
    engine = create_engine(
        app.extensions["settings"].owner_url.replace("postgresql:", "postgresql+psycopg:", 1)
    )
    with engine.connect() as owner:
        elsewhere.create_all(owner)
        yield owner
        owner.rollback()
    engine.dispose()


def add(connection, **values) -> None:
    connection.execute(insert(patients).values(values))


def raw(connection) -> list[tuple]:
    return [
        tuple(row)
        for row in connection.execute(text("select name, number, number_index, town from patient_tried"))
    ]


def test_the_database_never_sees_the_text(connection) -> None:
    add(connection, name="Ada Nówak", number=NUMBER, number_index=NUMBER, town="Leeds")
    [(name, number, index, town)] = raw(connection)
    assert name.startswith("gAAAA")
    assert number.startswith("gAAAA")
    assert "9434765919" not in index
    assert town == "Leeds"
    row = connection.execute(select(patients)).one()
    assert (row.name, row.number) == ("Ada Nówak", NUMBER)


def test_nothing_stays_nothing_and_the_empty_text_empty(connection) -> None:
    add(connection, name=None, number="")
    row = connection.execute(select(patients)).one()
    assert (row.name, row.number, row.number_index) == (None, "", None)
    assert connection.execute(select(patients.c.id).where(patients.c.name.is_(None))).all()


def test_the_same_text_is_sealed_differently_each_time(connection) -> None:
    add(connection, name="Ada")
    add(connection, name="Ada")
    (first, *_), (second, *_) = raw(connection)
    assert first != second


def test_sealed_text_cannot_be_compared_by_mistake(connection) -> None:
    for compare in (
        lambda c: c == "Ada",
        lambda c: c.like("A%"),
        lambda c: c.in_(["Ada"]),
        lambda c: c < "B",
    ):
        with pytest.raises(TypeError, match="blind index"):
            connection.execute(select(patients).where(compare(patients.c.name)))


@pytest.mark.parametrize(
    "written", [NUMBER, "9434765919", "943-476-5919", " 943 476\u00a05919 ", "９４３４７６５９１９"]
)
def test_the_blind_index_finds_it_however_it_is_written(connection, written: str) -> None:
    add(connection, number=NUMBER, number_index=NUMBER)
    assert (
        connection.execute(select(patients).where(patients.c.number_index == written)).one().number == NUMBER
    )


def test_the_blind_index_finds_nothing_else(connection) -> None:
    add(connection, number=NUMBER, number_index=NUMBER)
    assert not connection.execute(select(patients).where(patients.c.number_index == "943 476 5918")).all()


def test_indexes_of_two_purposes_or_two_installations_cannot_be_matched() -> None:
    ours, theirs = Keyring((OLD,), "x" * 40), Keyring((OLD,), "y" * 40)
    hashes = {
        ours.blind("nhs number", NUMBER),
        ours.blind("phone", NUMBER),
        theirs.blind("nhs number", NUMBER),
    }
    assert len(hashes) == 3
    assert all(len(each) == 64 for each in hashes)


def test_case_and_punctuation_do_not_count() -> None:
    assert normalised("  O'Neill-SMITH ") == "oneillsmith"


def test_an_older_key_opens_and_the_newest_seals(connection, with_keys) -> None:
    with_keys(OLD)
    add(connection, name="Ada")
    with_keys(NEW, OLD)
    add(connection, name="Ben")
    assert [row.name for row in connection.execute(select(patients.c.name).order_by(patients.c.id))] == [
        "Ada",
        "Ben",
    ]
    assert [keyring().is_newest(name) for name, *_ in raw(connection)] == [False, True]
    with_keys(NEW)
    with pytest.raises(Unreadable, match="QUORATE_KEYS"):
        connection.execute(select(patients.c.name)).all()
