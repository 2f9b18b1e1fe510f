import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from network.vocabulary import Activity, SessionKind
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.payroll.commands import export_payroll
from rota.payroll.queries import payable_rotas, payroll_for
from rota.rotas.records import RotaVersion
from rota.rotas.rules import PeriodState
from rota.staff.records import RotaMember
from rota.staff.rules import Availability
from tests.cast import Cast, client_for
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER, PRACTICE = Role.WORKFORCE_MANAGER, Role.PRACTICE_MANAGER


@pytest.fixture
def people(cast: Cast) -> list[RotaMember]:
    return scene.make_scene(cast, doctors=2)


@pytest.fixture
def version(cast: Cast, people: list[RotaMember]) -> RotaVersion:
    """Have a doctor of Elm and one of Oak told of the Monday morning."""
    version = scene.open_rota(cast)
    scene.put(version, people[0], cast.elm_site, cast[MANAGER])
    scene.put(version, people[1], cast.oak_site, cast[MANAGER])
    scene.make_chosen(version)
    return version


def be_away(member: RotaMember, kind: AbsenceKind, days: int = 0) -> None:
    keep(
        Absence(
            member_id=member.id,
            kind=kind,
            state=AbsenceState.APPROVED,
            starts_on=MONDAY + timedelta(days),
            ends_on=MONDAY + timedelta(days),
        )
    )
    db.session.commit()


def lines(cast: Cast, version: RotaVersion, role: Role = MANAGER) -> list[dict[str, str]]:
    _, content = export_payroll(cast[role], version.period_id)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_each_session_worked_is_a_line(cast: Cast, version: RotaVersion) -> None:
    elm, oak = lines(cast, version)
    assert elm == {
        "Employer": "Elm Surgery",
        "Person": "Alex Example00",
        "Role": "GP",
        "Date": "2026-12-07",
        "Session": "AM",
        "Site": "Elm Surgery",
        "Start": "08:00",
        "End": "12:10",
        "Minutes": "250",
        "Category": "Worked",
        "Activity": "Surgery",
        "Funding stream": "Core general practice contract",
        "Source": "Set by hand",
        "Status": "Provisional",
    }
    assert oak["Employer"] == "Oak Surgery"


def test_a_closed_rota_is_final(cast: Cast, version: RotaVersion) -> None:
    version.period.state = PeriodState.CLOSED
    db.session.commit()
    assert {line["Status"] for line in lines(cast, version)} == {"Final"}
    assert [each.status for each in payable_rotas(cast[MANAGER])] == ["Final"]


def test_the_file_is_what_excel_and_the_standard_read(cast: Cast, version: RotaVersion) -> None:
    name, content = export_payroll(cast[MANAGER], version.period_id)
    assert name == "payroll-2026-12-07-provisional.csv"
    assert content.startswith(b"\xef\xbb\xbfEmployer,Person,")
    assert content.count(b"\r\n") == 3
    assert content.endswith(b"\r\n")


def test_a_name_that_a_spreadsheet_would_run_is_harmless(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    people[0].engagement.person.title = '=HYPERLINK("x")'
    db.session.commit()
    assert lines(cast, version)[0]["Person"].startswith("'=HYPERLINK")


def test_leave_is_named_and_private_reasons_are_an_absence(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    be_away(people[0], AbsenceKind.ANNUAL, days=1)
    be_away(people[0], AbsenceKind.STUDY, days=2)
    be_away(people[0], AbsenceKind.SICKNESS, days=3)
    found = [(line["Date"], line["Category"], line["Start"]) for line in lines(cast, version, PRACTICE)]
    assert found[0] == ("2026-12-07", "Worked", "08:00")
    assert found[1:] == [
        *[("2026-12-08", "Annual leave", "")] * 2,
        *[("2026-12-09", "Study leave", "")] * 2,
        *[("2026-12-10", "Absence", "")] * 2,
    ]
    assert "ickness" not in export_payroll(cast[MANAGER], version.period_id)[1].decode()


def test_who_fell_ill_after_being_told_did_not_work(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    be_away(people[0], AbsenceKind.SICKNESS)
    morning, afternoon = lines(cast, version, PRACTICE)
    assert (morning["Category"], morning["Minutes"]) == ("Absence", "250")
    assert (afternoon["Category"], afternoon["Source"]) == ("Absence", "Leave")


def test_who_fell_ill_on_leave_is_absent_and_not_on_leave(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    be_away(people[0], AbsenceKind.ANNUAL)
    be_away(people[0], AbsenceKind.SICKNESS)
    assert {line["Category"] for line in lines(cast, version, PRACTICE)} == {"Absence"}


def test_what_a_pattern_fixes_is_work(cast: Cast, version: RotaVersion, people: list[RotaMember]) -> None:
    for cell in people[0].patterns[0].cells:
        if (cell.weekday, cell.kind) == (2, SessionKind.AFTERNOON):
            cell.availability, cell.activity = Availability.FIXED, Activity.PROTECTED
    db.session.commit()
    (taught,) = [line for line in lines(cast, version, PRACTICE) if line["Source"] == "Working pattern"]
    assert (taught["Date"], taught["Activity"]) == ("2026-12-09", "Protected development time")


def test_a_practice_manager_gets_their_own_people_only(cast: Cast, version: RotaVersion) -> None:
    assert {line["Employer"] for line in lines(cast, version, PRACTICE)} == {"Elm Surgery"}
    assert {line["Employer"] for line in lines(cast, version)} == {"Elm Surgery", "Oak Surgery"}


@pytest.mark.parametrize(
    "role", [Role.STAFF, Role.FINANCE_VIEWER, Role.CLINICAL_LEAD, Role.ADMINISTRATOR, Role.HOST_LEAD]
)
def test_nobody_else_exports(cast: Cast, version: RotaVersion, role: Role) -> None:
    with pytest.raises(NotAllowed):
        export_payroll(cast[role], version.period_id)
    with pytest.raises(NotFound):
        payroll_for(cast[role], version.period_id)
    with pytest.raises(NotFound):
        payable_rotas(cast[role])
    assert client_for(cast, role).get("/funding/payroll").status_code == 403


def test_a_draft_cannot_be_paid(cast: Cast, people: list[RotaMember]) -> None:
    version = scene.open_rota(cast)
    assert payable_rotas(cast[MANAGER]) == []
    with pytest.raises(NotFound):
        export_payroll(cast[MANAGER], version.period_id)


def test_nobody_to_pay_is_said(cast: Cast) -> None:
    people = scene.make_scene(cast, doctors=2)
    people[0].planned_until = people[0].planned_from
    version = scene.open_rota(cast)
    scene.put(version, people[1], cast.oak_site, cast[MANAGER])
    scene.make_chosen(version)
    with pytest.raises(Refusal, match="Nobody of your organisation"):
        export_payroll(cast[PRACTICE], version.period_id)
    page = client_for(cast, PRACTICE).post(f"/funding/payroll/{version.period_id}", follow_redirects=True)
    assert "Nobody of your organisation works in this rota." in page.text


def test_the_file_is_downloaded_from_a_page_and_the_trail_knows(cast: Cast, version: RotaVersion) -> None:
    period_id = version.period_id
    client = client_for(cast, PRACTICE)
    assert "Provisional" in client.get("/funding/payroll").text
    answer = client.post(f"/funding/payroll/{period_id}")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Cache-Control"] == "no-store"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "export_payroll")).one()
    assert (entry.details["people"], entry.details["status"]) == (1, "Provisional")
