from network.access.rules import SYSTEM
from network.upkeep import commands
from tests.attempts import attempt, by
from tests.cast import Cast


@attempt(commands.note_rotation)
def _note_rotation(cast: Cast):
    return by(SYSTEM, "done", 7)


@attempt(commands.check_trail)
def _check_trail(cast: Cast):
    return by(SYSTEM)
