"""Who is offered for a duty that is short, and in which order."""

import pytest

from network.access.rules import Role
from network.vocabulary import Activity, JobRole, SessionKind
from rota.cells.commands import place
from rota.gaps.queries import Gap, gap_for
from rota.rotas.records import DemandLine, RotaVersion
from rota.rows.rules import EMPTY
from rota.staff.records import RotaMember
from tests.cast import Cast
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


@pytest.fixture
def people(cast: Cast) -> list[RotaMember]:
    """Let Oak want a duty doctor on Monday morning beside its surgery."""
    people = scene.make_scene(cast, doctors=4)
    scene.want(cast.oak_site, weekdays=(0,), kinds=(SessionKind.MORNING,), activity=Activity.DUTY)
    return people


def line_of(version: RotaVersion, site_code: str, activity: Activity, member: RotaMember) -> DemandLine:
    cell = scene.cell_of(member)
    return next(
        line
        for line in version.period.lines
        if (line.site.code, line.activity, line.day, line.kind) == (site_code, activity, *cell[1:])
    )


def gap_at_elm(cast: Cast, version: RotaVersion, member: RotaMember) -> Gap:
    return gap_for(cast[MANAGER], version.id, line_of(version, "ELM", Activity.SURGERY, member).id)


def test_a_learner_is_not_offered_for_a_gap_they_would_not_fill(cast: Cast, people: list[RotaMember]) -> None:
    learner = scene.make_worker(cast, "Learner", JobRole.GP_REGISTRAR)
    version = scene.open_rota(cast)
    gap = gap_at_elm(cast, version, learner)
    offered = {each.name for each in (*gap.able, *gap.elsewhere)}
    assert offered == {each.name for each in people}
    assert [(each.name, each.said) for each in gap.unable] == [
        (learner.name, f"{learner.name} counts as a learner, not as cover.")
    ]


def test_who_leaves_nothing_short_comes_first_and_who_leaves_a_lead_empty_last(
    cast: Cast, people: list[RotaMember]
) -> None:
    version = scene.open_rota(cast)
    lead, second, free, alone = people
    surgery = line_of(version, "OAK", Activity.SURGERY, lead)
    duty = line_of(version, "OAK", Activity.DUTY, lead)
    place(cast[MANAGER], version.id, scene.cell_of(lead), duty.id, EMPTY)
    place(cast[MANAGER], version.id, scene.cell_of(alone), surgery.id, EMPTY)
    gap = gap_at_elm(cast, version, lead)
    assert [each.name for each in gap.elsewhere] == [alone.name, lead.name]
    place(cast[MANAGER], version.id, scene.cell_of(second), surgery.id, EMPTY)
    gap = gap_at_elm(cast, version, lead)
    assert [each.name for each in gap.elsewhere][-1] == lead.name
    assert [each.leaves.split(": ")[1] for each in gap.elsewhere] == [
        "1 of 1 stay there.",
        "1 of 1 stay there.",
        "0 of 1 stay there.",
    ]
    assert [each.name for each in gap.able] == [free.name]
