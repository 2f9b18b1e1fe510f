from datetime import timedelta

from network.access.rules import Role
from network.plumbing.database import db
from rota.drafts.commands import undo
from rota.edits.rules import Cell
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.panels.queries import Panel, panel_for
from rota.panels.rules import Choice
from rota.rotas.records import RotaVersion
from tests.cast import Cast
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


def panel_of(cast: Cast, version: RotaVersion, cell: Cell) -> Panel:
    version_id = version.id
    db.session.commit()
    return panel_for(cast[MANAGER], version_id, cell)[0]


def test_the_panel_says_what_is_left_short_where_somebody_goes(cast: Cast) -> None:
    amy, bob, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, amy, cast.elm_site, cast[MANAGER])
    cell = scene.cell_of(amy, MONDAY)
    alone = panel_of(cast, version, cell)
    assert alone.leaves.startswith(f"Without {amy.name}, Surgery (")
    assert alone.leaves.endswith(") has 0 of 1.")
    scene.put(version, bob, cast.elm_site, cast[MANAGER])
    assert panel_of(cast, version, cell).leaves == ""


def test_a_choice_that_is_full_says_so(cast: Cast) -> None:
    amy, *others = scene.make_scene(cast, doctors=4)
    version = scene.open_rota(cast)
    cell = scene.cell_of(amy, MONDAY)
    for member in others:
        assert not at_elm(panel_of(cast, version, cell)).is_full
        scene.put(version, member, cast.elm_site, cast[MANAGER])
    full = at_elm(panel_of(cast, version, cell))
    assert (full.have, full.is_full) == (full.most, True)


def at_elm(panel: Panel) -> Choice:
    (choice,) = (each for each in panel.choices if each.code == "ELM")
    return choice


def test_the_panel_offers_the_other_sessions_of_the_week_and_says_what_stands_there(cast: Cast) -> None:
    amy, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.put(version, amy, cast.elm_site, cast[MANAGER])
    scene.put(version, amy, cast.oak_site, cast[MANAGER], MONDAY + timedelta(1))
    said = [each.said for each in panel_of(cast, version, cell).elsewhere]
    assert "Tuesday 8 December AM, instead of OAK" in said
    assert "Monday 7 December PM" in said
    assert "Monday 7 December AM" not in said
    assert panel_of(cast, version, scene.cell_of(amy, MONDAY + timedelta(2))).elsewhere == ()


def test_the_panel_tells_what_happened_to_its_cell_and_by_whom(cast: Cast) -> None:
    amy, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    cell = scene.put(version, amy, cast.elm_site, cast[MANAGER])
    undo(cast[MANAGER], version.id)
    told = [sentence for _, sentence in panel_of(cast, version, cell).history]
    by = cast[MANAGER].name
    assert told == [
        f"Undone: empty, was Surgery at Elm Surgery. By {by}.",
        f"Surgery at Elm Surgery, was empty. By {by}.",
    ]


def test_a_breach_of_another_session_leads_to_its_cell(cast: Cast) -> None:
    amy, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    keep(
        Absence(
            member_id=amy.id,
            kind=AbsenceKind.ANNUAL,
            state=AbsenceState.APPROVED,
            starts_on=MONDAY,
            ends_on=MONDAY,
        )
    )
    away = scene.put(version, amy, cast.elm_site, cast[MANAGER])
    tuesday = scene.put(version, amy, cast.elm_site, cast[MANAGER], MONDAY + timedelta(1))
    assert [each.cell for each in panel_of(cast, version, tuesday).breaks] == [away.key]
    assert [each.cell for each in panel_of(cast, version, away).breaks] == [""]
