import html
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db
from network.vocabulary import RoleGroup
from rota.leave.commands import approve_leave, report_sickness, request_leave
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState, Away
from rota.limits.commands import set_limit
from rota.rotas.records import RotaVersion
from rota.staff.records import RotaMember
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


TUESDAY = MONDAY + timedelta(1)


@pytest.fixture(autouse=True)
def _weeks_before() -> None:
    with time_machine.travel(MONDAY - timedelta(weeks=4), tick=True):
        yield


def make_pair(cast: Cast) -> tuple[RotaMember, RotaMember]:
    """Put the cast's member of staff on the rota, beside another doctor of the same practice."""
    own, _, other = scene.make_scene(cast)
    own.engagement.person_id = cast[Role.STAFF].person_id
    db.session.commit()
    return own, other


def published(cast: Cast, *members: RotaMember) -> RotaVersion:
    version = scene.open_rota(cast)
    for member in members:
        scene.put(version, member, cast.elm_site, cast[MANAGER])
    scene.make_chosen(version)
    return version


def question(member: RotaMember, day: date = MONDAY) -> dict[str, str]:
    return {
        "member_id": str(member.id),
        "kind": "annual",
        "starts_on": str(day),
        "begins": "morning",
        "ends_on": "",
        "ends": "evening",
    }


def answer(cast: Cast, role: Role, member: RotaMember, day: date = MONDAY) -> str:
    page = client_for(cast, role).get("/leave/answer", query_string=question(member, day))
    assert page.status_code == 200
    return html.unescape(page.text)


def away(cast: Cast, member: RotaMember, kind: AbsenceKind = AbsenceKind.ANNUAL) -> None:
    days = Away(kind, MONDAY, MONDAY)
    if kind is AbsenceKind.SICKNESS:
        report_sickness(cast[MANAGER], member.id, days)
    else:
        approve_leave(cast[MANAGER], request_leave(cast[MANAGER], member.id, days))


def test_the_answer_names_the_cover_that_would_fall(cast: Cast) -> None:
    own, _ = make_pair(cast)
    published(cast, own)
    said = answer(cast, Role.STAFF, own)
    assert "You are on the published rota once" in said
    assert "cover at Elm Surgery on Monday 7 December AM would fall to 0 of 1" in said
    assert "Likely" in answer(cast, Role.STAFF, own, TUESDAY)


def test_a_draft_is_not_shown_to_those_who_do_not_plan(cast: Cast) -> None:
    own, _ = make_pair(cast)
    version = scene.open_rota(cast)
    scene.put(version, own, cast.elm_site, cast[MANAGER])
    said = answer(cast, Role.STAFF, own)
    assert "is being made, and counts on you" in said
    assert "Elm Surgery" not in said
    assert "cover at Elm Surgery" in answer(cast, MANAGER, own)


@pytest.mark.parametrize("kind", [AbsenceKind.ANNUAL, AbsenceKind.SICKNESS, AbsenceKind.PARENTAL])
def test_who_asks_learns_how_many_are_away_and_never_who_or_why(cast: Cast, kind: AbsenceKind) -> None:
    own, other = make_pair(cast)
    set_limit(cast[MANAGER], cast.elm.id, None, RoleGroup.GP, 1)
    away(cast, other, kind)
    said = answer(cast, Role.STAFF, own)
    assert "1 of your group (GP) is away on Monday 7 December already, and 1 is the most." in said
    page = client_for(cast, Role.STAFF).get("/leave/new").text
    for text in (said, page):
        assert other.name not in text
        assert "ickness" not in text.replace("Report sickness", "")
    assert "full" in html.unescape(page)


def test_nobody_is_answered_about_somebody_elses_leave(cast: Cast) -> None:
    _, other = make_pair(cast)
    said = answer(cast, Role.STAFF, other)
    assert "note" not in said


@pytest.mark.parametrize(
    "changed",
    [
        {"starts_on": ""},
        {"starts_on": "31 Feb"},
        {"kind": "sickness"},
        {"member_id": "x"},
        {"ends_on": "2020-01-01"},
    ],
)
def test_an_answer_waits_for_questions_that_can_be_used(cast: Cast, changed: dict[str, str]) -> None:
    own, _ = make_pair(cast)
    page = client_for(cast, Role.STAFF).get("/leave/answer", query_string=question(own) | changed)
    assert (page.status_code, page.text.strip()) == (200, "")


def asked(cast: Cast, member: RotaMember) -> Absence:
    request_leave(cast[Role.STAFF], member.id, Away(AbsenceKind.ANNUAL, MONDAY, MONDAY))
    return db.session.scalars(select(Absence).where(Absence.state == AbsenceState.REQUESTED)).one()


def test_the_page_of_a_decision_shows_what_it_takes(cast: Cast) -> None:
    own, other = make_pair(cast)
    version = published(cast, own)
    away(cast, other, AbsenceKind.SICKNESS)
    absence = asked(cast, own)
    page = html.unescape(client_for(cast, MANAGER).get(f"/leave/{absence.id}/decision").text)
    for sentence in ("What stands against it", "0 of 1", other.name, "Sickness", "sessions;"):
        assert sentence in page
    assert f"/rota/versions/{version.id}/?week={MONDAY}" in page


def test_only_who_decides_sees_the_page_of_a_decision(cast: Cast) -> None:
    own, _ = make_pair(cast)
    absence = asked(cast, own)
    address = f"/leave/{absence.id}/decision"
    seen = {role: client_for(cast, role).get(address).status_code for role in Role}
    assert {role for role, status in seen.items() if status == 200} == {MANAGER, Role.PRACTICE_MANAGER}
    assert {status for status in seen.values()} <= {200, 403, 404}


def test_the_first_page_tells_managers_what_leave_took(cast: Cast) -> None:
    own, _ = make_pair(cast)
    version = published(cast, own)
    away(cast, own)
    said = f"Leave of {own.name} takes 1 session of the published rota: 1 short."
    page = client_for(cast, MANAGER).get("/").text
    assert said in html.unescape(page)
    assert f"/rota/versions/{version.id}/?week={MONDAY}" in page
    assert said not in html.unescape(client_for(cast, Role.STAFF).get("/").text)


def test_the_first_page_calls_illness_an_absence(cast: Cast) -> None:
    own, _ = make_pair(cast)
    published(cast, own)
    away(cast, own, AbsenceKind.SICKNESS)
    page = html.unescape(client_for(cast, MANAGER).get("/").text)
    assert f"Absence of {own.name} takes 1 session" in page
    assert "Sickness" not in page


def test_leave_that_is_taken_back_takes_nothing(cast: Cast) -> None:
    own, _ = make_pair(cast)
    published(cast, own)
    away(cast, own)
    absence = db.session.scalars(select(Absence)).one()
    assert client_for(cast, MANAGER).post(f"/leave/{absence.id}/withdraw").status_code == 303
    assert "takes 1 session" not in client_for(cast, MANAGER).get("/").text


def cell(member: RotaMember, **changed: str) -> dict[str, str]:
    return {"member": str(member.id), "day": str(MONDAY), "kind": "AM"} | changed


def test_leave_is_recorded_beside_the_grid(cast: Cast) -> None:
    own, _ = make_pair(cast)
    version = published(cast, own)
    client, htmx = client_for(cast, MANAGER), {"HX-Request": "true"}
    where = cell(own, version=str(version.id))
    assert "From Monday 7 December AM." in client.get("/leave/quick", query_string=where, headers=htmx).text
    answers = {"absence": "sickness", "last_day": str(TUESDAY), "ends": "midday"}
    sent = client.post("/leave/quick", query_string=where, data=answers, headers=htmx)
    assert (sent.status_code, sent.headers["HX-Trigger"]) == (200, "rota-facts-changed")
    assert "It takes 1 session of the published rota: 1 short." in html.unescape(sent.text)
    absence = db.session.scalars(select(Absence)).one()
    assert (absence.state, absence.starts_on, absence.ends_on) == (AbsenceState.REPORTED, MONDAY, TUESDAY)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert entry is not None
    assert entry.verb == "enter_absence"
    assert "sick" not in str(entry.details).lower()
    again = client.post("/leave/quick", query_string=where, data=answers, headers=htmx)
    assert again.status_code == 422
    assert "already has sickness" in html.unescape(again.text)


def test_without_scripts_recorded_leave_leads_back_to_the_grid(cast: Cast) -> None:
    own, _ = make_pair(cast)
    version = published(cast, own)
    client = client_for(cast, Role.PRACTICE_MANAGER)
    where = cell(own, version=str(version.id))
    sent = client.post("/leave/quick", query_string=where, data={"absence": "annual", "ends": "evening"})
    assert (sent.status_code, str(version.id) in sent.location) == (303, True)


def test_only_who_decides_records_leave(cast: Cast) -> None:
    own, other = make_pair(cast)
    other.engagement.person_id = cast[Role.PRACTICE_MANAGER].person_id
    other.engagement.employer_id = cast.elm.id
    db.session.commit()
    manager = client_for(cast, Role.PRACTICE_MANAGER)
    assert manager.get("/leave/quick", query_string=cell(own)).status_code == 200
    assert manager.get("/leave/quick", query_string=cell(other)).status_code == 403
    assert manager.get("/leave/quick", query_string=cell(own, day="soon")).status_code == 404
    assert client_for(cast, Role.STAFF).get("/leave/quick", query_string=cell(own)).status_code == 403


def test_staff_report_their_own_illness_in_one_click(cast: Cast) -> None:
    own, other = make_pair(cast)
    client = client_for(cast, Role.STAFF)
    sent = client.post("/leave/ill", data={"member_id": str(own.id), "until": "tomorrow"})
    assert sent.status_code == 303
    absence = db.session.scalars(select(Absence)).one()
    assert (absence.ends_on - absence.starts_on).days == 1
    assert client.post("/leave/ill", data={"member_id": str(other.id)}).location.endswith("/leave/sickness")
