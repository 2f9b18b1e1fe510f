import json
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import JobRole, RoleGroup
from rota.drafts.queries import standing_in
from rota.edits.records import Edit
from rota.edits.rules import Cell
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.rotas.records import Assignment, RotaVersion
from rota.rows.rules import EMPTY
from rota.staff.records import RotaMember
from tests.cast import Cast, client_for, make_account, sign_in
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


def address(version: RotaVersion, rest: str) -> str:
    return f"/rota/versions/{version.id}/{rest}"


def post(client: FlaskClient, version: RotaVersion, rest: str, **form: object) -> TestResponse:
    return client.post(address(version, rest), data=form, headers={"HX-Request": "true"})


def edit(
    client: FlaskClient, version: RotaVersion, *wanted: tuple[Cell, str, str], **form: object
) -> TestResponse:
    changes = [
        {"member": str(cell.member_id), "day": str(cell.day), "kind": cell.kind.value, "to": to, "seen": seen}
        for cell, to, seen in wanted
    ]
    return post(client, version, "edit", changes=json.dumps(changes), **form)


def said(answer: TestResponse) -> str:
    found = re.search(r'id="rota-said".*?</div>\s*$|id="rota-said".*?</div>', answer.text, re.S)
    assert found
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", found.group())).strip()


def mark(version: RotaVersion, cell: Cell) -> str:
    return standing_in(version.id, [cell])[cell].mark


def sites_of(version: RotaVersion) -> dict[Cell, str | None]:
    rows = db.session.scalars(
        select(Assignment)
        .where(Assignment.version_id == version.id)
        .execution_options(populate_existing=True)
    )
    return {Cell(row.member_id, row.day, row.kind): row.site.code if row.site else None for row in rows}


def be_ill(member: RotaMember) -> None:
    keep(
        Absence(
            member_id=member.id,
            kind=AbsenceKind.SICKNESS,
            state=AbsenceState.REPORTED,
            starts_on=MONDAY,
            ends_on=MONDAY,
        )
    )


def test_a_site_typed_into_a_cell_is_saved_and_answered_with_all_it_touches(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    cell = scene.cell_of(people[0])
    answer = edit(client_for(cast, MANAGER), version, (cell, "elm", EMPTY))
    assert answer.status_code == 200
    assert "Saved, no rule broken." in said(answer)
    assert f'id="{cell.key}"' in answer.text
    assert ">1/1</td>" in answer.text
    assert "<strong>19 sessions short</strong>" in answer.text
    assert json.loads(answer.headers["HX-Trigger"]) == {"rota-edited": {"number": 1, "cells": [cell.key]}}
    assert sites_of(version) == {cell: "ELM"}


def test_the_sentence_of_a_breach_comes_back_and_leads_to_its_cell(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    be_ill(people[0])
    cell = scene.cell_of(people[0])
    answer = edit(client_for(cast, MANAGER), version, (cell, "ELM", EMPTY))
    assert f"{people[0].name} is unavailable on Mon 7 Dec AM: sickness." in said(answer)
    assert f'<a href="#{cell.key}">' in answer.text


def test_many_cells_are_changed_as_one_edit_or_none_of_them(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    client = client_for(cast, MANAGER)
    cells = [scene.cell_of(member) for member in people]
    refused = edit(
        client, version, (cells[0], "ELM", EMPTY), (cells[1], "XYZ", EMPTY), (cells[2], "OAK", EMPTY)
    )
    assert refused.status_code == 422
    assert f"{people[1].name}, Monday 7 December AM: “XYZ” is no site. Write ELM, OAK" in said(refused)
    assert sites_of(version) == {}
    edit(
        client, version, (cells[0], "ELM", EMPTY), (cells[1], "rem", EMPTY), (cells[2], "Oak Surgery", EMPTY)
    )
    assert sites_of(version) == {cells[0]: "ELM", cells[1]: None, cells[2]: "OAK"}
    assert len(db.session.scalars(select(Edit)).all()) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("A/L", "is leave"),
        ("CPD", "fixed by the working pattern"),
        ("ELM dancing", "“dancing” after ELM is no activity"),
        ("pin", "nothing in this cell to pin"),
        ("<b>", "is no site"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_sentence(
    cast: Cast, version: RotaVersion, people: list[RotaMember], text: str, sentence: str
) -> None:
    answer = edit(client_for(cast, MANAGER), version, (scene.cell_of(people[0]), text, EMPTY))
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert sites_of(version) == {}


def test_a_place_made_by_hand_says_what_for(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    cell = scene.cell_of(people[0])
    about = {"member": cell.member_id, "day": cell.day, "kind": cell.kind.value}
    answer = post(client_for(cast, MANAGER), version, "cell", **about, deed="make", seen=EMPTY)
    assert answer.status_code == 422
    assert sites_of(version) == {}


@pytest.mark.parametrize("changes", ["", "[]", "{}", "nonsense", '[{"member": "x"}]', "[1]", "null"])
def test_changes_that_make_no_sense_are_refused(cast: Cast, version: RotaVersion, changes: str) -> None:
    assert post(client_for(cast, MANAGER), version, "edit", changes=changes).status_code == 422


def test_undo_and_redo_answer_with_what_they_touch_and_name_the_cells(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    client, cell = client_for(cast, MANAGER), scene.cell_of(people[0])
    edit(client, version, (cell, "ELM", EMPTY))
    undone = post(client, version, "undo")
    assert json.loads(undone.headers["HX-Trigger"])["rota-edited"] == {"number": 2, "cells": [cell.key]}
    assert sites_of(version) == {}
    redone = post(client, version, "redo")
    assert json.loads(redone.headers["HX-Trigger"])["rota-edited"]["number"] == 3
    assert sites_of(version) == {cell: "ELM"}
    refused = post(client, version, "redo")
    assert (refused.status_code, "nothing to do again" in said(refused)) == (422, True)


def test_the_second_of_two_managers_is_shown_both_and_may_put_theirs(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    other = sign_in(client_for(cast, MANAGER), make_account(MANAGER, cast.network, cast.elm.id))
    cell = scene.cell_of(people[0])
    assert edit(other, version, (cell, "OAK", EMPTY)).status_code == 200
    late = edit(client_for(cast, MANAGER), version, (cell, "ELM", EMPTY))
    assert late.status_code == 409
    text = re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", late.text)).replace(" ,", ",")
    assert "Stands there now Surgery at Oak Surgery, by Alex Network Workforce Manager" in text
    assert "You wanted Surgery at Elm Surgery" in text
    assert f'data-seen="{mark(version, cell)}"' in late.text
    assert sites_of(version) == {cell: "OAK"}
    changes = re.search(r'name="changes" value="([^"]*)"', late.text)
    assert changes
    mine = post(client_for(cast, MANAGER), version, "edit", changes=changes.group(1).replace("&#34;", '"'))
    assert mine.status_code == 200
    assert sites_of(version) == {cell: "ELM"}


def test_two_who_want_the_same_are_not_in_each_others_way(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    cell, client = scene.cell_of(people[0]), client_for(cast, MANAGER)
    edit(client, version, (cell, "ELM", EMPTY))
    again = edit(client, version, (cell, "ELM", EMPTY))
    assert again.status_code == 422
    assert "That is what stands there already." in said(again)


def test_a_gap_shows_who_could_and_what_stops_the_others(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    be_ill(people[0])
    nurse = scene.make_worker(cast, "Nurse", JobRole.NURSE)
    line = scene.line_on(version, cast.elm_site, scene.cell_of(people[0]))
    client = client_for(cast, MANAGER)
    page = client.get(address(version, f"gap?line={line.id}")).text
    assert '<strong class="is-bad">1 short</strong> of 1' in page
    assert page.count('name="deed" value="place"') == 2
    assert f"{people[0].name} is unavailable on Mon 7 Dec AM: sickness." in page
    assert nurse.name not in page
    form = {
        "member": people[1].id,
        "day": MONDAY,
        "kind": "AM",
        "seen": EMPTY,
        "line": line.id,
        "deed": "place",
    }
    assert post(client, version, "cell", **form).status_code == 200
    assert "1 of 1" in client.get(address(version, f"gap?line={line.id}")).text


def test_a_peer_never_learns_why_somebody_cannot(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    be_ill(people[0])
    line = scene.line_on(version, cast.elm_site, scene.cell_of(people[0]))
    scene.make_chosen(version)
    page = client_for(cast, Role.STAFF).get(address(version, f"gap?line={line.id}")).text
    assert f"{people[0].name} is not available." in page
    assert "sickness" not in page
    assert 'value="place"' not in page


def test_a_gap_of_another_rota_is_not_found(cast: Cast, version: RotaVersion) -> None:
    client = client_for(cast, MANAGER)
    assert client.get(address(version, f"gap?line={version.id}")).status_code == 404
    assert client.get(address(version, "gap?line=nonsense")).status_code == 404


def test_nobody_is_placed_on_a_duty_of_another_role(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    nurse = scene.make_worker(cast, "Nurse", JobRole.NURSE)
    line = scene.line_on(version, cast.elm_site, scene.cell_of(people[0]))
    form = {"member": nurse.id, "day": MONDAY, "kind": "AM", "seen": EMPTY, "line": line.id, "deed": "place"}
    answer = post(client_for(cast, MANAGER), version, "cell", **form)
    assert answer.status_code == 422
    assert f"This duty is for the role of {RoleGroup.GP.label}" in answer.text
    assert sites_of(version) == {}
