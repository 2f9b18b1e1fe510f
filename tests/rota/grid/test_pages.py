import uuid

import pytest
from flask import current_app
from flask.testing import FlaskClient

from network.access.rules import Role
from network.vocabulary import SessionKind
from rota.jobs.tasks import solve
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.planning.commands import ask_to_fill
from rota.rotas.queries import get_version_for
from rota.rotas.records import RotaVersion
from rota.rows.rules import EMPTY
from rota.solver.limits import Limits
from rota.staff.records import RotaMember
from tests.cast import Cast, client_for, sign_in
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
QUICK = Limits(seconds=20, workers=1)
NO_ROTA = [Role.FINANCE_VIEWER, Role.ADMINISTRATOR, Role.HOST_LEAD, Role.CHAIR, Role.VOLUNTARY_MEMBER]


@pytest.fixture
def people(cast: Cast) -> list[RotaMember]:
    """Let the first doctor be ill on Monday, and the second away in the afternoon."""
    people = scene.make_scene(cast)
    for member, kind, starts_with in (
        (people[0], AbsenceKind.SICKNESS, SessionKind.EARLY),
        (people[1], AbsenceKind.ANNUAL, SessionKind.AFTERNOON),
    ):
        keep(
            Absence(
                member_id=member.id,
                kind=kind,
                state=AbsenceState.APPROVED,
                starts_on=MONDAY,
                starts_with=starts_with,
                ends_on=MONDAY,
            )
        )
    return people


@pytest.fixture
def version(cast: Cast, people: list[RotaMember]) -> RotaVersion:
    """Fill the rota of a week."""
    version_id = scene.open_rota(cast).id
    solve(cast.network.id, job_id=ask_to_fill(cast[MANAGER], version_id, QUICK))
    return get_version_for(cast[MANAGER], version_id)


def address(version: RotaVersion, rest: str = "") -> str:
    return f"/rota/versions/{version.id}/{rest}"


def ask_for(client: FlaskClient, version: RotaVersion, member: RotaMember) -> str:
    query = {"member": str(member.id), "day": MONDAY.isoformat(), "kind": "AM"}
    return client.get(address(version, "cell"), query_string=query, headers={"HX-Request": "true"}).text


def send(client: FlaskClient, version: RotaVersion, member: RotaMember, **form: object) -> tuple[int, str]:
    form = {"member": member.id, "day": MONDAY, "kind": "AM", "seen": EMPTY} | form
    answer = client.post(address(version, "cell"), data=form, headers={"HX-Request": "true"})
    return answer.status_code, answer.text


def test_every_page_of_a_rota_opens_for_its_manager(cast: Cast, version: RotaVersion) -> None:
    client = client_for(cast, MANAGER)
    for url in (
        "/",
        "/rota/",
        "/rota/new",
        address(version),
        address(version, "?week=2026-12-09"),
        address(version, "?week=nonsense"),
        address(version, "publish/"),
        f"/rota/jobs/{version.job_id}/",
    ):
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert answer.text.count("<h1") == 1, url


def test_a_first_rota_is_opened_on_the_page(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    assert "Not quite ready" in client.get("/rota/").text
    scene.make_scene(cast)
    assert "Make the first rota" in client.get("/rota/").text
    wrong = client.post("/rota/new", data={"starts_on": "2026-12-08", "weeks": "4"})
    assert wrong.status_code == 422
    assert "Choose a Monday" in wrong.text
    for sent, sentence in (({"starts_on": " "}, "Enter the Monday"), ({"weeks": " "}, "Enter the number of")):
        blank = client.post("/rota/new", data={"starts_on": "2026-12-07", "weeks": "4"} | sent)
        assert (blank.status_code, sentence in blank.text) == (422, True)
    opened = client.post("/rota/new", data={"starts_on": "2026-12-07", "weeks": "4"})
    assert opened.status_code == 303
    assert "Before you fill" in client.get(opened.location).text
    again = client.post("/rota/new", data={"starts_on": "2026-12-14", "weeks": "4"})
    assert again.status_code == 422
    assert "already" in again.text


@pytest.mark.parametrize("role", NO_ROTA)
def test_who_has_no_part_in_the_rota_does_not_see_it(cast: Cast, version: RotaVersion, role: Role) -> None:
    scene.make_chosen(version)
    client = client_for(cast, role)
    assert client.get("/rota/").status_code == 403
    assert client.get(address(version)).status_code == 403


def test_staff_see_names_and_sessions_but_never_why_somebody_is_away(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    client = client_for(cast, Role.STAFF)
    assert client.get(address(version)).status_code == 404
    scene.make_chosen(version)
    page = client.get(address(version)).text
    assert people[1].name in page
    assert ">ELM</td>" in page
    assert "Not available" in page
    for word in ("A/L", "Sick", "Annual leave", "short", "rule"):
        assert word not in page, word
    panel = ask_for(client, version, people[0])
    assert "Not available" in panel
    assert "Sick" not in panel
    assert "<form" not in panel


def test_a_managers_grid_says_why_somebody_is_away(cast: Cast, version: RotaVersion) -> None:
    page = client_for(cast, MANAGER).get(address(version)).text
    assert ">Sick</td>" in page
    assert ">A/L</td>" in page


def test_a_manager_of_one_practice_does_not_learn_why_others_are_away(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    page = client_for(cast, Role.PRACTICE_MANAGER).get(address(version)).text
    assert ">Sick</td>" in page
    assert ">A/L</td>" not in page
    assert ">N/A</td>" in page


def test_a_stranger_finds_no_rota(cast: Cast, version: RotaVersion) -> None:
    client = sign_in(current_app.test_client(), cast.stranger_account)
    assert client.get(address(version)).status_code == 404
    assert client.get(address(version, "publish/")).status_code == 404


def test_a_change_answers_with_all_that_it_touches(cast: Cast, people: list[RotaMember]) -> None:
    version = scene.open_rota(cast)
    line = scene.line_on(version, cast.elm_site, scene.cell_of(people[1]))
    client = client_for(cast, MANAGER)
    assert "0 of 1" in ask_for(client, version, people[1])
    status, answer = send(client, version, people[1], line=line.id)
    assert status == 200
    assert f'id="{scene.cell_of(people[1]).key}"' in answer
    assert 'aria-label="Elm Surgery, Surgery, draft, pinned"' in answer
    assert ">1/1</td>" in answer
    assert "<strong>19 sessions short</strong>" in answer


def test_a_breach_is_told_before_and_after_it_is_made(cast: Cast, people: list[RotaMember]) -> None:
    version = scene.open_rota(cast)
    line = scene.line_on(version, cast.elm_site, scene.cell_of(people[0]))
    client = client_for(cast, MANAGER)
    said = f"{people[0].name} is unavailable on Mon 7 Dec AM: sickness."
    assert said in ask_for(client, version, people[0])
    _, answer = send(client, version, people[0], line=line.id)
    assert said in answer
    assert "breaks a rule" in answer


def test_a_change_that_comes_too_late_is_refused_on_the_page(cast: Cast, people: list[RotaMember]) -> None:
    version = scene.open_rota(cast)
    cell = scene.put(version, people[1], cast.elm_site, cast[MANAGER])
    status, answer = send(
        client_for(cast, MANAGER), version, people[1], line=scene.line_on(version, cast.oak_site, cell).id
    )
    assert status == 422
    assert "It is now: Surgery at Elm Surgery" in answer


def test_undo_on_the_page_takes_the_last_change_back(cast: Cast, people: list[RotaMember]) -> None:
    version = scene.open_rota(cast)
    scene.put(version, people[1], cast.elm_site, cast[MANAGER])
    client = client_for(cast, MANAGER)
    answer = client.post(address(version, "undo"), follow_redirects=True)
    assert "taken back" in answer.text
    assert "nothing to undo" in client.post(address(version, "undo"), follow_redirects=True).text


def test_a_nonsense_cell_is_not_found(cast: Cast, version: RotaVersion) -> None:
    client = client_for(cast, MANAGER)
    assert client.get(address(version, "cell?member=x&day=y&kind=z")).status_code == 404
    nobody = f"cell?member={uuid.uuid4()}&day={MONDAY}&kind=AM"
    assert client.get(address(version, nobody)).status_code == 404


def test_a_draft_on_old_facts_says_so(cast: Cast, version: RotaVersion, people: list[RotaMember]) -> None:
    people[2].engagement.weekly_minutes += 250
    client = client_for(cast, MANAGER)
    assert "Out of date" in client.get(address(version)).text
    page = client.get(address(version, "publish/")).text
    assert "It stands as it is" in page
    refused = client.post(address(version, "publish/"), follow_redirects=True)
    assert "Facts have changed" in refused.text


def test_the_today_page_says_how_the_rota_stands(cast: Cast, version: RotaVersion) -> None:
    assert "The rota of 7 December" in client_for(cast, MANAGER).get("/").text
    assert "The rota of 7 December" not in client_for(cast, Role.STAFF).get("/").text
