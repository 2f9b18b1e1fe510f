import json
import uuid
from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg import sql

from mdt.holdings.queries import rows_of
from mdt.merging.commands import merge_people, part_people
from mdt.merging.rules import FIELDS
from mdt.objections.commands import object_to_sharing
from mdt.patients.rules import Identity
from mdt.referrals.commands import refer_patient
from mdt.retention.commands import hold_person
from mdt.sharing.records import Disclosure
from mdt.sharing.rules import ObjectionScope
from mdt.story.commands import add_carer, note_statement, record_death, record_need
from mdt.story.rules import CarerDetails, Heard, NeedKind, StatementKind
from network.access.rules import Role
from network.plumbing.database import db, today
from network.plumbing.encryption import keyring
from network.plumbing.refusals import Invalid
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.makers import keep
from tests.mdt.scene import ASKED, home_of, refer

LEAD, COORDINATOR, CHARITY = Role.GOVERNANCE_LEAD, Role.CARE_COORDINATOR, Role.VOLUNTARY_MEMBER
BEANS = Heard(StatementKind.MATTERS, "The beans.", "Sam", "A Friend", today())
# What a merge adds to and parting leaves: what happened stays told.
TELL = {"audit_about", "audit_entry", "audit_head", "case_event", "patient_merge"}
# Counters of changes; and names are found again by new rows.
OF_THE_ROW = {"row_version", "change_number"}


def opened(value: object) -> object:
    """Open what is sealed: the same text is sealed in another way each time."""
    is_sealed = isinstance(value, str) and value.startswith("gAAAA")
    return keyring().open(value) if is_sealed else value


@pytest.fixture
def stored(addresses):
    """Read what is stored in every table, but for what tells of it and counts it."""

    def read() -> dict[str, list[str]]:
        db.session.commit()
        found = {}
        with psycopg.connect(addresses.owner_url) as owner:
            for name in db.metadata.tables.keys() - TELL:
                asked = sql.SQL("select to_jsonb(t) from {} t").format(sql.Identifier(name))
                left_out = OF_THE_ROW | ({"id"} if name == "patient_name_beginning" else set())
                rows = [dict(row) for (row,) in owner.execute(asked)]
                kept = [{key: opened(row[key]) for key in row.keys() - left_out} for row in rows]
                found[name] = sorted(json.dumps(row, sort_keys=True) for row in kept)
        return found

    return read


STEPS = {
    "say": lambda cast, who, n: note_statement(cast[COORDINATOR], who, replace(BEANS, words=f"Beans {n}.")),
    "need": lambda cast, who, n: record_need(cast[COORDINATOR], who, NeedKind.COMMUNICATION, f"Loop {n}"),
    "care": lambda cast, who, n: add_carer(cast[COORDINATOR], who, CarerDetails(f"Ann {n}")),
    "tell": lambda cast, who, n: keep(Disclosure(patient_id=who, told=f"Nobody {n}", what="A letter")),
    "die": lambda cast, who, n: record_death(cast[COORDINATOR], who, today()),
    "hold": lambda cast, who, n: _once(hold_person, cast[COORDINATOR], who, "An inquest."),
    "object": lambda cast, who, n: object_to_sharing(
        cast[COORDINATOR], who, ObjectionScope.DISCIPLINE, discipline=list(Discipline)[n % len(Discipline)]
    ),
    "refer": lambda cast, who, n: refer_patient(
        cast[COORDINATOR], None, ASKED, organisation_id=home_of(cast, COORDINATOR), patient_id=who
    ),
}


def _once(command, *args) -> None:
    try:
        command(*args)
    except Invalid:
        db.session.rollback()


def make_two(cast: Cast, number: int, steps) -> tuple[uuid.UUID, uuid.UUID]:
    born = date(1930, 1, 1) + timedelta(days=number)
    pair = (
        refer(cast, identity=Identity("Onesample", "Sam", born)).patient_id,
        refer(cast, CHARITY, Identity("Othersample", "Samantha", born)).patient_id,
    )
    # One of each kind that is append-only moves, whatever else is drawn.
    for place, (step, is_second) in enumerate([*steps, ("tell", False), ("tell", True)]):
        STEPS[step](cast, pair[is_second], place)
    return pair


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    steps=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.booleans()), max_size=6),
    taken=st.sets(st.sampled_from(FIELDS)),
    is_turned=st.booleans(),
)
def _joining_and_parting(run, steps, taken, is_turned) -> None:
    run(steps, taken, is_turned)


def test_joined_and_parted_all_is_as_before(cast: Cast, stored) -> None:
    number = 0

    def run(steps, taken, is_turned) -> None:
        nonlocal number
        number += 1
        pair = make_two(cast, number, steps)
        kept, merged = reversed(pair) if is_turned else pair
        before = stored()
        said = {"taken": dict.fromkeys(taken, merged), "has_compared": True}
        merge_id = merge_people(cast[COORDINATOR], kept, merged, "The practice said so.", **said)
        between = stored()
        assert between != before
        assert len(rows_of(kept)["mdt_case"]) >= 2
        part_people(cast[LEAD], merge_id)
        after = stored()
        for name in before:
            assert after[name] == before[name], name

    _joining_and_parting(run)
