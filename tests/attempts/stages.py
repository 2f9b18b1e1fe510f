from datetime import timedelta

from network.access.rules import Role
from network.plumbing.database import db, today
from rota.rotas.records import RotaVersion
from rota.rotas.rules import PeriodState
from rota.stages import commands
from tests.attempts import attempt, by
from tests.attempts.rotas import placed
from tests.cast import Cast
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


def proposed(cast: Cast) -> RotaVersion:
    version, _ = placed(cast)
    commands.propose_version(cast[MANAGER], version.id)
    return version


def closed(cast: Cast) -> RotaVersion:
    version, _ = placed(cast)
    scene.make_chosen(version)
    commands.close_period(cast[MANAGER], version.id, version.period.ends_on + timedelta(1))
    return version


@attempt(commands.collect_requests)
def _collect_requests(cast: Cast):
    return by(cast[MANAGER], placed(cast)[0].id, today())


@attempt(commands.begin_drafting)
def _begin_drafting(cast: Cast):
    version, _ = placed(cast)
    version.period.state = PeriodState.COLLECTING
    db.session.commit()
    return by(cast[MANAGER], version.id)


@attempt(commands.propose_version)
def _propose_version(cast: Cast):
    return by(cast[MANAGER], placed(cast)[0].id)


@attempt(commands.take_back_proposal)
def _take_back_proposal(cast: Cast):
    return by(cast[MANAGER], proposed(cast).id)


@attempt(commands.approve_part)
def _approve_part(cast: Cast):
    return by(cast[Role.PRACTICE_MANAGER], proposed(cast).id, cast.elm.id)


@attempt(commands.withdraw_approval)
def _withdraw_approval(cast: Cast):
    version = proposed(cast)
    commands.approve_part(cast[MANAGER], version.id, cast.elm.id)
    return by(cast[Role.PRACTICE_MANAGER], version.id, cast.elm.id)


@attempt(commands.close_period)
def _close_period(cast: Cast):
    version, _ = placed(cast)
    scene.make_chosen(version)
    return by(cast[MANAGER], version.id, version.period.ends_on + timedelta(1))


@attempt(commands.reopen_period)
def _reopen_period(cast: Cast):
    return by(cast[MANAGER], closed(cast).id, "A session was missing.")
