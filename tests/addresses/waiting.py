from network.access.rules import Role
from network.vocabulary import Discipline
from rota.bundles.commands import add_bundle
from rota.bundles.rules import Need
from rota.neighbourhoods.commands import add_neighbourhood
from tests.addresses import address
from tests.cast import Cast


@address("waiting.change")
def _bundle(cast: Cast):
    lead = cast[Role.CLINIC_LEAD]
    need = Need(
        add_neighbourhood(lead, "Hillside", cast.elm_site.id), disciplines=frozenset({Discipline.NURSING})
    )
    return {"bundle_id": add_bundle(lead, need, 4)}
