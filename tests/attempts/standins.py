import uuid

from network.access.rules import Role
from network.plumbing.database import today
from rota.comebacks import commands as comebacks
from rota.leave.commands import report_sickness, withdraw_leave
from rota.leave.rules import AbsenceKind, Away
from rota.repairs import commands as repairs
from rota.repairs.queries import case_for
from rota.standins import commands as standins
from tests.attempts import attempt, by
from tests.attempts.leave import member_id
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


def reported(cast: Cast) -> uuid.UUID:
    return report_sickness(cast[MANAGER], member_id(cast), Away(AbsenceKind.SICKNESS, today(), today()))


def fallen_out(cast: Cast) -> uuid.UUID:
    """Somebody ill on the first day of a rota that people were told of."""
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, people[0], cast.elm_site, cast[MANAGER])
    scene.make_chosen(version)
    return report_sickness(cast[MANAGER], people[0].id, Away(AbsenceKind.SICKNESS, MONDAY, MONDAY))


@attempt(repairs.report_ill)
def _report_ill(cast: Cast):
    return by(cast[MANAGER], member_id(cast), 2)


@attempt(repairs.begin_cover)
def _begin_cover(cast: Cast):
    return by(cast[MANAGER], reported(cast))


@attempt(repairs.accept_uncovered)
def _accept_uncovered(cast: Cast):
    return by(cast[MANAGER], reported(cast), "Two others are there that afternoon")


@attempt(standins.send_repair)
def _send_repair(cast: Cast):
    absence_id = fallen_out(cast)
    fallen = case_for(cast[MANAGER], absence_id).fallen
    assert fallen
    return by(cast[MANAGER], absence_id, [], fallen.mark)


@attempt(comebacks.come_in_after_all)
def _come_in_after_all(cast: Cast):
    return by(cast[MANAGER], reported(cast))


@attempt(comebacks.leave_cover)
def _leave_cover(cast: Cast):
    absence_id = fallen_out(cast)
    repairs.accept_uncovered(cast[MANAGER], absence_id, "Two others are there that afternoon")
    withdraw_leave(cast[MANAGER], absence_id)
    return by(cast[MANAGER], absence_id)
