from network.access.rules import Role
from network.vocabulary import Discipline
from rota.bundles import commands
from rota.bundles.rules import Need
from rota.neighbourhoods.commands import add_neighbourhood
from tests.attempts import attempt, by
from tests.cast import Cast

LEAD = Role.CLINIC_LEAD


def a_need(cast: Cast) -> Need:
    home = add_neighbourhood(cast[LEAD], "Elm and Oak", cast.elm_site.id)
    return Need(home, disciplines=frozenset({Discipline.NURSING, Discipline.DENTISTRY}))


@attempt(commands.add_bundle)
def _add_bundle(cast: Cast):
    return by(cast[LEAD], a_need(cast), 12)
