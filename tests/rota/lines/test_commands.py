import pytest

from network.access.rules import Role
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import Activity, RoleGroup, SessionKind
from rota.demand.records import DemandTemplate
from rota.edits.rules import Cell
from rota.lines.commands import add_line, change_line
from rota.lines.queries import lines_for_site
from rota.lines.rules import NOBODY, Difference, Numbers, difference
from rota.planning.queries import planned_for
from rota.rotas.queries import get_version_for
from rota.rotas.records import DemandLine, RotaVersion
from rota.rotas.rules import PeriodState
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene
from tests.rota.planning.test_commands import fill, rows_of

MANAGER, PRACTICE = Role.WORKFORCE_MANAGER, Role.PRACTICE_MANAGER
MORNING = SessionKind.MORNING


def line_at(version: RotaVersion, site) -> DemandLine:
    return scene.line_on(version, site, Cell(version.id, MONDAY, MORNING))


def test_a_line_changes_for_this_rota_alone_and_makes_what_was_filled_out_of_date(cast: Cast) -> None:
    scene.make_scene(cast)
    version = fill(cast, scene.open_rota(cast))
    line = line_at(version, cast.elm_site)
    assert change_line(cast[MANAGER], version.id, line.id, Numbers(2, 2, 3)) == Numbers(1, 1, 3)
    version = get_version_for(cast[MANAGER], version.id)
    assert version.summary["is_stale"]
    assert version.input_hash != planned_for(version).hash
    usual = db.session.query(DemandTemplate).filter_by(weekday=0, kind=MORNING).all()
    assert {row.minimum for row in usual} == {1}


def test_where_nobody_is_wanted_nobody_is_placed_and_it_can_be_wanted_again(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    line = line_at(version, cast.elm_site)
    before = change_line(cast[MANAGER], version.id, line.id, NOBODY)
    version = fill(cast, version)
    assert line.id not in {row.line_id for row in rows_of(version)}
    change_line(cast[MANAGER], version.id, line.id, before)
    version = fill(cast, get_version_for(cast[MANAGER], version.id))
    assert line.id in {row.line_id for row in rows_of(version)}


def test_a_line_is_added_to_one_session_and_filled(cast: Cast) -> None:
    scene.make_scene(cast, doctors=4)
    version = scene.open_rota(cast)
    what = RoleGroup.GP, Activity.CLINIC, Numbers(1, 1, 1)
    line_id = add_line(cast[MANAGER], version.id, cast.elm_site.id, MONDAY, MORNING, *what)
    with pytest.raises(Refusal, match="already"):
        add_line(cast[MANAGER], version.id, cast.elm_site.id, MONDAY, MORNING, *what)
    assert line_id in {row.line_id for row in rows_of(fill(cast, version))}


@pytest.mark.parametrize(
    "numbers", [Numbers(2, 1, 3), Numbers(0, 2, 1), Numbers(-1, 0, 1), Numbers(0, 0, 100)]
)
def test_numbers_that_make_no_sense_are_refused(cast: Cast, numbers: Numbers) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    with pytest.raises(Invalid):
        change_line(cast[MANAGER], version.id, line_at(version, cast.elm_site).id, numbers)


def test_a_line_of_a_day_or_session_that_is_not_there_is_refused(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    what = RoleGroup.GP, Activity.CLINIC, Numbers(1, 1, 1)
    with pytest.raises(Invalid, match="no Saturday"):
        add_line(cast[MANAGER], version.id, cast.elm_site.id, MONDAY, SessionKind.SATURDAY_MORNING, *what)
    with pytest.raises(Invalid, match="day of this rota"):
        add_line(cast[MANAGER], version.id, cast.elm_site.id, MONDAY.replace(day=1), MORNING, *what)


def test_practice_managers_change_their_own_sites_only_and_nobody_a_closed_rota(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    elm, oak = line_at(version, cast.elm_site), line_at(version, cast.oak_site)
    change_line(cast[PRACTICE], version.id, elm.id, Numbers(0, 1, 1))
    with pytest.raises(NotAllowed):
        change_line(cast[PRACTICE], version.id, oak.id, Numbers(0, 1, 1))
    with pytest.raises(NotFound):
        change_line(cast[Role.STAFF], version.id, elm.id, Numbers(0, 1, 1))
    version.period.state = PeriodState.CLOSED
    db.session.commit()
    with pytest.raises(NotAllowed):
        change_line(cast[MANAGER], version.id, elm.id, Numbers(1, 1, 1))


def test_the_week_says_which_lines_differ_from_the_usual(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    change_line(cast[MANAGER], version.id, line_at(version, cast.elm_site).id, Numbers(2, 2, 3))
    lines = lines_for_site(cast[MANAGER], version.id, cast.elm_site.id, MONDAY)
    (row,) = lines.rows
    differing = {session: line.difference for session, (line,) in row.cells.items() if line.difference}
    assert differing == {(MONDAY, MORNING): Difference(Numbers(1, 1, 3))}


def test_a_difference_is_said_in_words() -> None:
    assert difference(Numbers(1, 1, 1), Numbers(1, 1, 1)) is None
    assert difference(NOBODY, None) is None
    assert Difference(None).said == "not usual"
    assert difference(NOBODY, Numbers(1, 2, 3)) == Difference(Numbers(1, 2, 3))
    assert Difference(Numbers(1, 2, 3)).said == "usually 1 / 2 / 3"
