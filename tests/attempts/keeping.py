from mdt.keeping import commands
from network.access.rules import SYSTEM, Role
from tests.attempts import attempt, by
from tests.cast import Cast


@attempt(commands.count_visits)
def _count_visits(cast: Cast):
    return by(SYSTEM)


@attempt(commands.notice_rota, anywhere=True)
def _notice_rota(cast: Cast):
    return by(cast[Role.CARE_COORDINATOR])
