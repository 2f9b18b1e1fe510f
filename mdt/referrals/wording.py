"""Sentences about referrals."""

from typing import NamedTuple


class Answer(NamedTuple):
    """What a coordinator may answer instead of taking a referral on."""

    title: str
    question: str
    hint: str
    said: str


ANSWERS = {
    "return": Answer(
        "Return with a question",
        "What do you need to know?",
        "The referrer reads this, answers it, and sends the referral again.",
        "The referrer is asked.",
    ),
    "redirect": Answer(
        "Redirect",
        "Where should this go, and why?",
        "The referrer reads this: say which service, and how to reach it.",
        "The referrer sees where to turn.",
    ),
    "decline": Answer(
        "Decline",
        "Why, and what should the referrer do?",
        "The referrer reads this: say what would change your answer.",
        "The referrer sees why.",
    ),
}
