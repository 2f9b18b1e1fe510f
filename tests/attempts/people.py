from datetime import date

from network.access.rules import Role
from network.people import commands
from network.people.rules import Details, Terms
from network.vocabulary import ContractType, JobRole
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import make_engagement

AMY = Details("Amy", "Sample")


def manager(cast: Cast):
    return cast[Role.WORKFORCE_MANAGER]


def terms(cast: Cast) -> Terms:
    return Terms(cast.elm.id, JobRole.GP, ContractType.SALARIED, 1500, 250, date(2026, 1, 5))


@attempt(commands.add_person)
def _add_person(cast: Cast):
    return by(manager(cast), AMY, terms(cast))


@attempt(commands.change_person)
def _change_person(cast: Cast):
    return by(manager(cast), make_engagement(cast.elm).person_id, AMY)


@attempt(commands.engage_person)
def _engage_person(cast: Cast):
    return by(manager(cast), make_engagement(cast.oak).person_id, terms(cast))


@attempt(commands.change_engagement)
def _change_engagement(cast: Cast):
    return by(manager(cast), make_engagement(cast.elm).id, terms(cast))


@attempt(commands.end_engagement)
def _end_engagement(cast: Cast):
    return by(manager(cast), make_engagement(cast.elm).id, ends_on=date(2026, 12, 31))


@attempt(commands.resume_engagement)
def _resume_engagement(cast: Cast):
    return by(manager(cast), make_engagement(cast.elm).id)
