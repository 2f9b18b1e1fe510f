from network.access.rules import Role
from rota.bundles.commands import add_bundle
from rota.waiting import commands
from tests.attempts import attempt, by
from tests.attempts.bundles import a_need
from tests.cast import Cast

LEAD = Role.CLINIC_LEAD


def _bundle(cast: Cast):
    return add_bundle(cast[LEAD], a_need(cast), 12)


@attempt(commands.change_bundle)
def _change_bundle(cast: Cast):
    need = a_need(cast)
    return by(cast[LEAD], add_bundle(cast[LEAD], need, 12), need, 13)


@attempt(commands.end_bundle)
def _end_bundle(cast: Cast):
    return by(cast[LEAD], _bundle(cast))


@attempt(commands.reopen_bundle)
def _reopen_bundle(cast: Cast):
    bundle = _bundle(cast)
    commands.end_bundle(cast[LEAD], bundle)
    return by(cast[LEAD], bundle)
