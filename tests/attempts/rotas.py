from datetime import timedelta

from network.access.rules import SYSTEM, Role
from network.plumbing.database import db
from network.vocabulary import Activity, SessionKind
from rota.cells import commands as cells
from rota.desk.rules import Change
from rota.drafts import commands as drafts
from rota.drafts.queries import find_assignment
from rota.edits.rules import Cell
from rota.jobs import commands as jobs
from rota.jobs.rules import JobState
from rota.planning import commands as planning
from rota.planning.queries import planned_for
from rota.publishing import commands as publishing
from rota.rotas import commands as rotas
from rota.rotas.records import RotaVersion
from rota.rows.rules import EMPTY, mark_of
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


def placed(cast: Cast) -> tuple[RotaVersion, Cell]:
    """A draft in which one person stands on one duty."""
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    return version, scene.put(version, people[0], cast.elm_site, cast[MANAGER])


def seen(version: RotaVersion, cell: Cell) -> str:
    row = find_assignment(version.id, cell)
    return mark_of(row.id, row.row_version) if row else EMPTY


# Nothing of another network's can be named here: the weeks are the actor's own.
@attempt(rotas.open_period, anywhere=True)
def _open_period(cast: Cast):
    scene.make_scene(cast)
    return by(cast[MANAGER], MONDAY, 4)


@attempt(rotas.copy_version)
def _copy_version(cast: Cast):
    return by(cast[MANAGER], placed(cast)[0].id)


@attempt(rotas.discard_version)
def _discard_version(cast: Cast):
    return by(cast[MANAGER], placed(cast)[0].id)


@attempt(rotas.rename_version)
def _rename_version(cast: Cast):
    return by(cast[MANAGER], placed(cast)[0].id, "If Dr A is away")


@attempt(rotas.restore_version)
def _restore_version(cast: Cast):
    version, _ = placed(cast)
    rotas.discard_version(cast[MANAGER], version.id)
    return by(cast[MANAGER], version.id)


@attempt(rotas.choose_version)
def _choose_version(cast: Cast):
    return by(cast[MANAGER], placed(cast)[0].id)


@attempt(planning.ask_to_fill)
def _ask_to_fill(cast: Cast):
    return by(cast[MANAGER], placed(cast)[0].id)


@attempt(planning.accept_facts)
def _accept_facts(cast: Cast):
    version, _ = placed(cast)
    return by(cast[MANAGER], version.id, planned_for(version).hash)


def asked(cast: Cast):
    return planning.ask_to_fill(cast[MANAGER], placed(cast)[0].id)


@attempt(jobs.stop_job)
def _stop_job(cast: Cast):
    return by(cast[MANAGER], asked(cast))


@attempt(jobs.cancel_job)
def _cancel_job(cast: Cast):
    return by(cast[MANAGER], asked(cast))


@attempt(jobs.begin_job)
def _begin_job(cast: Cast):
    return by(SYSTEM, asked(cast), "some engine")


@attempt(jobs.give_up_job)
def _give_up_job(cast: Cast):
    return by(SYSTEM, asked(cast), JobState.FAILED, "It broke off.")


@attempt(jobs.take_result)
def _take_result(cast: Cast):
    job_id = asked(cast)
    jobs.begin_job(SYSTEM, job_id, "some engine")
    return by(SYSTEM, job_id, JobState.DONE, {"placements": []}, "Nothing short")


@attempt(cells.place)
def _place(cast: Cast):
    version, cell = placed(cast)
    line = scene.line_on(version, cast.oak_site, cell)
    return by(cast[MANAGER], version.id, cell, line.id, seen(version, cell))


@attempt(cells.make_place)
def _make_place(cast: Cast):
    version, cell = placed(cast)
    evening = cell._replace(kind=SessionKind.EVENING)
    return by(cast[MANAGER], version.id, evening, cast.oak_site.id, Activity.CLINIC, EMPTY)


@attempt(cells.clear)
def _clear(cast: Cast):
    version, cell = placed(cast)
    return by(cast[MANAGER], version.id, cell, seen(version, cell))


@attempt(cells.pin)
def _pin(cast: Cast):
    version, cell = placed(cast)
    row = find_assignment(version.id, cell)
    assert row is not None
    row.is_pinned = False
    db.session.commit()
    return by(cast[MANAGER], version.id, cell, seen(version, cell))


@attempt(cells.unpin)
def _unpin(cast: Cast):
    version, cell = placed(cast)
    return by(cast[MANAGER], version.id, cell, seen(version, cell))


@attempt(cells.move)
def _move(cast: Cast):
    version, cell = placed(cast)
    later = cell._replace(day=MONDAY + timedelta(1))
    return by(cast[MANAGER], version.id, cell, later, seen(version, cell), EMPTY)


@attempt(cells.edit_cells)
def _edit_cells(cast: Cast):
    version, cell = placed(cast)
    return by(cast[MANAGER], version.id, [Change(cell, "OAK", seen(version, cell))])


@attempt(drafts.undo)
def _undo(cast: Cast):
    return by(cast[MANAGER], placed(cast)[0].id)


@attempt(drafts.redo)
def _redo(cast: Cast):
    version, _ = placed(cast)
    version_id = version.id
    drafts.undo(cast[MANAGER], version_id)
    return by(cast[MANAGER], version_id)


@attempt(publishing.publish_version)
def _publish_version(cast: Cast):
    return by(cast[MANAGER], placed(cast)[0].id)
