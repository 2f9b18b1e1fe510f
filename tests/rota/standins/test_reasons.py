"""Whoever covers an absence learns from no refusal why somebody else cannot come."""

from datetime import UTC, datetime, time

import pytest
import time_machine

from network.access.rules import Role
from rota.leave.commands import report_sickness
from rota.leave.rules import AbsenceKind, Away
from rota.repairs.commands import report_ill
from rota.repairs.queries import case_for
from rota.repairs.rules import Wanted
from rota.standins.commands import NoRepair, send_repair
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


@time_machine.travel(datetime.combine(MONDAY, time(7, 30), UTC), tick=True)
def test_a_repair_that_is_refused_does_not_say_why_somebody_is_away(cast: Cast) -> None:
    first, _, ill_too = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, first, cast.elm_site, cast[MANAGER])
    scene.make_chosen(version)
    absence_id = report_ill(cast[MANAGER], first.id, 1)
    fallen = case_for(cast[MANAGER], absence_id).fallen
    assert fallen
    cell = scene.cell_of(ill_too)
    line = scene.line_on(fallen.version, cast.elm_site, cell)
    report_sickness(cast[MANAGER], ill_too.id, Away(AbsenceKind.SICKNESS, MONDAY, MONDAY))
    with pytest.raises(NoRepair, match=f"{ill_too.name} is not available") as refusal:
        send_repair(cast[MANAGER], absence_id, [Wanted(cell, line.id)], fallen.mark)
    assert "sick" not in refusal.value.sentence
