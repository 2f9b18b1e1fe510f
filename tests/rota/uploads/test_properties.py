"""Any table is imported whole or not at all, what goes out comes back the same, and all gets an answer."""

import io
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.people.records import Engagement, Person
from network.plumbing.database import db, in_network
from network.plumbing.spreadsheets import write_workbook
from network.plumbing.unpacking import read_sheets
from rota.demand.records import DemandTemplate
from rota.leave.records import Absence
from rota.staff.records import RotaMember, WorkingPattern
from rota.tables.queries import template
from rota.uploads.queries import sheets_for
from rota.workbook.commands import Unfit, write_book
from rota.workbook.rules import read_book
from tests.cast import Cast, client_for
from tests.rota.workbook.sheets import make_workbook

TABLES = (Person, Engagement, RotaMember, WorkingPattern, Absence, DemandTemplate, AuditEntry)
FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)

GIVEN = st.sampled_from(["Amy", "Ben", "  cy ", "+Dee", "-Eve", "@Fay"])
FAMILY = st.sampled_from(["Example", "O'Hara", "Zoë-Smith", "名前"])
DAYS = st.integers(0, 60).map(lambda days: date(2027, 3, 1) + timedelta(days))
TYPED_DAYS = st.tuples(
    DAYS, st.sampled_from(["{0}", "{0:%d/%m/%Y}", "{0:%a} {0.day} {0:%b %Y}", "{0:%d.%m.%y}"])
).map(lambda typed: typed[1].format(typed[0]))
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=300),
    st.sampled_from(["=1+1", "31/2/2027", "soon", "Mon AM", "elm", "x" * 5000]),
    st.datetimes(),
    DAYS,
)
STAFF = st.tuples(
    GIVEN,
    FAMILY,
    st.sampled_from([None, "@example.org", "@example.com"]),
    st.sampled_from(["Elm Surgery", "oak surgery"]),
    st.sampled_from(["GP", "HCA", "practice nurse"]),
    st.sampled_from(["salaried", "Partner", "locum"]),
    st.sampled_from([0, 1, 6.5, "8", "½"]),
    st.sampled_from([240, 250]),
    st.sampled_from([date(2024, 4, 1), datetime(2024, 4, 1, 0, 0), "1/4/24"]),
    st.sampled_from([None, "elm", "OAK"]),
    st.sampled_from([None, "core 50%, EA 50%", "ARRS"]),
)
CROSSES = st.sampled_from([None, "x", "likes", "CPD", "off"])
DEMAND = st.tuples(
    st.sampled_from(["elm", "OAK"]),
    st.sampled_from(["Mon AM", "Mon-Fri PM", "Tue Eve", "Wed-Thu am"]),
    st.sampled_from(["GP", "nurse"]),
    st.sampled_from(["surgery", "duty"]),
    st.integers(0, 2),
    st.sampled_from([None, 2]),
    st.sampled_from([None, 3]),
)
HEADINGS = {
    "Staff": "Forename,Surname,Email,Employer,Role,Contract,Sessions,Session minutes,First day,Site,Paid by",
    "Patterns": "Name,From,Mon AM,Mon PM,Tue AM",
    "Leave": "Name,First day,Starts,Last day,State",
    "Demand": "Site,Session,Role,Activity,Minimum,Desired,Most",
}
Tables = dict[str, list[list[Any]]]


@st.composite
def workbooks(draw: st.DrawFn) -> Tables:
    """Make tables that mostly fit, as people's do, and spoil a cell of some."""
    # People of one example are strangers to the next, which finds its predecessors in the database.
    ward = f"{draw(st.integers(0, 10**6))}"
    drawn = draw(st.lists(STAFF, min_size=1, max_size=4, unique_by=lambda row: (row[0], row[1])))
    staff = [
        (given, f"{family} {ward}", email and f"{given}.{ward}{email}".strip(), *rest)
        for given, family, email, *rest in drawn
    ]
    names = st.sampled_from([f"{row[0]} {row[1]}" for row in staff])
    days = draw(st.lists(DAYS, max_size=3, unique=True))
    tables: Tables = {
        "Staff": [list(row) for row in staff],
        "Patterns": draw(
            st.lists(st.tuples(names, TYPED_DAYS, CROSSES, CROSSES, CROSSES).map(list), max_size=3)
        ),
        "Leave": [[draw(names), day, None, day, draw(st.sampled_from([None, "requested"]))] for day in days],
        "Demand": draw(
            st.lists(DEMAND.map(list), max_size=3, unique_by=lambda row: (row[0], row[2], row[3]))
        ),
    }
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        table = tables[draw(st.sampled_from(sorted(name for name, rows in tables.items() if rows)))]
        row = draw(st.sampled_from(table))
        row[draw(st.integers(0, len(row) - 1))] = draw(ANYTHING)
    return tables


def packed(**tables: list[list[Any]]) -> bytes:
    return make_workbook(**{name: [HEADINGS[name].split(","), *table] for name, table in tables.items()})


def held() -> tuple[int, ...]:
    return tuple(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES)


@FEW
@given(tables=workbooks())
def test_any_table_is_imported_whole_or_not_at_all_and_comes_back_the_same(
    cast: Cast, tables: Tables
) -> None:
    manager, before = cast[Role.WORKFORCE_MANAGER], held()
    book = read_book(template(), read_sheets(packed(**tables), 10_000))
    try:
        counts = write_book(manager, book).counts
    except Unfit:
        assert held() == before
        return
    written = {
        sheet: len([row for row in rows if any(cell is not None for cell in row)])
        for sheet, rows in tables.items()
    }
    assert {sheet: sum(counted.values()) for sheet, counted in counts.items()} == {
        sheet: rows for sheet, rows in written.items() if rows
    }
    again = write_book(manager, book).counts
    assert {what for counted in again.values() for what in counted} <= {"same"}
    out = write_workbook(sheets_for(manager, filled=True))
    back = write_book(manager, read_book(template(), read_sheets(out, 10_000))).counts
    assert {what for counted in back.values() for what in counted} <= {"same"}


@FEW
@given(tables=workbooks())
def test_any_workbook_gets_an_answer(cast: Cast, tables: Tables) -> None:
    client = client_for(cast, Role.WORKFORCE_MANAGER)
    answer = client.post("/import", data={"workbook": (io.BytesIO(packed(**tables)), "any.xlsx")})
    assert answer.status_code in (303, 422)
    if answer.status_code == 303:
        assert client.get(answer.location).status_code == 200
        assert client.post(f"{answer.location}/confirm").status_code in (303, 422)


@FEW
@given(junk=st.binary(max_size=2000), cut=st.integers(0, 6000))
def test_any_file_gets_an_answer(cast: Cast, junk: bytes, cut: int) -> None:
    client = client_for(cast, Role.WORKFORCE_MANAGER)
    whole = packed(Staff=[])
    for content in (junk, whole[:cut] + junk + whole[cut + 10 :]):
        answer = client.post("/import", data={"workbook": (io.BytesIO(content), "any.xlsx")})
        assert answer.status_code in (303, 422)
    with in_network(cast.network.id):
        assert held()[2] == 0
