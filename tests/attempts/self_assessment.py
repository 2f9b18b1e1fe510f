from datetime import timedelta

from mdt.self_assessment import commands
from network.plumbing.database import today
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.self_assessment.scene import CHAIR, answered, asked, improvement, sheet, team


@attempt(commands.ask_team)
def _ask_team(cast: Cast):
    return by(cast[CHAIR], team(cast).id, today() + timedelta(days=21))


@attempt(commands.answer_assessment)
def _answer_assessment(cast: Cast):
    return by(cast[CHAIR], asked(cast), sheet())


@attempt(commands.close_assessment)
def _close_assessment(cast: Cast):
    return by(cast[CHAIR], asked(cast))


@attempt(commands.add_improvement)
def _add_improvement(cast: Cast):
    owner = cast[CHAIR].account_id
    return by(cast[CHAIR], answered(cast), "view", "Ask before we meet.", owner, today())


@attempt(commands.finish_improvement)
def _finish_improvement(cast: Cast):
    return by(cast[CHAIR], improvement(cast))


@attempt(commands.reopen_improvement)
def _reopen_improvement(cast: Cast):
    action_id = improvement(cast)
    commands.finish_improvement(cast[CHAIR], action_id)
    return by(cast[CHAIR], action_id)
