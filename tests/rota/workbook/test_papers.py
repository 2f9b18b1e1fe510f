from datetime import date, timedelta

from sqlalchemy import select

from network.access.rules import Role
from network.plumbing.database import db, today
from network.plumbing.unpacking import read_sheets
from network.vocabulary import JobRole
from rota.staff.records import RotaMember
from rota.staff.rules import CredentialKind
from rota.tables.queries import template
from rota.uploads.queries import lacking_for
from rota.workbook.commands import Unfit, Written, write_book
from rota.workbook.rules import What, read_book
from tests.cast import Cast
from tests.rota.workbook.sheets import AMY, STAFF, changed, make_workbook

LATER = today() + timedelta(400)
CREDENTIALS = ["Name", "Credential", "Number", "Runs out"]
WHOLE = {
    "Staff": [STAFF, AMY],
    "Patterns": [["Name", "From", "Mon AM"], ["Amy Example", "1/4/2024", "x"]],
    "Credentials": [
        CREDENTIALS,
        ["Dr Amy Example", "GMC", "1234567", LATER],
        ["Amy Example", "indemnity", None, LATER],
        ["Amy Example", "DBS, right to work", None, None],
    ],
    "Inductions": [["Name", "Sites", "Date"], ["Amy Example", "all", "2/4/2024"]],
    "Supervision": [["Name", "Learner", "Minutes"], ["Amy Example", "registrar", 30]],
}


def write(cast: Cast, **sheets) -> Written:
    book = read_book(template(), read_sheets(make_workbook(**sheets), 10_000))
    return write_book(cast[Role.WORKFORCE_MANAGER], book)


def problems(cast: Cast, **sheets) -> list[tuple[str, str]]:
    try:
        write(cast, **sheets)
    except Unfit as unfit:
        return [(problem.cell, problem.said) for problem in unfit.problems]
    return []


def amy() -> RotaMember:
    return db.session.scalars(select(RotaMember)).one()


def told(written: Written, sheet: str) -> list[tuple[str, What, list[tuple[str, str, str]]]]:
    return [
        (change.about, change.what, [(each.heading, each.old, each.new) for each in change.differences])
        for change in written.changes
        if change.sheet == sheet
    ]


def test_one_workbook_makes_people_ready_to_be_planned(cast: Cast) -> None:
    write(cast, Staff=WHOLE["Staff"])
    [lacks] = lacking_for(cast[Role.WORKFORCE_MANAGER])
    assert lacks.lacks == (
        "No GMC registration recorded",
        "No DBS check recorded",
        "No Indemnity recorded",
        "No working pattern",
        "No induction at any site",
    )
    write(cast, **WHOLE)
    assert lacking_for(cast[Role.WORKFORCE_MANAGER]) == ()
    assert {held.kind for held in amy().credentials} == {
        CredentialKind.GMC,
        CredentialKind.INDEMNITY,
        CredentialKind.DBS,
        CredentialKind.RIGHT_TO_WORK,
    }
    assert {(each.site.code, each.inducted_on) for each in amy().inductions} == {
        ("ELM", date(2024, 4, 2)),
        ("OAK", date(2024, 4, 2)),
    }
    [approval] = amy().supervises
    assert (approval.learner_role, approval.minutes_per_session, approval.most_learners) == (
        JobRole.GP_REGISTRAR,
        30,
        1,
    )


def test_the_same_papers_again_change_nothing(cast: Cast) -> None:
    write(cast, **WHOLE)
    assert {change.what for change in write(cast, **WHOLE).changes} == {What.SAME}


def test_a_renewal_is_told_beside_what_it_renews_and_a_mistyped_number_is_put_right(cast: Cast) -> None:
    write(cast, **WHOLE)
    longer = LATER + timedelta(365)
    renewed = write(cast, Credentials=[CREDENTIALS, ["Amy Example", "GMC", None, longer]])
    [(about, what, differences)] = told(renewed, "Credentials")
    assert (about, what) == ("Amy Example, General Medical Council registration", What.ADDED)
    assert [(old, new) for heading, old, new in differences if heading == "Runs out"] == [
        (f"{LATER.day} {LATER:%B} {LATER.year}", f"{longer.day} {longer:%B} {longer.year}")
    ]
    righted = write(cast, Credentials=[CREDENTIALS, ["Amy Example", "GMC", "7654321", LATER]])
    assert told(righted, "Credentials")[0][1:] == (What.CHANGED, [("Number", "1234567", "7654321")])
    assert sorted(held.number for held in amy().credentials if held.kind is CredentialKind.GMC) == [
        "1234567",
        "7654321",
    ]


def test_papers_that_cannot_be_are_told_by_cell(cast: Cast) -> None:
    found = problems(
        cast,
        Staff=WHOLE["Staff"],
        Credentials=[
            CREDENTIALS,
            ["Amy Example", "GMC", None, None],
            ["Amy Example", "passport", None, None],
        ],
        Inductions=[["Name", "Sites"], ["Amy Example", "ELM, OAKK"], ["Amy Exampel", "ELM"]],
        Supervision=[["Name", "Learner", "Minutes"], ["Amy Example", "nurse", 30]],
    )
    said = " ".join(sentence for _, sentence in found)
    assert {cell for cell, _ in found} == {"B2", "B3", "A3"}
    assert "Enter the day on which it runs out." in said
    assert "Enter one such as GMC, NMC, DBS" in said
    assert "There is no site 'OAKK'. Did you mean OAK?" in said
    assert "Nobody called Amy Exampel is on the rota. Did you mean Amy Example?" in said
    assert "is not one" in said


def test_sheets_may_stand_in_any_order_and_so_may_columns(cast: Cast) -> None:
    turned = {name: [list(reversed(row)) for row in rows] for name, rows in reversed(list(WHOLE.items()))}
    write(cast, **turned)
    assert lacking_for(cast[Role.WORKFORCE_MANAGER]) == ()


def test_minutes_left_empty_are_the_usual_ones_and_stay_as_they_are(cast: Cast) -> None:
    short = [heading for heading in STAFF if heading != "Session minutes"]
    row = [value for heading, value in zip(STAFF, AMY, strict=True) if heading != "Session minutes"]
    write(cast, Staff=[short, row])
    assert amy().engagement.session_minutes == 250
    write(cast, Staff=[STAFF, changed(AMY, STAFF, Session_minutes=240)])
    write(cast, Staff=[short, row])
    assert amy().engagement.session_minutes == 240


def test_what_a_row_changes_is_told_from_what_to_what(cast: Cast) -> None:
    write(cast, **WHOLE)
    written = write(
        cast,
        Staff=[STAFF, changed(AMY, STAFF, Sessions=8)],
        Patterns=[["Name", "From", "Mon AM", "Mon PM"], ["Amy Example", "1/4/2024", None, "likes"]],
    )
    assert told(written, "Staff") == [("Amy Example", What.CHANGED, [("Sessions a week", "6.5", "8")])]
    assert told(written, "Patterns") == [
        (
            "Amy Example, from 1 April 2024",
            What.CHANGED,
            [("Monday AM", "Available", ""), ("Monday PM", "", "Likes to work")],
        )
    ]
