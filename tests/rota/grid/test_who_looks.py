"""Who sees which look of a rota, and what the page says of versions, fillings and paper."""

import re
from datetime import timedelta

import pytest
from flask import current_app

from bench.statements import counted
from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import Discipline
from rota.jobs.records import SolveJob
from rota.jobs.rules import JobState
from rota.planning.commands import ask_to_fill
from rota.rotas.commands import copy_version
from rota.rotas.queries import get_version_for
from rota.rotas.records import RotaVersion
from rota.rotas.rules import VersionState
from rota.staff.records import RotaMember
from tests.cast import Cast, client_for, sign_in
from tests.makers import MONDAY
from tests.rota import scene
from tests.rota.grid.test_looks import LOOKS, MANAGER, page_of


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
