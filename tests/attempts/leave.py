import uuid
from datetime import timedelta

from network.access.rules import SYSTEM, Role
from network.plumbing.database import today
from rota.leave import commands
from rota.leave.rules import AbsenceKind, Away
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import make_engagement, make_member

SOON = today() + timedelta(30)
LEAVE = Away(AbsenceKind.ANNUAL, SOON, SOON + timedelta(4))
SICK = Away(AbsenceKind.SICKNESS, today(), today() + timedelta(4))


def manager(cast: Cast):
    return cast[Role.PRACTICE_MANAGER]


def member_id(cast: Cast) -> uuid.UUID:
    return make_member(make_engagement(cast.elm), cast.network).id


def asked_for(cast: Cast) -> uuid.UUID:
    return commands.request_leave(manager(cast), member_id(cast), LEAVE)


@attempt(commands.request_leave)
def _request_leave(cast: Cast):
    return by(manager(cast), member_id(cast), LEAVE)


@attempt(commands.approve_leave)
def _approve_leave(cast: Cast):
    return by(manager(cast), asked_for(cast))


@attempt(commands.approve_by_rule)
def _approve_by_rule(cast: Cast):
    return by(SYSTEM, asked_for(cast), "R39")


@attempt(commands.record_leave)
def _record_leave(cast: Cast):
    return by(manager(cast), member_id(cast), LEAVE)


@attempt(commands.decline_leave)
def _decline_leave(cast: Cast):
    return by(manager(cast), asked_for(cast), "Too many are away")


@attempt(commands.withdraw_leave)
def _withdraw_leave(cast: Cast):
    return by(manager(cast), asked_for(cast))


@attempt(commands.report_sickness)
def _report_sickness(cast: Cast):
    return by(manager(cast), member_id(cast), SICK)


@attempt(commands.end_sickness)
def _end_sickness(cast: Cast):
    sickness = commands.report_sickness(manager(cast), member_id(cast), SICK)
    return by(manager(cast), sickness, today() + timedelta(1))
