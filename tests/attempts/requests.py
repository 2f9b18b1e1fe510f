from network.access.rules import Role
from rota.requests import commands
from rota.requests.rules import Asked, Span
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene

OFF = Asked(False, 2, Span(day=MONDAY))


def manager(cast: Cast):
    return cast[Role.WORKFORCE_MANAGER]


def wished(cast: Cast):
    people = scene.make_scene(cast)
    return commands.make_request(manager(cast), scene.open_rota(cast).period_id, people[0].id, OFF)


@attempt(commands.make_request)
def _make_request(cast: Cast):
    people = scene.make_scene(cast)
    return by(manager(cast), scene.open_rota(cast).period_id, people[0].id, OFF)


@attempt(commands.change_request)
def _change_request(cast: Cast):
    return by(manager(cast), wished(cast), Asked(True, 1, Span(weekday=1)))


@attempt(commands.withdraw_request)
def _withdraw_request(cast: Cast):
    return by(manager(cast), wished(cast))
