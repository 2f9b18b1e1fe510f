from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.people.records import Engagement, Person
from network.plumbing.database import db, in_network, today
from network.plumbing.refusals import NotAllowed
from network.plumbing.unpacking import read_sheets
from rota.demand.records import DemandTemplate
from rota.leave.records import Absence
from rota.leave.rules import AbsenceState
from rota.staff.records import RotaMember
from rota.tables.queries import template
from rota.workbook.commands import Unfit, write_book
from rota.workbook.rules import read_book
from tests import makers
from tests.cast import Cast
from tests.rota.workbook.sheets import AMY, BEN, STAFF, changed, make_workbook

MANAGER = Role.WORKFORCE_MANAGER
PATTERNS = ["Name", "From", "Mon AM", "Mon PM"]
LEAVE = ["Name", "From", "To"]
DEMAND = ["Site", "Session", "Role", "Activity", "Min", "Wanted", "Max"]
SOON = today() + timedelta(30)
EXTRA = ["Home site", "Competencies", "Funding"]

WHOLE = {
    "Staff": [
        [*STAFF, *EXTRA],
        [*AMY, "elm", "minor surgery, Duty doctor", "core 80%, EA 20%"],
        [*BEN, None, None, None],
    ],
    "Patterns": [
        PATTERNS,
        ["Dr Amy Example", "1/4/2024", "x", "admin"],
        ["Sample, Ben", "1/4/2024", "x", None],
    ],
    "Leave": [LEAVE, ["amy  example", SOON, SOON + timedelta(4)]],
    "Demand": [DEMAND, ["elm", "Mon-Fri AM", "GP", "Surgery", 1, 2, 3]],
}


def write(cast: Cast, actor: Role = MANAGER, **sheets) -> dict[str, dict[str, int]]:
    book = read_book(template(), read_sheets(make_workbook(**sheets), 10_000))
    return write_book(cast[actor], book).counts


def problems(cast: Cast, **sheets) -> list[tuple[str, str, str]]:
    with pytest.raises(Unfit) as unfit:
        write(cast, **sheets)
    return [(problem.sheet, problem.cell, problem.said) for problem in unfit.value.problems]


def count(of: type) -> int:
    return db.session.scalar(select(func.count()).select_from(of)) or 0


def test_a_whole_workbook_is_written(cast: Cast) -> None:
    counts = write(cast, **WHOLE)
    assert counts == {
        "Staff": {"added": 2},
        "Patterns": {"added": 2},
        "Leave": {"added": 1},
        "Demand": {"added": 1},
    }
    amy = db.session.scalars(
        select(RotaMember)
        .join(RotaMember.engagement)
        .join(Engagement.person)
        .where(Person.given_name == "Amy")
    ).one()
    assert (amy.engagement.weekly_minutes, amy.home_site.code) == (1625, "ELM")
    assert {held.code for held in amy.competencies} == {"minor_surgery", "duty_doctor"}
    assert sorted(split.percent for split in amy.funding) == [20, 80]
    assert len(amy.patterns[0].cells) == 2
    assert db.session.scalars(select(Absence)).one().state is AbsenceState.APPROVED
    assert count(DemandTemplate) == 5
    assert "import_workbook" in db.session.scalars(select(AuditEntry.verb)).all()


def test_the_same_workbook_again_changes_nothing(cast: Cast) -> None:
    write(cast, **WHOLE)
    entries = count(AuditEntry)
    assert write(cast, **WHOLE) == {
        "Staff": {"same": 2},
        "Patterns": {"same": 2},
        "Leave": {"same": 1},
        "Demand": {"same": 1},
    }
    assert count(AuditEntry) == entries + 1


def test_rows_that_differ_are_changed(cast: Cast) -> None:
    write(cast, **WHOLE)
    counts = write(
        cast,
        Staff=[STAFF, changed(AMY, STAFF, Sessions=8), BEN],
        Patterns=[PATTERNS, ["Amy Example", "1/4/2024", "x", "x"], ["Ben Sample", SOON, "x", "x"]],
        Demand=[DEMAND, ["ELM", "Mon AM", "GP", "Surgery", 1, 1, 2]],
    )
    assert counts == {
        "Staff": {"changed": 1, "same": 1},
        "Patterns": {"changed": 1, "added": 1},
        "Demand": {"changed": 1},
    }


def test_one_bad_row_and_nothing_is_written(cast: Cast) -> None:
    found = problems(
        cast,
        Staff=[[*STAFF, "Home site"], [*AMY, "xyz"], [*changed(BEN, STAFF, Employer="Moon Surgery"), None]],
        Leave=[LEAVE, ["Nobody Known", SOON, SOON]],
        Demand=[
            DEMAND,
            ["moon", "Mon AM", "GP", "Surgery", 1, 2, 3],
            ["elm", "Sat AM", "GP", "Surgery", 1, 2, 3],
        ],
    )
    assert found[0] == ("Staff", "J2", "There is no site 'xyz'. The sites are: ELM, OAK.")
    assert found[1][:2] == ("Staff", "D3")
    assert "There is no organisation 'Moon Surgery'" in found[1][2]
    assert found[2][:2] == ("Demand", "A2")
    assert "is not open on Saturday AM" in found[3][2]
    assert (count(RotaMember), count(DemandTemplate), count(Absence), count(AuditEntry)) == (0, 0, 0, 0)


def test_somebody_unknown_is_told_where_the_staff_are_in_order(cast: Cast) -> None:
    [(sheet, cell, said)] = problems(cast, Staff=[STAFF, AMY], Leave=[LEAVE, ["Nobody Known", SOON, SOON]])
    assert (sheet, cell) == ("Leave", "A2")
    assert said.startswith("Nobody called Nobody Known is on the rota.")


def test_a_person_twice_is_told_with_both_rows(cast: Cast) -> None:
    [(_, cell, said)] = problems(cast, Staff=[STAFF, AMY, BEN, changed(AMY, STAFF, First_name="AMY")])
    assert (cell, "stands in row 2 already" in said) == ("B4", True)


def test_a_namesake_needs_an_email_address(cast: Cast) -> None:
    write(cast, Staff=[STAFF, AMY])
    at_oak = changed(AMY, STAFF, Employer="Oak Surgery")
    [(_, cell, said)] = problems(cast, Staff=[STAFF, at_oak])
    assert (cell, "to say whether they are one person" in said) == ("C2", True)
    write(cast, Staff=[STAFF, changed(at_oak, STAFF, Email="amy@example.org")])
    assert db.session.scalar(select(func.count()).where(Person.given_name == "Amy")) == 2
    [(_, _, ambiguous)] = problems(cast, Leave=[LEAVE, ["Amy Example", SOON, SOON]])
    assert "More than one post fits Amy Example" in ambiguous
    assert write(cast, Leave=[[*LEAVE, "Employer"], ["Amy Example", SOON, SOON, "oak surgery"]])


def test_one_person_with_two_posts_is_one_person(cast: Cast) -> None:
    amy = changed(AMY, STAFF, Email="amy@example.org")
    write(cast, Staff=[STAFF, amy, changed(amy, STAFF, Employer="Oak Surgery", Sessions=2)])
    assert db.session.scalar(select(func.count()).where(Person.given_name == "Amy")) == 1
    assert count(RotaMember) == 2


def test_what_the_pages_refuse_the_import_refuses_with_the_same_sentence(cast: Cast) -> None:
    write(cast, **WHOLE)
    overlapping = [LEAVE, ["Amy Example", SOON + timedelta(2), SOON + timedelta(9)]]
    [(_, cell, said)] = problems(cast, Leave=overlapping)
    assert (cell, "already has annual leave" in said) == ("B2", True)


def test_a_pattern_of_two_weeks_needs_both(cast: Cast) -> None:
    headings = ["Name", "From", "Week", "Mon AM"]
    both = [["Amy Example", "1/4/2024", 1, "x"], ["Amy Example", "1/4/2024", 2, None]]
    [(_, _, said)] = problems(cast, Staff=[STAFF, AMY], Patterns=[headings, both[1]])
    assert said == "The pattern has no row for week 1."
    write(cast, Staff=[STAFF, AMY], Patterns=[headings, *both])
    assert db.session.scalars(select(RotaMember)).one().patterns[0].cycle_weeks == 2


def test_requested_leave_waits_and_own_leave_is_not_approved(cast: Cast) -> None:
    write(cast, Staff=[STAFF, AMY], Leave=[[*LEAVE, "State"], ["Amy Example", SOON, SOON, "requested"]])
    assert db.session.scalars(select(Absence)).one().state is AbsenceState.REQUESTED
    engagement = makers.make_engagement(cast.elm, db.session.get(Person, cast[MANAGER].person_id))
    name = makers.make_member(engagement, cast.network).name
    db.session.commit()
    [(_, _, said)] = problems(cast, Leave=[LEAVE, [name, SOON, SOON]])
    assert said == "Somebody else has to decide on your own leave."


def test_only_those_who_may_import_do(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        write(cast, Role.PRACTICE_MANAGER, Staff=[STAFF, AMY])
    with in_network(cast.stranger.network_id):
        book = read_book(template(), read_sheets(make_workbook(Staff=[STAFF, AMY]), 10))
        with pytest.raises(Unfit, match="Nothing was written"):
            write_book(cast.stranger, book)


def test_a_first_day_in_the_past_is_kept(cast: Cast) -> None:
    write(
        cast, Demand=[[*DEMAND, "First day"], ["elm", "Mon AM", "GP", "Surgery", 1, 2, 3, date(2025, 1, 1)]]
    )
    assert db.session.scalars(select(DemandTemplate)).one().starts_on == date(2025, 1, 1)
