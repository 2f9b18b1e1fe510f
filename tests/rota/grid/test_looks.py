"""The looks of the grid's page: rows by what, which weeks, narrowed to whom, and what each viewer may see."""

import json
import re
from datetime import timedelta

import pytest

from network.access.rules import Role
from network.vocabulary import Activity
from rota.rotas.commands import copy_version
from rota.rotas.queries import get_version_for
from rota.rotas.records import RotaVersion
from rota.rows.rules import EMPTY
from rota.staff.records import RotaMember
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene
from tests.rota.grid.conftest import put

MANAGER = Role.WORKFORCE_MANAGER


LOOKS = ["", "?weeks=4", "?by=site", "?by=room", "?by=site&weeks=4", "print", "print?by=site"]


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
