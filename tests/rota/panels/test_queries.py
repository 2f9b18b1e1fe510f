from network.access.rules import Role
from network.plumbing.database import db
from rota.edits.rules import Cell
from rota.panels.queries import Choice, Panel, panel_for
from rota.rotas.records import RotaVersion
from tests.cast import Cast
from tests.makers import MONDAY
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
