"""What carers are asked to do: nothing binds them before they agree. Pure."""

from datetime import date

from network.vocabulary import Word


class CarerAnswer(Word):
    ASKED = "asked", "Asked, no answer yet"
    AGREED = "agreed", "Agreed"
    DECLINED = "declined", "Does not want to"


class ToldHow(Word):
    LETTER = "letter", "By letter"
    DOOR = "door", "By their own link"
    PHONE = "phone", "By phone"
    SPOKEN = "spoken", "Face to face"


C = CarerAnswer
ANSWER_MOVES: dict[CarerAnswer, frozenset[CarerAnswer]] = {
    C.ASKED: frozenset({C.AGREED, C.DECLINED}),
    # Whoever agreed may always change their mind.
    C.AGREED: frozenset({C.DECLINED}),
    C.DECLINED: frozenset(),
}
LONGEST_WORDS = 300


def may_answer(now: CarerAnswer, to: CarerAnswer) -> bool:
    """Say whether a carer's answer can become that."""
    return to in ANSWER_MOVES[now]


def wrong_with_telling(answer: CarerAnswer, told_on: date, asked_on: date, today: date) -> str:
    """Say what is wrong with how a carer was told of what they do, or nothing."""
    if answer is not C.AGREED:
        return "Wait until they have agreed: then tell them what was agreed."
    if not asked_on <= told_on <= today:
        return "Enter a day from when they were asked until today."
    return ""
