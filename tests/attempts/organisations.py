from network.access.rules import SYSTEM, Role
from network.organisations import commands
from network.plumbing.database import in_network
from network.vocabulary import OrganisationKind
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import LONG_AGO, keep, make_network


def admin(cast: Cast):
    return cast[Role.ADMINISTRATOR]


@attempt(commands.found_network)
def _found_network(cast: Cast):
    return by(SYSTEM, name="Third network", short_name="Third")


@attempt(commands.add_organisation)
def _add_organisation(cast: Cast):
    return by(admin(cast), kind=OrganisationKind.PHARMACY, name="Quay Pharmacy")


@attempt(commands.change_organisation)
def _change_organisation(cast: Cast):
    return by(admin(cast), cast.elm.id, name="Elm House")


@attempt(commands.join_network)
def _join_network(cast: Cast):
    council = {"kind": OrganisationKind.SOCIAL_CARE, "name": "County care", "ods_code": "999"}
    with in_network(keep(make_network("Elsewhere")).id):
        left = commands.add_organisation(SYSTEM, **council, joined_on=LONG_AGO)
        commands.leave_network(SYSTEM, left)
    return by(admin(cast), ods_code="999")


@attempt(commands.leave_network)
def _leave_network(cast: Cast):
    return by(admin(cast), cast.oak.id)


@attempt(commands.stay_in_network)
def _stay_in_network(cast: Cast):
    return by(admin(cast), cast.oak.id)
