"""The looks of the grid's page: rows by what, which weeks, narrowed to whom, and what each viewer may see."""

import json
import re
from datetime import timedelta

import pytest
from flask import current_app

from bench.statements import counted
from network.access.rules import Role
from network.organisations.records import Site
from network.plumbing.database import db
from network.vocabulary import Activity, Discipline, JobRole, RoleGroup, SessionKind
from rota.cells.commands import place
from rota.jobs.records import SolveJob
from rota.jobs.rules import JobState
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.planning.commands import ask_to_fill
from rota.rotas.commands import copy_version
from rota.rotas.queries import get_version_for
from rota.rotas.records import RotaVersion
from rota.rotas.rules import VersionState
from rota.rows.rules import EMPTY
from rota.staff.records import RotaMember
from tests.cast import Cast, client_for, sign_in
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
LOOKS = ["", "?weeks=4", "?by=site", "?by=room", "?by=site&weeks=4", "print", "print?by=site"]


@pytest.fixture
def people(cast: Cast) -> list[RotaMember]:
    """Let Elm want a duty doctor too on Mondays, and the second doctor be ill on Tuesday."""
    people = scene.make_scene(cast)
    people += [scene.make_worker(cast, "Sample", JobRole.NURSE, cast.oak)]
    scene.want(cast.elm_site, weekdays=(0,), kinds=(SessionKind.MORNING,), activity=Activity.DUTY)
    scene.want(cast.oak_site, RoleGroup.NURSE, minimum=0, desired=1)
    ill = Absence(
        member_id=people[1].id,
        kind=AbsenceKind.SICKNESS,
        state=AbsenceState.APPROVED,
        starts_on=MONDAY + timedelta(1),
        ends_on=MONDAY + timedelta(1),
    )
    keep(ill)
    return people


@pytest.fixture
def version(cast: Cast, people: list[RotaMember]) -> RotaVersion:
    """Place the second doctor at Oak on Monday morning, and nobody else in four weeks."""
    version = scene.open_rota(cast, weeks=4)
    put(cast, version, people[1], cast.oak_site)
    return version


def put(
    cast: Cast, version: RotaVersion, member: RotaMember, site: Site, activity: Activity = Activity.SURGERY
) -> None:
    """Place a doctor at a site on Monday morning."""
    cell = scene.cell_of(member)
    line = next(
        line
        for line in version.period.lines
        if (line.day, line.kind, line.site_id) == (cell.day, cell.kind, site.id)
        and (line.role_group, line.activity) == (RoleGroup.GP, activity)
    )
    place(cast[MANAGER], version.id, cell, line.id, EMPTY)


def page_of(cast: Cast, version: RotaVersion, look: str = "", role: Role = MANAGER) -> str:
    answer = client_for(cast, role).get(f"/rota/versions/{version.id}/{look}")
    assert answer.status_code == 200, look
    return answer.text


def named_rows(page: str) -> list[str]:
    return re.findall(r'<tr id="r-[^>]*><th scope="row"><a [^>]*>([^<]*)', page)


def cell_on(page: str, key: str) -> str:
    found = re.search(rf'<td id="{key}".*?</td>', page, re.DOTALL)
    assert found, key
    return found.group()


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_has_one_heading_and_no_id_twice(cast: Cast, version: RotaVersion, look: str) -> None:
    page = page_of(cast, version, look)
    assert page.count("<h1") == 1
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len({*ids}) or look.startswith("print")


def test_four_weeks_stand_beside_each_other(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    page = page_of(cast, version, "?weeks=4")
    for week in range(4):
        assert scene.cell_of(people[0], MONDAY + timedelta(weeks=week)).key in page
    assert page.count(">Week of ") == 4
    assert "Weeks 1 to 4 of 4" in page
    assert scene.cell_of(people[0], MONDAY + timedelta(weeks=1)).key not in page_of(cast, version)


def test_the_weeks_links_keep_the_rest_of_the_look(cast: Cast, version: RotaVersion) -> None:
    page = page_of(cast, version, "?by=site&site=ELM")
    assert "?week=2026-12-14&amp;by=site&amp;site=ELM" in page
    assert "weeks=4" in page
    assert "by=room" in page


def test_rows_by_site_name_who_is_there_beside_have_and_need(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    page = page_of(cast, version, "?by=site")
    assert re.search(r">1/1<span>Example01</span></td>", page)
    assert re.search(r'<td id="s-ELM-gp-\d+"[^>]*data-line="[0-9a-f-]{36}"[^>]*>0/2</td>', page)
    assert f"OAK GP: 1 of 1, enough: {people[1].name}" in page
    assert "Cover, have / need" not in page


def test_rows_by_room_count_each_type_of_room(cast: Cast, version: RotaVersion) -> None:
    page = page_of(cast, version, "?by=room")
    assert "Consulting rooms, 3" in page
    assert "ELM Elm Surgery" in page


def test_a_person_can_be_opened_alone(cast: Cast, version: RotaVersion, people: list[RotaMember]) -> None:
    page = page_of(cast, version)
    link = f"?person={people[1].id}"
    assert link in page
    sheet = page_of(cast, version, link)
    assert f"<h2>{people[1].name}</h2>" in sheet
    assert people[0].name not in sheet
    assert sheet.count(f'<tr data-member="{people[1].id}"') == 24
    assert ">OAK</td>" in cell_on(sheet, scene.cell_of(people[1]).key)


@pytest.mark.parametrize(
    ("look", "keys"),
    [
        ("", ["c-", "s-ELM-gp-", "m-ELM-", "f-"]),
        ("?weeks=4", ["c-", "s-ELM-gp-", "m-ELM-", "f-"]),
        ("?person={person}", ["c-"]),
        ("?by=site", ["s-ELM-gp-", "m-ELM-", "f-"]),
        ("?by=room", ["s-ELM-gp-", "q-ELM-consulting-", "f-"]),
    ],
)
def test_a_change_is_drawn_in_the_look_of_the_page_it_was_made_on(
    cast: Cast, version: RotaVersion, people: list[RotaMember], look: str, keys: list[str]
) -> None:
    page = f"/rota/versions/{version.id}/"
    here = f"http://localhost{page}{look.format(person=people[0].id)}"
    cell = scene.cell_of(people[0])
    changes = [{"member": str(people[0].id), "day": str(cell.day), "kind": "AM", "to": "ELM", "seen": EMPTY}]
    answer = client_for(cast, MANAGER).post(
        f"{page}edit",
        data={"changes": json.dumps(changes), "kind": "change"},
        headers={"HX-Current-URL": here, "HX-Request": "true"},
    )
    assert answer.status_code == 200
    drawn = re.findall(r'<t[dr] id="([^"]+)"', answer.text)
    assert len(drawn) == len({*drawn})
    for key in keys:
        assert any(each.startswith(key) for each in drawn), key
    assert (cell.key in drawn) == ("c-" in keys)
    assert ("<tr" in answer.text) == (look in ("", "?weeks=4"))


def test_each_broken_rule_leads_to_its_cell(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    people[1].credentials.clear()
    page = page_of(cast, version)
    link = re.search(r'<a href="[^"]*week=2026-12-07#([^"]+)">[^<]*Example01', page)
    assert link
    assert link.group(1) == scene.cell_of(people[1]).key
    assert "breaks a rule" in cell_on(page, link.group(1))


@pytest.mark.parametrize(
    ("look", "rows"),
    [
        ("?discipline=nursing", ["Alex Sample"]),
        ("?site=ELM", ["Alex Example00", "Alex Example02"]),
        ("?site=OAK&name=exam", ["Alex Example01"]),
        ("?name=al+sam", ["Alex Sample"]),
    ],
)
def test_rows_are_narrowed_by_discipline_site_and_name(
    cast: Cast, version: RotaVersion, look: str, rows: list[str]
) -> None:
    assert named_rows(page_of(cast, version, look)) == rows


def test_what_nobody_fits_is_said_with_the_way_back(cast: Cast, version: RotaVersion) -> None:
    page = page_of(cast, version, "?name=zzz&weeks=4")
    assert "Nothing fits" in page
    assert "Show all" in page
    assert "<table" not in page


def test_only_what_is_short_leaves_the_rest_of_the_strips_out(cast: Cast, version: RotaVersion) -> None:
    page = page_of(cast, version, "?short=1")
    assert "<span>ELM GP</span>" in page
    assert "OAK Nurse" not in page
    assert "OAK Nurse" in page_of(cast, version)


def test_the_next_gap_is_a_link_to_its_cell_and_week(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    page = page_of(cast, version)
    found = re.search(r'id="next-gap" href="[^"]*\?week=2026-12-07#(s-ELM-gp-\d+)"', page)
    assert found
    assert "short" in cell_on(page, found.group(1))
    later = page_of(cast, version, "?week=2026-12-21")
    assert re.search(r'id="next-gap" href="[^"]*\?week=2026-12-21#', later)
    assert 'id="next-gap"' not in page_of(cast, version, "?discipline=nursing")


def test_the_duty_doctor_is_seen_and_heard(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    cell = scene.cell_of(people[0])
    put(cast, version, people[0], cast.elm_site, Activity.DUTY)
    drawn = cell_on(page_of(cast, version), cell.key)
    assert ">ELM <small>D</small></td>" in drawn
    assert 'aria-label="Elm Surgery, Duty doctor, draft, pinned"' in drawn
    assert ">Example00 D</span>" in page_of(cast, version, "?by=site").replace("<span", "")


def test_what_has_changed_since_it_was_published_is_outlined(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    scene.make_chosen(version)
    copy = get_version_for(cast[MANAGER], copy_version(cast[MANAGER], version.id))
    assert " changed" not in re.findall(r"<table.*</table>", page_of(cast, copy), re.DOTALL)[0]
    put(cast, copy, people[0], cast.elm_site)
    drawn = cell_on(page_of(cast, copy), scene.cell_of(people[0]).key)
    assert "changed" in drawn
    assert "changed, was free" in drawn


def test_fewer_than_wished_is_amber_read_out_and_explained(cast: Cast, version: RotaVersion) -> None:
    page = page_of(cast, version)
    assert "OAK Nurse: 0 of 1, fewer than wished" in page
    assert "fewer than wished" in re.findall(r'<ul class="rota-legend".*?</ul>', page, re.DOTALL)[0]


@pytest.mark.parametrize("look", [*LOOKS, "?short=1"])
def test_staff_see_a_published_rota_and_never_why_somebody_is_away(
    cast: Cast, version: RotaVersion, people: list[RotaMember], look: str
) -> None:
    assert client_for(cast, Role.STAFF).get(f"/rota/versions/{version.id}/{look}").status_code == 404
    scene.make_chosen(version)
    page = page_of(cast, version, look, Role.STAFF)
    if "by=" not in look:
        assert ">N/A</td>" in page
    for word in ("Sick", "sick", "short", "have / need", "Rooms free", "Supervision", "data-seen", "pinned"):
        assert word not in re.sub(r"<link[^>]*>|<script[^>]*>", "", page), word


@pytest.mark.parametrize("look", ["?by=site", "?weeks=4", "print"])
def test_strangers_and_those_without_a_part_in_the_rota_see_no_look_of_it(
    cast: Cast, version: RotaVersion, look: str
) -> None:
    scene.make_chosen(version)
    url = f"/rota/versions/{version.id}/{look}"
    assert sign_in(current_app.test_client(), cast.stranger_account).get(url).status_code == 404
    assert client_for(cast, Role.FINANCE_VIEWER).get(url).status_code == 403


def test_the_page_says_how_a_version_stands_that_is_no_longer_the_one(
    cast: Cast, version: RotaVersion
) -> None:
    scene.make_chosen(version)
    copy = get_version_for(cast[MANAGER], copy_version(cast[MANAGER], version.id))
    copy.state = VersionState.DISCARDED
    page = page_of(cast, copy)
    assert "This version is discarded" in page
    assert f"/rota/versions/{version.id}/" in page


def test_an_empty_draft_says_what_to_do(cast: Cast, people: list[RotaMember]) -> None:
    assert "Nobody is placed yet" in page_of(cast, scene.open_rota(cast))


@pytest.mark.parametrize(
    ("state", "said"), [(JobState.FAILED, "broke off"), (JobState.SOLVING, "is being filled")]
)
def test_the_page_says_how_a_filling_stands(
    cast: Cast, version: RotaVersion, state: JobState, said: str
) -> None:
    db.session.get_one(SolveJob, ask_to_fill(cast[MANAGER], version.id)).state = state
    assert said in page_of(cast, version)


def test_a_rota_without_people_leads_to_staff(cast: Cast) -> None:
    scene.make_scene(cast, doctors=0)
    page = page_of(cast, scene.open_rota(cast))
    assert "Nobody is on the rota" in page
    assert "<table" not in page


def test_paper_has_every_week_the_version_and_the_names_of_sites(cast: Cast, version: RotaVersion) -> None:
    page = page_of(cast, version, "print")
    for week in range(4):
        assert f"week of {MONDAY + timedelta(weeks=week):%A} {(MONDAY + timedelta(weeks=week)).day} " in page
    assert page.count("version 1, draft") == 4
    assert page.count("Printed ") == 4
    assert "<strong>ELM</strong> Elm Surgery" in page
    assert "page--a4" in page
    assert "page--a3" in page_of(cast, version, "print?paper=a3")


@pytest.mark.parametrize("look", ["", "?weeks=4", "?by=site", "?by=room", "print"])
def test_a_bigger_network_takes_no_more_statements(cast: Cast, version: RotaVersion, look: str) -> None:
    client, url = client_for(cast, MANAGER), f"/rota/versions/{version.id}/{look}"
    client.get(url)
    with counted() as few:
        client.get(url)
    for number in range(8):
        scene.make_worker(cast, f"Further{number}")
    page_of(cast, version, look)
    with counted() as many:
        client.get(url)
    assert len(many) == len(few)


def test_every_discipline_keeps_its_colour(cast: Cast, version: RotaVersion) -> None:
    page = page_of(cast, version)
    for discipline in (Discipline.GENERAL_PRACTICE, Discipline.NURSING):
        assert f'<tbody class="d-{discipline}">' in page
