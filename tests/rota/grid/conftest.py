"""What the tests of this subject begin with."""

from datetime import timedelta

import pytest

from network.access.rules import Role
from network.organisations.records import Site
from network.vocabulary import Activity, JobRole, RoleGroup, SessionKind
from rota.cells.commands import place
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.rotas.records import RotaVersion
from rota.rows.rules import EMPTY
from rota.staff.records import RotaMember
from tests.cast import Cast
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


def put(
    cast: Cast, version: RotaVersion, member: RotaMember, site: Site, activity: Activity = Activity.SURGERY
) -> None:
    """Place a doctor at a site on Monday morning."""
    cell = scene.cell_of(member)
    line = next(
        line
        for line in version.period.lines
        if (line.day, line.kind, line.site_id) == (cell.day, cell.kind, site.id)
        and (line.role_group, line.activity) == (RoleGroup.GP, activity)
    )
    place(cast[MANAGER], version.id, cell, line.id, EMPTY)


@pytest.fixture
def people(cast: Cast) -> list[RotaMember]:
    """Let Elm want a duty doctor too on Mondays, and the second doctor be ill on Tuesday."""
    people = scene.make_scene(cast)
    people += [scene.make_worker(cast, "Sample", JobRole.NURSE, cast.oak)]
    scene.want(cast.elm_site, weekdays=(0,), kinds=(SessionKind.MORNING,), activity=Activity.DUTY)
    scene.want(cast.oak_site, RoleGroup.NURSE, minimum=0, desired=1)
    ill = Absence(
        member_id=people[1].id,
        kind=AbsenceKind.SICKNESS,
        state=AbsenceState.APPROVED,
        starts_on=MONDAY + timedelta(1),
        ends_on=MONDAY + timedelta(1),
    )
    keep(ill)
    return people


@pytest.fixture
def version(cast: Cast, people: list[RotaMember]) -> RotaVersion:
    """Place the second doctor at Oak on Monday morning, and nobody else in four weeks."""
    version = scene.open_rota(cast, weeks=4)
    put(cast, version, people[1], cast.oak_site)
    return version
