"""What is said after an edit: the rules that it broke first, and how many were broken already."""

import json

import pytest

from network.access.rules import Role
from network.vocabulary import SessionKind
from rota.cells.commands import place
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.rotas.records import RotaVersion
from rota.rows.rules import EMPTY
from rota.staff.records import RotaMember
from rota.updates.queries import Update, update_for
from rota.views.rules import Look
from tests.cast import Cast, client_for
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


@pytest.fixture
def people(cast: Cast) -> list[RotaMember]:
    """Let the first doctor have nothing in date, and be ill on Monday afternoon."""
    people = scene.make_scene(cast)
    people[0].credentials.clear()
    ill = Absence(
        member_id=people[0].id,
        kind=AbsenceKind.SICKNESS,
        state=AbsenceState.APPROVED,
        starts_on=MONDAY,
        starts_with=SessionKind.AFTERNOON,
        ends_on=MONDAY,
    )
    keep(ill)
    return people


@pytest.fixture
def version(cast: Cast, people: list[RotaMember]) -> RotaVersion:
    return scene.open_rota(cast)


def put(cast: Cast, version: RotaVersion, member: RotaMember, kind: SessionKind) -> Update:
    cell = scene.cell_of(member, kind=kind)
    place(cast[MANAGER], version.id, cell, scene.line_on(version, cast.elm_site, cell).id, EMPTY)
    return update_for(cast[MANAGER], version.id, [cell], Look())


def test_what_an_edit_broke_is_told_and_what_was_broken_already_is_counted(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    first = put(cast, version, people[0], SessionKind.MORNING)
    assert first.broken
    assert "unavailable" not in " ".join(each.said for each in first.broken)
    assert first.still_broken == 0
    second = put(cast, version, people[0], SessionKind.AFTERNOON)
    assert [each.said.split(":")[0] for each in second.broken] == [
        f"{people[0].name} is unavailable on Mon 7 Dec PM"
    ]
    assert second.still_broken == len(first.broken)


def test_an_edit_that_breaks_nothing_says_so_though_others_stand_broken(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    put(cast, version, people[0], SessionKind.MORNING)
    put(cast, version, people[0], SessionKind.AFTERNOON)
    other = put(cast, version, people[1], SessionKind.MORNING)
    assert (other.broken, other.still_broken) == ((), 0)


def test_the_sentence_tells_what_broke_first_and_then_how_much_was_broken_before(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    put(cast, version, people[0], SessionKind.MORNING)
    cell = scene.cell_of(people[0], kind=SessionKind.AFTERNOON)
    change = {
        "member": str(cell.member_id),
        "day": str(cell.day),
        "kind": cell.kind.value,
        "to": "ELM",
        "seen": EMPTY,
    }
    answer = client_for(cast, MANAGER).post(
        f"/rota/versions/{version.id}/edit",
        data={"changes": json.dumps([change]), "kind": "change"},
        headers={"HX-Request": "true"},
    )
    assert "Saved. This broke a rule:" in answer.text
    assert "Also broken before: 1." in answer.text
