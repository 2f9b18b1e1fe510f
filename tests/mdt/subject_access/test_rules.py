"""By when a copy is due, how a request stands, and how what is held reads."""

import uuid
from datetime import UTC, date, datetime

import pytest

from mdt.cases.rules import CaseState
from mdt.holdings.queries import tables_of_people
from mdt.sharing.rules import Reason
from mdt.subject_access.rules import (
    RequestOutcome,
    due_on,
    wrong_with_ending,
    wrong_with_request,
)
from mdt.subject_access.wording import (
    SECTIONS,
    WITHOUT_WORDS,
    file_name,
    heading_of,
    lines_of,
    standing_said,
    value_said,
)
from tests.whole import import_every

import_every("records")

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 11, 3), date(2026, 12, 3)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2026, 11, 30), date(2026, 12, 30)),
    ],
)
def test_a_copy_is_due_one_calendar_month_after_it_was_asked_for(received: date, due: date) -> None:
    assert due_on(received) == due


def test_how_a_request_stands_is_told_by_words_tone_and_mark() -> None:
    assert standing_said(date(2026, 12, 3), TODAY) == ("Due in 11 days", "plain", "")
    assert standing_said(date(2026, 11, 29), TODAY) == ("Due in 7 days", "warning", "▲")
    assert standing_said(TODAY, TODAY) == ("Due today", "warning", "▲")
    assert standing_said(date(2026, 11, 21), TODAY) == ("1 day late", "bad", "▲")


def test_what_is_wrong_is_said_as_something_to_do() -> None:
    assert wrong_with_request(date(2026, 11, 23), TODAY).startswith("Enter a day")
    assert wrong_with_request(date(1999, 1, 1), TODAY).startswith("Check the day")
    assert not wrong_with_request(TODAY, TODAY)
    given, refused = RequestOutcome.GIVEN, RequestOutcome.REFUSED
    assert not wrong_with_ending(given, "", TODAY, TODAY, TODAY)
    assert wrong_with_ending(refused, " ", TODAY, TODAY, TODAY).startswith("Enter why")
    assert wrong_with_ending(given, "", date(2026, 11, 1), TODAY, TODAY).startswith("Enter a day between")


def test_every_table_about_people_has_a_heading_in_plain_words() -> None:
    names = {table.name for table in tables_of_people()} - WITHOUT_WORDS
    assert names == SECTIONS.keys(), "say in mdt/subject_access/wording.py under which heading it is read"
    assert heading_of("a_new_table") == "A new table"


def test_a_row_reads_as_words_and_leaves_out_what_only_machines_need() -> None:
    elm = uuid.uuid4()
    row = {
        "id": uuid.uuid4(),
        "network_id": uuid.uuid4(),
        "organisation_id": elm,
        "account_id": uuid.uuid4(),
        "state": CaseState.TRIAGED,
        "answers": '{"medicines_count": 9, "seen": true}',
        "words": " Two falls. ",
        "at": datetime(2026, 11, 3, 9, 14, tzinfo=UTC),
        "due_on": date(2026, 12, 3),
        "lives_alone": False,
        "reason": "",
        "row_version": 3,
    }
    assert lines_of(row, {elm: "Elm Surgery"}) == [
        ("Organisation", "Elm Surgery"),
        ("State", "Ready for a list"),
        ("Answers", "Medicines count: 9; Seen: Yes"),
        ("Words", "Two falls."),
        ("When", "3 November 2026, 09:14"),
        ("Due on", "3 December 2026"),
        ("Lives alone", "No"),
    ]
    assert lines_of({"nhs_number": "9990000018", "born": "1941-03-04"}, {}) == [
        ("NHS number", "999 000 0018"),
        ("Date of birth", "4 March 1941"),
    ]
    listed = {"who": '{"family_name": "Specimen", "sex": ""}', "facts": '{"cfs": [6, "2026-11-16"]}'}
    assert lines_of(listed, {}) == [("Who", "Specimen"), ("Facts", "cfs: 6 (2026-11-16)")]
    relation = {"reason": Reason.REFERRED, "referrer_id": elm, "referrer": "Dr Shaw", "from_id": elm}
    assert lines_of(relation, {elm: "Dr Shaw"}) == [
        ("Who", "The service that asked the question"),
        ("Referrer", "Dr Shaw"),
        ("Because of", "Dr Shaw"),
    ]
    assert value_said("{not json") == "{not json"
    assert value_said(["a", "b"]) == "a, b"
    assert file_name(["C-0123", "C-0130"]) == "copy-C-0123.zip"
    assert file_name([]) == "copy.zip"
