"""Whom a text is for, how far it has come, by when people are told, and what stops it. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mdt.texts.rules import LONGEST_BLOCK
from network.vocabulary import Word

# Working days within which the person is told.
TELL_WITHIN = 5
SATURDAY = 5


class Audience(Word):
    PERSON = "person", "The person"
    PRACTICE = "practice", "Their practice"
    ORGANISATION = "organisation", "An organisation"
    OTHER = "other", "Somebody else"


class LetterState(Word):
    DRAFT = "draft", "To be checked"
    GIVEN = "given", "Given"
    HELD = "held", "Held back: not safe to send"


L = LetterState

LETTER_MOVES: dict[LetterState, frozenset[LetterState]] = {
    L.DRAFT: frozenset({L.GIVEN, L.HELD}),
    # Held back, it is checked again before it can go.
    L.HELD: frozenset({L.DRAFT}),
    # A slip: it was not handed over after all.
    L.GIVEN: frozenset({L.DRAFT}),
}


class Way(Word):
    """How somebody was told."""

    POST = "post", "By post"
    HAND = "hand", "By hand"
    PHONE = "phone", "By phone"
    IN_PERSON = "in_person", "In person"
    COPIED = "copied", "Copied into their record"
    SHARED = "shared", "On their page here"


# A letter goes by post or by hand; a text for a record is copied into it.
WAYS_TO_GIVE: dict[Audience, tuple[Way, ...]] = {
    Audience.PERSON: (Way.POST, Way.HAND),
    Audience.PRACTICE: (Way.COPIED, Way.HAND, Way.POST),
    Audience.ORGANISATION: (Way.SHARED, Way.HAND, Way.POST),
    Audience.OTHER: (Way.HAND, Way.POST),
}
# Without a letter's check the person is told in person or by phone alone: others open what is sent.
WAYS_OF_TELLING: dict[Audience, tuple[Way, ...]] = {
    audience: (Way.IN_PERSON, Way.PHONE, Way.POST, Way.HAND) for audience in Audience
} | {Audience.PERSON: (Way.IN_PERSON, Way.PHONE)}
ASK_WHETHER_SAFE = (
    "Choose in person or by phone. What goes by post or by hand is first checked on the letter's page: is it"
    " safe to send?"
)
LONGEST_REASON = 500
# A letter of more pages is not read.
LONGEST: dict[Audience, int] = {audience: 6000 for audience in Audience} | {Audience.PRACTICE: LONGEST_BLOCK}


@dataclass(frozen=True)
class Barriers:
    """What stands between a text and its reader: a death, or what the person does not want shared."""

    has_died: bool = False
    objects_to_all: bool = False
    objects_to_reader: bool = False


def tell_by(day: date, holidays: Collection[date], within: int = TELL_WITHIN) -> date:
    """Return the last day on which somebody is told in time: so many working days after the meeting."""
    left = within
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY and day not in holidays
    return day


def is_late(due_on: date, told_on: date | None, today: date) -> bool:
    """Say whether somebody was told too late, or has not been told and the day is past."""
    return (told_on or today) > due_on


def told_in_time(tellings: Iterable[tuple[date, date | None]], today: date) -> tuple[int, int]:
    """Count who was told in time, and of how many: those who may yet be told in time do not count."""
    counted = [(due_on, told_on) for due_on, told_on in tellings if told_on is not None or today > due_on]
    return sum(not is_late(due_on, told_on, today) for due_on, told_on in counted), len(counted)


def why_stopped(audience: Audience, barriers: Barriers) -> str:
    """Say why a text may not go to its reader, or nothing."""
    if barriers.has_died and audience is Audience.PERSON:
        return "The person has died: nothing is sent to them."
    if barriers.objects_to_all:
        return "The person does not want their story shared for meetings: nothing more is passed on."
    if barriers.objects_to_reader and audience is not Audience.PERSON:
        return "The person does not want this organisation to know."
    return ""


def wrong_with_holding(audience: Audience, reason: str) -> str:
    """Say what is wrong with holding a text back, or nothing."""
    if audience is not Audience.PERSON:
        return "Only a letter to the person is held back. Change the words of this text instead."
    if not reason:
        return "Enter why it is not safe to send, for whoever looks at this next."
    if len(reason) > LONGEST_REASON:
        return f"Shorten the reason to {LONGEST_REASON} characters: it has {len(reason)}."
    return ""


def wrong_with_sending(how: Way, is_safe: bool | None, address: str) -> str:
    """Say what stands against giving somebody their own letter, or nothing."""
    if is_safe is None:
        return "Say whether it is safe to send this letter."
    if not is_safe:
        return "Hold this letter back: it is not safe to send. Tell the person in another way."
    if how is Way.POST and not address.strip():
        return "Enter the person's address first, or give them the letter by hand."
    return ""


def wrong_with_way(audience: Audience, how: Way) -> str:
    """Say what is wrong with a way in which somebody is said to have been told, or nothing."""
    if how in WAYS_OF_TELLING[audience]:
        return ""
    if audience is Audience.PERSON:
        return ASK_WHETHER_SAFE
    return "Choose how they were told from the list."


def wrong_with_day(audience: Audience, day: date, today: date, died_on: date | None) -> str:
    """Say what is wrong with the day on which somebody is said to have been told, or nothing."""
    if day > today:
        return "Enter a day that is not in the future."
    if audience is Audience.PERSON and died_on is not None and day > died_on:
        return "The person has died. If they were told before, enter that day."
    return ""


def wrong_with_words(audience: Audience, words: str, alarming: Collection[str]) -> str:
    """Say what is wrong with the words of a text, or nothing; `alarming` is what speaks of safeguarding."""
    if not words.strip():
        return "Enter the words of the letter."
    if len(words) > LONGEST[audience]:
        return f"Shorten this to {LONGEST[audience]:,} characters: it has {len(words):,}."
    if alarming and audience is Audience.PERSON:
        found = " and ".join(f"“{each}”" for each in alarming)
        return f"Take out {found}: others in the house may read this letter. Tell the person in private."
    return ""
