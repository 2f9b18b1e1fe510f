"""How what hosts were asked and answered reads."""

from rota.host_answers.rules import Answer, AskingState

# Text, tone and mark of a tag.
Tag = tuple[str, str, str]

ANSWERS: dict[Answer, Tag] = {
    Answer.ASKED: ("Waiting", "draft", "?"),
    Answer.ACCEPTED: ("Accepted", "good", "\N{CHECK MARK}"),
    Answer.DECLINED: ("Declined", "bad", "\N{MULTIPLICATION SIGN}"),
}
STATES: dict[AskingState, Tag] = {
    AskingState.OPEN: ("Link open", "plain", ""),
    AskingState.ENDED: ("Link taken back", "done", "\N{MULTIPLICATION SIGN}"),
    AskingState.EXPIRED: ("Link out of date", "warning", "!"),
}
CHANGED: Tag = ("Changed since: no answer needed", "plain", "")


def answer_tag(answer: Answer, is_open: bool) -> Tag:
    """Draw an answer; of a placement that changed since nobody waits for one."""
    return CHANGED if answer is Answer.ASKED and not is_open else ANSWERS[answer]


def share_said(percent: int) -> str:
    """Say a learner's share of full time."""
    return "Full time" if percent == 100 else f"{percent}% of full time"
