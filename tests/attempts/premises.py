from network.access.rules import Role
from network.vocabulary import Discipline
from rota.premises import commands
from tests.attempts import attempt, by
from tests.cast import Cast


@attempt(commands.add_premises)
def _add_premises(cast: Cast):
    return by(cast[Role.CLINIC_LEAD], Discipline.DENTISTRY, cast.elm_site.id)


@attempt(commands.remove_premises)
def _remove_premises(cast: Cast):
    lead = cast[Role.CLINIC_LEAD]
    return by(lead, commands.add_premises(lead, Discipline.OPTOMETRY, cast.elm_site.id))
