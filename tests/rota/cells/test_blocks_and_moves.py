"""Blocks pasted from a spreadsheet, sessions moved, and gaps that others could fill."""

import json
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import SessionKind
from rota.edits.records import Edit
from rota.edits.rules import Cell
from rota.presence.queries import pulse_for
from rota.rotas.records import RotaVersion, Visit
from rota.rows.rules import EMPTY
from rota.staff.records import RotaMember
from tests.cast import Cast, client_for, make_account, sign_in
from tests.makers import MONDAY
from tests.rota import scene
from tests.rota.cells.test_pages import MANAGER, address, edit, mark, post, sites_of


def test_the_pulse_tells_what_others_changed_and_who_is_here(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    other = sign_in(client_for(cast, MANAGER), make_account(Role.PRACTICE_MANAGER, cast.network, cast.elm.id))
    mine, cell = client_for(cast, MANAGER), scene.cell_of(people[0])
    assert mine.get(address(version, "pulse?number=0")).status_code == 204
    assert other.get(address(version, f"pulse?number=0&cell={cell.key}")).status_code == 200
    edit(other, version, (cell, "ELM", EMPTY))
    news = mine.get(address(version, "pulse?number=0"))
    assert "Alex Practice Manager is here too" in news.text
    assert f'data-at="{cell.key}"' in news.text
    assert f'id="{cell.key}"' in news.text
    assert json.loads(news.headers["HX-Trigger"])["rota-news"] == {"number": 1, "cells": [cell.key]}
    assert 'id="rota-said"' not in news.text
    assert pulse_for(cast[MANAGER], version.id, 0).number == 1
    assert pulse_for(cast[MANAGER], version.id, 1).number == 1
    assert len(db.session.scalars(select(Visit)).all()) == 2


def paste(client: FlaskClient, version: RotaVersion, cell: Cell, block: str) -> TestResponse:
    form = {"member": cell.member_id, "day": cell.day, "kind": cell.kind.value, "block": block}
    return post(client, version, "paste", **form)


def test_a_block_from_a_spreadsheet_is_shown_before_it_is_pasted(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    client = client_for(cast, MANAGER)
    shown = paste(client, version, scene.cell_of(people[0]), "ELM\toak\r\n\tXYZ\r\nREM\tA/L\r\nELM\r\n")
    text = re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", shown.text))
    assert "Paste 3 cells" in text
    assert "Row 2, column 2 (Alex Example01, Monday 7 December PM): “XYZ” is no site." in text
    assert "Row 3, column 2" in text
    assert "Row 4, column 1: This falls beyond the last person or session shown." in text
    assert sites_of(version) == {}
    changes = re.search(r'name="changes" value="([^"]*)"', shown.text)
    assert changes
    post(client, version, "edit", changes=changes.group(1).replace("&#34;", '"'), kind="paste")
    afternoon = scene.cell_of(people[0], kind=SessionKind.AFTERNOON)
    assert sites_of(version) == {
        scene.cell_of(people[0]): "ELM",
        afternoon: "OAK",
        scene.cell_of(people[2]): None,
    }
    assert db.session.scalars(select(Edit.kind)).all() == ["paste"]


@pytest.mark.parametrize("block", ["", "\n\n", "ELM\t" * 2100])
def test_a_block_of_no_sensible_size_is_refused(
    cast: Cast, version: RotaVersion, people: list[RotaMember], block: str
) -> None:
    answer = paste(client_for(cast, MANAGER), version, scene.cell_of(people[0]), block)
    assert (answer.status_code, "Paste 0" in answer.text) in [(422, False), (200, True)]


def test_a_practice_manager_pastes_where_they_reach_and_hears_where_not(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    shown = paste(client_for(cast, Role.PRACTICE_MANAGER), version, scene.cell_of(people[0]), "OAK\nOAK")
    assert "Another organisation" in shown.text
    assert "Paste 1 cell" in shown.text


def test_a_session_is_moved_to_another_from_its_panel_as_one_edit(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    client, cell = client_for(cast, MANAGER), scene.cell_of(people[0])
    edit(client, version, (cell, "OAK", EMPTY))
    form = {
        "member": cell.member_id,
        "day": MONDAY,
        "kind": "AM",
        "seen": mark(version, cell),
        "deed": "move",
    }
    later = scene.cell_of(people[0], kind=SessionKind.AFTERNOON)
    nowhere = post(client, version, "cell", **form, to="nonsense")
    assert nowhere.status_code == 422
    never = post(client, version, "cell", **form | {"day": "   "}, to=f"{MONDAY} PM {EMPTY}")
    assert never.status_code == 422
    moved = post(client, version, "cell", **form, to=f"{MONDAY} PM {EMPTY}")
    assert moved.status_code == 200
    assert json.loads(moved.headers["HX-Trigger"])["rota-edited"]["cells"] == [cell.key, later.key]
    assert sites_of(version) == {later: "OAK"}
    post(client, version, "undo")
    assert sites_of(version) == {cell: "OAK"}


def test_a_gap_names_who_could_come_from_another_duty_and_what_they_leave(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    client, cell = client_for(cast, MANAGER), scene.cell_of(people[0])
    edit(client, version, (cell, "OAK", EMPTY))
    line = scene.line_on(version, cast.elm_site, cell)
    page = client.get(address(version, f"gap?line={line.id}")).text
    assert "Who could come from another duty" in page
    assert "Comes from surgery, Oak Surgery: 0 of 1 stay there." in page
    own = client_for(cast, Role.PRACTICE_MANAGER).get(address(version, f"gap?line={line.id}")).text
    # The doctor is Elm's own: Elm's manager may call them back.
    assert "Comes from surgery" in own
