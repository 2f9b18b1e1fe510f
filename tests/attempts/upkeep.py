from network.access.rules import SYSTEM
from network.plumbing.database import now
from network.upkeep import commands
from tests.attempts import attempt, by
from tests.cast import Cast


@attempt(commands.note_rotation)
def _note_rotation(cast: Cast):
    return by(SYSTEM, "done", 7)


@attempt(commands.check_trail)
def _check_trail(cast: Cast):
    return by(SYSTEM)


@attempt(commands.note_backup)
def _note_backup(cast: Cast):
    return by(SYSTEM, "0" * 64, 7)


@attempt(commands.note_restore)
def _note_restore(cast: Cast):
    return by(SYSTEM, "0" * 64, now())
