from datetime import date, datetime

import pytest

from network.plumbing.unpacking import read_sheets
from network.vocabulary import Activity, ContractType, FundingStream, JobRole, RoleGroup, SessionKind
from rota.leave.rules import AbsenceKind, Away
from rota.staff.rules import Availability, PatternChoice, PatternSlot
from rota.tables.queries import template
from rota.tables.rules import SheetName
from rota.workbook.demand.rules import sessions_in
from rota.workbook.rules import Book, read_book
from tests.rota.workbook.sheets import AMY, BEN, STAFF, changed, make_workbook

MONDAY = date(2026, 12, 7)


def read(**sheets) -> Book:
    return read_book(template(), read_sheets(make_workbook(**sheets), 10_000))


def problems(**sheets) -> list[tuple[str, str]]:
    return [(problem.cell, problem.said) for problem in read(**sheets).problems]


def test_staff_are_read_as_a_manager_writes_them() -> None:
    book = read(Staff=[STAFF, AMY, [None] * 9, changed(BEN, STAFF, Start_date=datetime(2024, 4, 1))])
    assert book.problems == []
    amy, ben = book.lines[SheetName.STAFF]
    assert (amy.given_name, amy.role, amy.contract, amy.sessions) == (
        "Amy",
        JobRole.GP,
        ContractType.SALARIED,
        6.5,
    )
    assert (ben.role, ben.contract) == (JobRole.HEALTHCARE_ASSISTANT, ContractType.AGENDA_FOR_CHANGE)
    assert amy.starts_on == ben.starts_on == date(2024, 4, 1)
    assert ben.place.row == 4


def test_a_title_above_the_table_and_odd_names_of_sheets_do_no_harm() -> None:
    book = read(**{"  staff ": [["Elm Surgery staff list"], [], STAFF, AMY], "Notes": [["call Jo"]]})
    assert [line.given_name for line in book.lines[SheetName.STAFF]] == ["Amy"]
    assert book.left_out == ["The sheet 'Notes'"]


def test_spaces_and_unknown_columns_are_told_not_taken() -> None:
    book = read(Staff=[[*STAFF, "Car park"], [*changed(AMY, STAFF, First_name=" Amy\xa0 Jane "), "B4"]])
    assert book.lines[SheetName.STAFF][0].given_name == "Amy Jane"
    assert book.left_out == ["The column 'Car park' of the sheet 'Staff'"]


@pytest.mark.parametrize(
    ("cells", "cell", "said"),
    [
        ({"Role": "Wizard"}, "E2", "'Wizard' cannot be used. Enter a word that Quorate knows, such as: GP,"),
        ({"Role": None}, "E2", "Enter the role."),
        ({"Start_date": "31/02/2026"}, "I2", "There is no 31 February 2026."),
        (
            {"Start_date": "12/25/2026"},
            "I2",
            "write the day before the month, 25/12/2026.",
        ),
        ({"Start_date": "soon"}, "I2", "Enter a date such as 07/12/2026."),
        ({"Start_date": 46000}, "I2", "'46000' cannot be used."),
        ({"Start_date": "1/1/1066"}, "I2", "cannot be used"),
        ({"Sessions": "lots"}, "G2", "Enter a number from 0 to 14."),
        ({"Sessions": 99}, "G2", "Enter a number from 0 to 14."),
        ({"Session_minutes": 250.5}, "H2", "Enter a whole number from 30 to 720."),
        ({"Email": "amy at elm"}, "C2", "Enter an email address"),
        ({"Surname": "x" * 61}, "B2", "Shorten this to 60 characters."),
        (
            {"First_name": '=CONCAT("A","my")'},
            "A2",
            "This cell holds a formula. Copy the column and paste it as values.",
        ),
    ],
)
def test_what_cannot_be_read_is_told_by_cell(cells: dict, cell: str, said: str) -> None:
    [(where, sentence)] = problems(Staff=[STAFF, changed(AMY, STAFF, **cells)])
    assert where == cell
    assert said in sentence


def test_a_missing_column_is_named() -> None:
    [(_, said)] = problems(Staff=[["First name", "Surname"], ["Amy", "Example"]])
    assert "Employer, Role, Contract" in said


def test_shares_must_sum_to_a_hundred() -> None:
    book = read(Staff=[[*STAFF, "Funding"], [*AMY, "core 60%, training tariff 40"], [*BEN, "ARRS"]])
    amy, ben = book.lines[SheetName.STAFF]
    assert amy.funding == {
        FundingStream.CORE: 60,
        FundingStream.TRAINING_TARIFF: 40,
    }
    assert ben.funding == {FundingStream.ADDITIONAL_ROLES: 100}
    [(_, said)] = problems(Staff=[[*STAFF, "Funding"], [*AMY, "core 60%"]])
    assert "sum to 60%" in said


def test_patterns_know_crosses_wishes_and_activities() -> None:
    headings = ["Name", "From", "Mon AM", "Monday PM", "Tue AM", "Sat AM", "Wed EVE"]
    [line] = read(Patterns=[headings, ["Amy Example", MONDAY, "x", "CPD", "Likes", "off", "yes"]]).lines[
        SheetName.PATTERNS
    ]
    assert line.choices == {
        PatternSlot(1, 0, SessionKind.MORNING): PatternChoice(Availability.AVAILABLE),
        PatternSlot(1, 0, SessionKind.AFTERNOON): PatternChoice(Availability.FIXED, Activity.PROTECTED),
        PatternSlot(1, 1, SessionKind.MORNING): PatternChoice(Availability.PREFERRED),
        PatternSlot(1, 2, SessionKind.EVENING): PatternChoice(Availability.AVAILABLE),
    }
    [(cell, said)] = problems(Patterns=[headings, ["Amy Example", MONDAY, 0.5, None, None, None, None]])
    assert (cell, "Enter x for available" in said) == ("C2", True)


def test_leave_is_whole_days_or_half_days() -> None:
    headings = ["Name", "Kind", "From", "From session", "To", "To session", "Status"]
    rows = [
        ["Amy Example", None, "7 Dec 2026", None, None, None, None],
        ["Amy Example", "Study", MONDAY, "PM", date(2026, 12, 9), "am", "Requested"],
        ["Amy Example", "Annual leave", "9/12/26", None, "7/12/26", None, None],
    ]
    book = read(Leave=[headings, *rows])
    assert [line.away for line in book.lines[SheetName.LEAVE]] == [
        Away(AbsenceKind.ANNUAL, MONDAY, MONDAY),
        Away(AbsenceKind.STUDY, MONDAY, date(2026, 12, 9), SessionKind.AFTERNOON, SessionKind.MORNING),
    ]
    assert [line.approved for line in book.lines[SheetName.LEAVE]] == [True, False]
    assert [(each.cell, each.said) for each in book.problems] == [
        ("E4", "The last day must be on or after the first day.")
    ]


def test_demand_spreads_over_the_days_it_names() -> None:
    headings = ["Site", "Session", "Role", "Activity", "Min", "Wanted", "Max"]
    book = read(Demand=[headings, ["elm", "Mon-Wed AM, Fri PM", "doctor", "Surgery", 1, None, None]])
    [line] = book.lines[SheetName.DEMAND]
    assert [want.session.said for want in line.wants] == [
        "Monday AM",
        "Tuesday AM",
        "Wednesday AM",
        "Friday PM",
    ]
    assert {(want.role_group, want.minimum, want.desired, want.maximum) for want in line.wants} == {
        (RoleGroup.GP, 1, 1, 1)
    }
    [(cell, said)] = problems(Demand=[headings, ["elm", "Mon AM", "GP", "Surgery", 3, 2, 1]])
    assert (cell, said) == ("F2", "The desired number cannot be below the minimum, 3.")


@pytest.mark.parametrize(
    "text", ["", "Mon", "AM", "Sun AM", "Mon Tue Wed AM", "Monday noon", "Fri-Mon AM", "-"]
)
def test_sessions_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        sessions_in(text)
