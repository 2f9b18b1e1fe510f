from mdt.learning import commands
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.learning.scene import AUTHOR, SECOND, TELLING, discussed, offered, returned


@attempt(commands.offer_example)
def _offer_example(cast: Cast):
    return by(cast[AUTHOR], discussed(cast).id, TELLING)


@attempt(commands.rewrite_example)
def _rewrite_example(cast: Cast):
    return by(cast[AUTHOR], returned(cast), TELLING)


@attempt(commands.approve_example)
def _approve_example(cast: Cast):
    return by(cast[SECOND], offered(cast))


@attempt(commands.return_example)
def _return_example(cast: Cast):
    return by(cast[SECOND], offered(cast), "Leave the month out.")


@attempt(commands.withdraw_example)
def _withdraw_example(cast: Cast):
    return by(cast[SECOND], offered(cast), "It is too rare.")
