from network.access.rules import Role
from rota.neighbourhoods.commands import add_neighbourhood
from tests.addresses import address
from tests.cast import Cast


@address("neighbourhoods.change")
def _neighbourhood(cast: Cast):
    return {"neighbourhood_id": add_neighbourhood(cast[Role.CLINIC_LEAD], "Lakeside", cast.elm_site.id)}
