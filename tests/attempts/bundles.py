from network.access.rules import Role
from network.vocabulary import Discipline
from rota.bundles import commands
from rota.bundles.rules import Need
from rota.neighbourhoods.commands import add_neighbourhood
from tests.attempts import attempt, by
from tests.cast import Cast

LEAD = Role.CLINIC_LEAD


def _need(cast: Cast) -> Need:
    home = add_neighbourhood(cast[LEAD], "Elm and Oak", cast.elm_site.id)
    return Need(home, disciplines=frozenset({Discipline.NURSING, Discipline.DENTISTRY}))


def _bundle(cast: Cast):
    return commands.add_bundle(cast[LEAD], _need(cast), 12)


@attempt(commands.add_bundle)
def _add_bundle(cast: Cast):
    return by(cast[LEAD], _need(cast), 12)


@attempt(commands.change_bundle)
def _change_bundle(cast: Cast):
    need = _need(cast)
    return by(cast[LEAD], commands.add_bundle(cast[LEAD], need, 12), need, 13)


@attempt(commands.end_bundle)
def _end_bundle(cast: Cast):
    return by(cast[LEAD], _bundle(cast))


@attempt(commands.reopen_bundle)
def _reopen_bundle(cast: Cast):
    bundle = _bundle(cast)
    commands.end_bundle(cast[LEAD], bundle)
    return by(cast[LEAD], bundle)
