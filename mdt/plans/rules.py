"""Personalised care and support plans: their states, what makes one, and its clock. Pure."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from network.vocabulary import Word

LONGEST_TEXT = 2000
LONGEST_WITH = 200
LONGEST_WHY = 500
# What was agreed longer ago is agreed anew, and not put down as if it were fresh.
OLDEST_AGREEMENT = timedelta(days=90)


class PlanState(Word):
    DRAFT = "draft", "Draft"
    DISCARDED = "discarded", "Thrown away"
    AGREED = "agreed", "Agreed"
    SUPERSEDED = "superseded", "Replaced by a later version"
    ENDED = "ended", "Ended"


PLAN_MOVES: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.AGREED, PlanState.DISCARDED}),
    PlanState.DISCARDED: frozenset({PlanState.DRAFT}),
    PlanState.AGREED: frozenset({PlanState.SUPERSEDED, PlanState.ENDED}),
    PlanState.SUPERSEDED: frozenset(),
    # Ended by a slip.
    PlanState.ENDED: frozenset({PlanState.AGREED}),
}
# What was agreed once: it stays on record in its words.
KEPT = frozenset({PlanState.AGREED, PlanState.SUPERSEDED, PlanState.ENDED})


class AgreedHow(Word):
    PERSON = "person", "With the person"
    PERSON_AND_CARER = "person_and_carer", "With the person and those who care for them"
    BEST_INTERESTS = "best_interests", "In their best interests, with those who know them"


class Criterion(Word):
    """What makes a plan a personalised one, each as a question that may be answered no.

    Source: NHS England, Universal Personalised Care (2019): five criteria for care and support plans.
    """

    DECIDED = "decided", "Did they decide what is in it, and who takes part?"
    TALKED = "talked", "Did somebody talk with them about what matters to them, not only what is the matter?"
    OUTCOMES = "outcomes", "Did they agree what they want to reach with those who help them?"
    SHAREABLE = "shareable", "Do they have it in a form that they can read and show to others?"
    REVIEW = "review", "Do they know when it is looked at again, and how to ask for that sooner?"


@dataclass(frozen=True)
class PlanWords:
    """What a plan says besides its goals."""

    own_part: str = ""
    others_part: str = ""
    signs: str = ""
    steps: str = ""
    contact: str = ""

    @property
    def contingency(self) -> tuple[tuple[str, str], ...]:
        """Return what happens if things go wrong, each part with its heading."""
        parts = (
            ("How we know that things go wrong", self.signs),
            ("What to do then", self.steps),
            ("Whom to ring, day and night", self.contact),
        )
        return tuple((heading, words) for heading, words in parts if words)


@dataclass(frozen=True)
class Agreement:
    """With whom a plan was agreed and when, when it is looked at again, and whom the person turns to."""

    how: AgreedHow
    agreed_with: str
    agreed_on: date
    next_review: date
    coordinator_id: uuid.UUID | None
    ticks: frozenset[Criterion] = frozenset()
    unticked_why: str = ""


def year_after(day: date) -> date:
    """Return the same day of the next year: until then a plan is looked at again."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


def wrong_with_plan(words: PlanWords) -> str:
    """Say what is wrong with the words of a plan, or nothing; a draft may be as empty as it is."""
    for name, text in (
        ("what the person does", words.own_part),
        ("what others do", words.others_part),
        ("how you know", words.signs),
        ("what to do", words.steps),
        ("whom to ring", words.contact),
    ):
        if len(text) > LONGEST_TEXT:
            return f"Shorten “{name}” to {LONGEST_TEXT:,} characters: it has {len(text):,}."
    return ""


def missing_to_agree(words: PlanWords, goals: int) -> list[str]:
    """Name what a plan still needs before it can be agreed, each as a sentence to act on."""
    missing = []
    if not goals:
        missing.append("Put down at least one goal in the person's words.")
    if not words.own_part.strip() and not words.others_part.strip():
        missing.append("Enter what the person does, or what others do.")
    if not words.signs.strip() or not words.steps.strip():
        missing.append("Enter how one knows that things go wrong, and what to do then.")
    if not words.contact.strip():
        missing.append("Enter whom to ring if things go wrong.")
    return missing


def wrong_with_agreement(agreement: Agreement, today: date) -> str:
    """Say what is wrong with how a plan was agreed, or nothing."""
    if not agreement.agreed_with.strip():
        return "Enter who agreed, such as “Edith and her daughter Ann”."
    if len(agreement.agreed_with) > LONGEST_WITH:
        return f"Shorten who agreed to {LONGEST_WITH} characters."
    if agreement.agreed_on > today:
        return "Enter a day of agreement that is not in the future."
    if agreement.agreed_on < today - OLDEST_AGREEMENT:
        return "Agree it again with the person: that day is more than three months ago."
    if agreement.next_review <= today:
        return "Choose a day after today for the next review."
    if agreement.next_review > year_after(agreement.agreed_on):
        return "Choose a day within twelve months for the next review: a plan is looked at once a year."
    if agreement.coordinator_id is None:
        return "Choose who coordinates: the person needs somebody to turn to."
    if set(Criterion) - agreement.ticks and not agreement.unticked_why.strip():
        return "Say what is still missing where a question is not ticked, and what you will do about it."
    if len(agreement.unticked_why) > LONGEST_WHY:
        return f"Shorten what is still missing to {LONGEST_WHY} characters."
    return ""


def is_in_date(state: PlanState, next_review: date | None, today: date) -> bool:
    """Say whether a plan is agreed and its review is not overdue."""
    return state is PlanState.AGREED and next_review is not None and today <= next_review


def share_in_date(open_people: Collection[uuid.UUID], in_date: Collection[uuid.UUID]) -> tuple[int, int]:
    """Count the people with an open case who have a plan in date, and of how many."""
    return len(set(open_people) & set(in_date)), len(set(open_people))
