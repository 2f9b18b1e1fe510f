from sqlalchemy import select

from network.access.rules import Role
from network.plumbing.database import db
from rota.jobs.queries import find_running_job
from rota.planning.commands import ask_to_fill
from rota.rotas.records import Assignment, DemandLine, RotaVersion
from tests.addresses import address
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene


def draft(cast: Cast) -> RotaVersion:
    """One draft for all these pages, with a session set by hand."""
    found = db.session.scalars(select(RotaVersion)).first()
    if found is not None:
        return found
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, people[0], cast.elm_site, cast[Role.WORKFORCE_MANAGER])
    return version


@address("cells.pulse", "grid.paper", "grid.show", "publishing.show")
def _version(cast: Cast):
    return {"version_id": draft(cast).id}


@address("cells.show", alone=True)
def _cell(cast: Cast):
    version = draft(cast)
    member_id = db.session.scalars(
        select(Assignment.member_id).where(Assignment.version_id == version.id)
    ).first()
    return {"version_id": version.id, "member": member_id, "day": MONDAY, "kind": "AM"}


@address("cells.gap")
def _gap(cast: Cast):
    version = draft(cast)
    line_id = db.session.scalars(
        select(DemandLine.id).where(DemandLine.period_id == version.period_id)
    ).first()
    return {"version_id": version.id, "line": line_id}


@address("jobs.show", "jobs.progress")
def _job(cast: Cast):
    version = draft(cast)
    return {"job_id": find_running_job(version.id) or ask_to_fill(cast[Role.WORKFORCE_MANAGER], version.id)}
