"""What hangs on a person is found whole, and nothing of anybody else's with it."""

from datetime import date

from sqlalchemy import func, select, text

from mdt.cases.records import Case
from mdt.decisions.records import Decision
from mdt.holdings.queries import rows_of, tables_of_people
from mdt.holdings.rules import APART, NAMED
from mdt.patients.records import Patient
from mdt.patients.rules import Identity
from network.plumbing.database import db
from tests.cast import Cast
from tests.mdt.everything import make_everything
from tests.mdt.scene import NUMBERS, refer
from tests.mdt.whole_person import make_whole_person
from tests.whole import import_every

import_every("records")

# The database's own word on which tables have a path of keys to a person, however long.
REACHED = """with recursive reached(name) as (
    select 'patient'
    union select conrelid::regclass::text from pg_constraint join reached on confrelid::regclass::text = name
    where contype = 'f'
) select name from reached"""


def test_every_table_with_a_path_to_a_person_is_reached(database: None) -> None:
    found = {table.name for table in tables_of_people()}
    assert found == set(db.session.scalars(text(REACHED))) - APART.keys()
    assert {"patient", "mdt_case", "minute_block", "subject_request", "patient_hold"} <= found
    assert not found & {"meeting", "organisation", "person", "account"}


def test_a_table_that_names_somebody_without_a_key_is_reached_or_has_a_reason() -> None:
    found = {table.name for table in tables_of_people()}
    named = {table.name for table in db.metadata.sorted_tables if NAMED.keys() & table.columns.keys()}
    named |= {table.name for table in db.metadata.sorted_tables if "about_id" in table.c}
    # A job of the rota is about a rota, and the rota knows nobody who is cared for.
    assert named - found == APART.keys() | {"solve_job"}
    assert all(APART.values())


def test_what_others_hang_on_comes_last() -> None:
    place = {table.name: number for number, table in enumerate(tables_of_people())}
    late = [
        (table.name, key.column.table.name)
        for table in tables_of_people()
        for key in table.foreign_keys
        if key.column.table.name in place and key.column.table is not table
        if place[table.name] > place[key.column.table.name]
    ]
    assert not late
    assert list(place)[-1] == "patient"


def test_all_that_there_is_of_one_person_and_nothing_of_another(cast: Cast) -> None:
    known = make_everything(cast)
    known |= make_whole_person(cast, known)
    decision = db.session.get_one(Decision, known["decision_id"])
    db.session.add(
        again := Decision(
            case_id=known["case_id"],
            item_id=known["item_id"],
            words="Again.",
            read_back_by="Nobody",
            agreed_by=[],
            replaces_id=decision.id,
        )
    )
    db.session.flush()
    found = rows_of(known["patient_id"])
    counted = {
        table.name: db.session.scalar(select(func.count()).select_from(table)) for table in tables_of_people()
    }
    assert {name: len(ids) for name, ids in found.items()} == {
        n: count for n, count in counted.items() if count
    }
    assert {again.id, decision.id} == set(found["decision"])

    other = _somebody_else(cast)
    assert rows_of(known["patient_id"]) == found
    theirs = rows_of(other.patient_id)
    assert theirs["mdt_case"] == [other.id]
    assert not {(name, each) for name in theirs for each in theirs[name]} & {
        (name, each) for name in found for each in found[name]
    }
    assert sum(map(len, rows_of(known["patient_id"], other.patient_id).values())) == sum(
        map(len, [*found.values(), *theirs.values()])
    )


def test_an_entry_that_was_joined_to_theirs_is_theirs_too(cast: Cast) -> None:
    kept, joined = _somebody_else(cast), refer(cast)
    first = refer(cast, identity=Identity("Third", "Sam", date(1951, 5, 6)))
    db.session.get_one(Patient, first.patient_id).merged_into_id = joined.patient_id
    db.session.get_one(Patient, joined.patient_id).merged_into_id = kept.patient_id
    db.session.flush()
    found = rows_of(kept.patient_id)
    assert set(found["mdt_case"]) == {kept.id, joined.id, first.id}
    assert set(found["patient"]) == {kept.patient_id, joined.patient_id, first.patient_id}
    assert set(rows_of(joined.patient_id)["patient"]) == {joined.patient_id, first.patient_id}


def _somebody_else(cast: Cast) -> Case:
    return refer(cast, identity=Identity("Else", "Somebody", date(1950, 5, 6), NUMBERS[1]))
