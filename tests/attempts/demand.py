import uuid
from dataclasses import replace
from datetime import timedelta

from network.access.rules import Role
from network.plumbing.database import today
from network.vocabulary import Activity, RoleGroup, SessionKind
from rota.demand import commands
from rota.demand.rules import Want
from tests.attempts import attempt, by
from tests.cast import Cast

SURGERY = Want(0, SessionKind.MORNING, RoleGroup.GP, Activity.SURGERY, 1, 2, 3)


def manager(cast: Cast):
    return cast[Role.WORKFORCE_MANAGER]


def line(cast: Cast) -> uuid.UUID:
    return commands.add_demand(manager(cast), cast.elm_site.id, SURGERY)


@attempt(commands.add_demand)
def _add_demand(cast: Cast):
    return by(manager(cast), cast.elm_site.id, SURGERY)


@attempt(commands.change_demand)
def _change_demand(cast: Cast):
    return by(manager(cast), line(cast), replace(SURGERY, minimum=2))


@attempt(commands.remove_demand)
def _remove_demand(cast: Cast):
    return by(manager(cast), line(cast))


@attempt(commands.copy_weekday)
def _copy_weekday(cast: Cast):
    line(cast)
    return by(manager(cast), cast.elm_site.id, 0, [1, 2])


@attempt(commands.close_site)
def _close_site(cast: Cast):
    return by(manager(cast), cast.elm_site.id, today() + timedelta(7), "Training")


@attempt(commands.close_on_bank_holidays)
def _close_on_bank_holidays(cast: Cast):
    return by(manager(cast), [cast.elm_site.id], today(), today() + timedelta(365))


@attempt(commands.reopen_site)
def _reopen_site(cast: Cast):
    closure = commands.close_site(manager(cast), cast.elm_site.id, today() + timedelta(7), "Training")
    return by(manager(cast), closure)
