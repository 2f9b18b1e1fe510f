"""Whom a text is for, how far it has come, by when people are told, and what must not be in it. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from network.vocabulary import Word

# What a practice's record system takes into one text field.
LONGEST_BLOCK = 1500
LONGEST_LETTER = 6000
# Working days within which the person is told.
TELL_WITHIN = 5
# Words in a sentence, beyond which many readers lose the thread; fewer where easy words were asked for.
LONGEST_SENTENCE, LONGEST_EASY_SENTENCE = 25, 15
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


# A letter goes by post or by hand; other ways tell somebody without it.
WAYS_OF_A_LETTER = (Way.POST, Way.HAND)
WAYS_OF_TELLING = (Way.IN_PERSON, Way.PHONE, Way.POST, Way.HAND)


@dataclass(frozen=True)
class Doing:
    """An action as it is told: what, who, of which organisation, by when."""

    words: str
    owner: str
    organisation: str
    due_on: date


@dataclass(frozen=True)
class Outcome:
    """What a meeting made of a case: all that texts may tell of it."""

    ref: str
    meeting: str
    held_on: date
    question: str
    decision: str
    rationale: str = ""
    put_aside: str = ""
    dissent: str = ""
    agreed_by: tuple[str, ...] = ()
    view_heard: str = ""
    matters: str = ""
    actions: tuple[Doing, ...] = ()
    review_due: date | None = None
    coordinator: str = ""
    signed_by: str = ""


@dataclass(frozen=True)
class Reader:
    """The person who reads a letter: how they are spoken to, and in which words."""

    greeting: str
    own_words: str = ""
    hoped_for: str = ""
    is_easy: bool = False


@dataclass(frozen=True)
class Ringing:
    """Whom the person may ring, and when somebody answers."""

    name: str
    phone: str = ""
    hours: str = ""


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


# The kinds of abuse that must never be told in writing where the abuser may live, and who acts on them.
# Source: Care and support statutory guidance (Care Act 2014), chapter 14.
SAFEGUARDING = re.compile(
    r"safeguard\w*|section\s*42|\bs\.?\s?42\b|\babus\w+|\bviolen\w+|\bcoerc\w+|\bcontrolling behaviour"
    r"|\bneglect\w*|\bexploit\w*|\bassault\w*|\bperpetrat\w+|\bslavery|\bmarac\b|\bpolice\b|\btrafficking",
    re.IGNORECASE,
)
# Words that stand in any sentence, and so speak of no topic.
SAID_OF_ANYTHING = frozenset(
    {"a", "about", "all", "and", "any", "at", "for", "from", "her", "his", "in", "is", "its", "my", "not"}
    | {"of", "on", "or", "the", "their", "them", "to", "with"}
)
ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def safeguarding_in(words: str) -> list[str]:
    """List what in some words speaks of safeguarding, each once."""
    return _each_once(found.group().lower() for found in SAFEGUARDING.finditer(words))


def sentences_of(words: str) -> list[str]:
    """Split words into sentences."""
    return [part.strip() for part in ENDS.split(words) if part.strip()]


def without_safeguarding(words: str) -> str:
    """Leave out every sentence that speaks of safeguarding: letters are read by others in the house."""
    return " ".join(part for part in sentences_of(words) if not safeguarding_in(part))


def fit_for_letter(outcome: Outcome) -> tuple[Outcome, int]:
    """Leave out of an outcome what must not be in a letter to the person, and count what was left out."""
    decision = without_safeguarding(outcome.decision)
    actions = tuple(each for each in outcome.actions if not safeguarding_in(each.words))
    question = "" if safeguarding_in(outcome.question) else outcome.question
    left_out = (
        len(sentences_of(outcome.decision))
        - len(sentences_of(decision))
        + len(outcome.actions)
        - len(actions)
        + (question != outcome.question)
    )
    # Why, what was put aside and who thought otherwise are for those who treat, not for the letter box.
    fit = Outcome(
        ref=outcome.ref,
        meeting=outcome.meeting,
        held_on=outcome.held_on,
        question=question,
        decision=decision,
        agreed_by=outcome.agreed_by,
        actions=actions,
        review_due=outcome.review_due,
        coordinator=outcome.coordinator,
    )
    return fit, left_out


def topics_in(words: str, topics: Iterable[str]) -> list[str]:
    """List the topics that are not to be told and that a text speaks of."""
    spoken = set(_words_of(words))
    return [topic for topic in topics if spoken & set(_words_of(topic)) - SAID_OF_ANYTHING]


def names_in(words: str, names: Iterable[str]) -> list[str]:
    """List those of some people whom a text names."""
    return [name for name in names if name and name.casefold() in words.casefold()]


def long_sentences(words: str, is_easy: bool) -> list[str]:
    """List the sentences of a letter that are longer than its reader can be asked to read."""
    longest = LONGEST_EASY_SENTENCE if is_easy else LONGEST_SENTENCE
    return [part for part in sentences_of(words) if len(part.split()) > longest]


def plain(words: str) -> str:
    """Keep the text of what was typed: no marks of a web page, no control characters."""
    text = TAG.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(each for each in text if each == "\n" or each.isprintable()).strip()


def cut_to(words: str, longest: int) -> str:
    """Cut words at a space so that they fit, and show that they were cut."""
    if len(words) <= longest:
        return words
    return words[: max(longest - 1, 0)].rsplit(" ", 1)[0].rstrip() + "…" if longest > 0 else ""


@dataclass(frozen=True)
class Block:
    """A part of a letter as it is laid out: a heading, a list, or a paragraph."""

    kind: str
    lines: tuple[str, ...]


def blocks_of(words: str) -> list[Block]:
    """Lay a letter out: a line that begins with # is a heading, one that begins with - stands in a list."""
    return [block for part in re.split(r"\n\s*\n", words.strip()) for block in _blocks(part.splitlines())]


def _blocks(lines: list[str]) -> Iterator[Block]:
    kept: list[str] = []
    kind = "words"
    for line in (each.strip() for each in lines):
        of_line = "heading" if line.startswith("#") else "list" if line.startswith("- ") else "words"
        if kept and (of_line != kind or of_line == "heading"):
            yield Block(kind, tuple(kept))
            kept = []
        kind = of_line
        kept.append(line.lstrip("#").strip() if kind == "heading" else line.removeprefix("- "))
    if kept:
        yield Block(kind, tuple(kept))


def _words_of(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def _each_once(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))
