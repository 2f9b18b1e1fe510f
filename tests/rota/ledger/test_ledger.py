import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db
from network.plumbing.refusals import NotFound, Refusal
from network.vocabulary import Activity, ContractType, FundingStream, JobRole, RoleGroup
from rota.funding.commands import agree_shares
from rota.ledger.commands import export_ledger
from rota.ledger.queries import ledger_for, spans_for
from rota.ledger.rules import Count, Line, added_up, shared_groups, shares_in, total
from rota.ledger.wording import bought, flagged, over_said
from rota.rotas.records import Assignment, RotaVersion
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene

FINANCE, MANAGER = Role.FINANCE_VIEWER, Role.WORKFORCE_MANAGER
MONTH = f"{MONDAY:%Y-%m}"


def make_line(
    stream: FundingStream = FundingStream.CORE,
    role: JobRole = JobRole.GP,
    activity: Activity = Activity.SURGERY,
    place: str = "Elm",
    sessions: int = 1,
    contract: ContractType = ContractType.SALARIED,
) -> Line:
    return Line(stream, role, RoleGroup.GP, contract, activity, place, "Elm", Count(sessions, sessions * 250))


def test_lines_add_up_by_whatever_is_asked_the_most_first() -> None:
    lines = [make_line(), make_line(place="Oak", sessions=3), make_line(activity=Activity.CLINIC)]
    assert total(lines) == Count(5, 1250)
    assert list(added_up(lines, lambda line: line.place).items()) == [
        ("Oak", Count(3, 750)),
        ("Elm", Count(2, 500)),
    ]


def test_a_stream_that_may_not_pay_is_told_by_role_and_by_activity() -> None:
    registrar = make_line(role=JobRole.GP_REGISTRAR)
    evening = make_line(activity=Activity.ENHANCED_ACCESS)
    assert make_line().is_payable
    assert not registrar.is_payable
    assert "does not pay for the role" in flagged(registrar)
    assert flagged(evening) == "Core general practice contract does not pay for enhanced access."


def test_shares_are_compared_with_what_each_practice_had_and_learners_left_out() -> None:
    lines = [
        make_line(sessions=6, contract=ContractType.ADDITIONAL_ROLES),
        make_line(place="Oak", sessions=2),
        make_line(place="Oak", sessions=50, role=JobRole.GP_REGISTRAR),
        make_line(place="Elsewhere", sessions=9),
    ]
    assert shared_groups(lines, []) == [RoleGroup.GP]
    assert shared_groups(lines[1:], [RoleGroup.NURSE]) == [RoleGroup.NURSE]
    elm, oak = shares_in(lines, {RoleGroup.GP: {"Elm": 50, "Oak": 50}})
    assert (elm.sessions, elm.due, elm.over) == (6, 4, 2)
    assert over_said(elm)[0] == "2 over"
    assert over_said(oak)[0] == "2 under"


def test_what_a_stream_bought_is_told_in_words() -> None:
    lines = [make_line(sessions=2), make_line(place="", activity=Activity.HOME_VISITS)]
    assert bought(FundingStream.CORE, lines) == (
        "Core general practice contract bought 3 sessions (12.5 hours): surgery (2) and home visits (1); "
        "by GP (3); at Elm (2) and no site, remote or on visits (1)."
    )


@pytest.fixture
def version(cast: Cast) -> RotaVersion:
    """Have one doctor of Elm and one of Oak work the Monday, each at home."""
    cast.elm.list_size = cast.oak.list_size = 10_000
    elm, oak, _ = scene.make_scene(cast)
    elm.engagement.contract = ContractType.ADDITIONAL_ROLES
    version = scene.open_rota(cast)
    scene.put(version, elm, cast.elm_site, cast[MANAGER])
    scene.put(version, oak, cast.oak_site, cast[MANAGER])
    scene.put(version, oak, cast.oak_site, cast[MANAGER], MONDAY + timedelta(1))
    return version


def test_only_what_people_were_told_of_is_counted(cast: Cast, version: RotaVersion) -> None:
    assert ledger_for(cast[FINANCE]) is None
    scene.make_chosen(version)
    ledger = ledger_for(cast[FINANCE], MONTH)
    assert ledger is not None
    assert total(ledger.lines).sessions == 3
    assert [(share.practice, share.sessions, share.over) for share in ledger.shares] == [
        ("Elm Surgery", 1, -0.5),
        ("Oak Surgery", 2, 0.5),
    ]
    assert [span.value for span in spans_for(cast[FINANCE])] == [MONTH, str(version.id)]


def test_drafts_are_offered_to_those_who_plan_and_say_so(cast: Cast, version: RotaVersion) -> None:
    (span,) = spans_for(cast[MANAGER])
    assert (span.is_draft, span.said) == (True, "Rota of 7 December to 13 December 2026, draft 1")
    with pytest.raises(NotFound):
        ledger_for(cast[FINANCE], str(version.id))
    page = client_for(cast, MANAGER).get("/funding", query_string={"time": str(version.id)}).text
    assert "Draft: nobody was told of it" in page


def test_agreed_shares_are_those_of_the_time(cast: Cast, version: RotaVersion) -> None:
    scene.make_chosen(version)
    whole = {cast.elm.id: 100, cast.oak.id: 0}
    agree_shares(cast[FINANCE], RoleGroup.GP, MONDAY + timedelta(60), whole, "Board")
    ledger = ledger_for(cast[FINANCE], str(version.id))
    assert ledger is not None
    assert {share.percent for share in ledger.shares} == {50}
    agree_shares(cast[FINANCE], RoleGroup.GP, MONDAY, whole, "Board")
    ledger = ledger_for(cast[FINANCE], str(version.id))
    assert ledger is not None
    assert [share.percent for share in ledger.shares] == [100, 0]


def test_a_practice_manager_counts_their_own_people_and_sites(cast: Cast, version: RotaVersion) -> None:
    scene.make_chosen(version)
    ledger = ledger_for(cast[Role.PRACTICE_MANAGER], MONTH)
    assert ledger is not None
    assert {line.employer for line in ledger.lines} == {"Elm Surgery"}
    assert not ledger.shares


@pytest.mark.parametrize(
    "role", [Role.STAFF, Role.TRAINEE, Role.CLINICAL_LEAD, Role.ADMINISTRATOR, Role.CHAIR, Role.ROTATION_LEAD]
)
def test_nobody_else_sees_the_ledger(cast: Cast, version: RotaVersion, role: Role) -> None:
    scene.make_chosen(version)
    with pytest.raises(NotFound):
        ledger_for(cast[role], MONTH)
    assert client_for(cast, role).get("/funding").status_code == 403


def test_a_stranger_finds_no_rota_of_ours(cast: Cast, version: RotaVersion) -> None:
    scene.make_chosen(version)
    client = client_for(cast, FINANCE)
    assert client.get("/funding", query_string={"time": "2031-01"}).status_code == 404
    assert client.get("/funding", query_string={"time": "nonsense"}).status_code == 404


def test_finance_is_led_from_the_first_page_to_the_workbook_in_three_clicks(
    cast: Cast, version: RotaVersion
) -> None:
    scene.make_chosen(version)
    client = client_for(cast, FINANCE)
    first = client.get("/").text
    assert 'href="/funding?time=2026-12"' in first
    page = client.get("/funding?time=2026-12").text
    assert "3 sessions" in page
    assert "Example0" not in page
    answer = client.post("/funding/workbook", data={"time": MONTH})
    book = load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["Streams", "By place", "By employer", "Shares", "To check", "Lines"]
    assert [cell.value for cell in book["Lines"][2]][3:6] == ["Elm Surgery", "Elm Surgery", 1]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "export_ledger")).one()
    assert entry.details["span"] == "December 2026"


def test_an_empty_ledger_says_why_and_gives_no_file(cast: Cast) -> None:
    client = client_for(cast, FINANCE)
    assert "No rota is published yet" in client.get("/funding").text
    assert "No rota is published yet" in client.get("/").text
    with pytest.raises(Refusal, match="nothing in this ledger"):
        export_ledger(cast[FINANCE], "")
    assert client.post("/funding/workbook").status_code == 303


def test_what_cannot_be_paid_is_on_the_page(cast: Cast, version: RotaVersion) -> None:
    for row in db.session.scalars(select(Assignment)):
        row.funding = FundingStream.DENTAL_CONTRACT
    scene.make_chosen(version)
    page = client_for(cast, FINANCE).get("/funding?time=2026-12").text
    assert "3 sessions to check" in page
    assert "Dental contract does not pay for the role" in page
