from network.access.rules import Role
from rota.neighbourhoods import commands
from tests.attempts import attempt, by
from tests.cast import Cast

LEAD = Role.CLINIC_LEAD


@attempt(commands.add_neighbourhood)
def _add_neighbourhood(cast: Cast):
    return by(cast[LEAD], "Elm and Oak", cast.elm_site.id)


@attempt(commands.change_neighbourhood)
def _change_neighbourhood(cast: Cast):
    made = commands.add_neighbourhood(cast[LEAD], "Elm and Oak", cast.elm_site.id)
    return by(cast[LEAD], made, "Elm", cast.elm_site.id)


@attempt(commands.remove_neighbourhood)
def _remove_neighbourhood(cast: Cast):
    return by(cast[LEAD], commands.add_neighbourhood(cast[LEAD], "Elm and Oak", cast.elm_site.id))
