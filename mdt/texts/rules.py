"""What may be told of a decision and to whom, and what must not be in a letter. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

# What a practice's record system takes into one text field.
LONGEST_BLOCK = 1500
# Words in a sentence, beyond which many readers lose the thread; fewer where easy words were asked for.
LONGEST_SENTENCE, LONGEST_EASY_SENTENCE = 25, 15


@dataclass(frozen=True)
class Doing:
    """An action as it is told: what, who, of which organisation, by when; of which team, for the person."""

    words: str
    owner: str
    organisation: str
    due_on: date
    team: str = ""


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
    # Clinics in which a place was asked for.
    booked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reader:
    """The person who reads a letter: how they are spoken to, and in which words."""

    greeting: str
    own_words: str = ""
    hoped_for: str = ""
    is_easy: bool = False
    # Days before this one have passed, and are promised no more.
    reads_on: date = date.min


@dataclass(frozen=True)
class Ringing:
    """Whom the person may ring, and when somebody answers."""

    name: str
    phone: str = ""
    hours: str = ""


# The kinds of abuse that must never be told in writing where the abuser may live, and who acts on them.
# Source: Care and support statutory guidance (Care Act 2014), chapter 14.
SAFEGUARDING = re.compile(
    r"safeguard\w*|section\s*42|\bs\.?\s?42\b|\babus\w+|\bviolen\w+|\bcoerc\w+|\bcontrolling behaviour"
    r"|\bneglect\w*|\bexploit\w*|\bassault\w*|\bperpetrat\w+|\bslavery|\bmarac\b|\bpolice\b|\btrafficking"
    r"|\bharass\w*|\bmolest\w*|\braped?\b|\bstalk(?:ed|er|ing)\b|(?<!life-)\bthreat\w*|\bidva\b"
    r"|\bforced marriage",
    re.IGNORECASE,
)
# Words that stand in any sentence, and so speak of no topic.
SAID_OF_ANYTHING = frozenset(
    {"a", "about", "all", "and", "any", "at", "for", "from", "her", "his", "in", "is", "its", "my", "not"}
    | {"of", "on", "or", "the", "their", "them", "to", "with"}
)
# What stands before many a name, and names nobody.
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "the", "her", "his"})
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
    # Who does it can tell as much as what is done: a safeguarding team, a police station.
    actions = tuple(
        each
        for each in outcome.actions
        if not safeguarding_in(f"{each.words} {each.owner} {each.organisation}")
    )
    left_out = (
        len(sentences_of(outcome.decision))
        - len(sentences_of(decision))
        + len(outcome.actions)
        - len(actions)
    )
    # The question, why, what was put aside and who thought otherwise are written for those who treat.
    fit = Outcome(
        ref=outcome.ref,
        meeting=outcome.meeting,
        held_on=outcome.held_on,
        question="",
        decision=decision,
        agreed_by=outcome.agreed_by,
        actions=actions,
        review_due=outcome.review_due,
        coordinator=outcome.coordinator,
        booked=tuple(each for each in outcome.booked if not safeguarding_in(each)),
    )
    return fit, left_out


def topics_in(words: str, topics: Iterable[str]) -> list[str]:
    """List the topics that are not to be told and that a text speaks of."""
    spoken = set(_words_of(words))
    return [topic for topic in topics if spoken & set(_words_of(topic)) - SAID_OF_ANYTHING]


def names_in(words: str, names: Iterable[str], own: str = "") -> list[str]:
    """List those of some people whom a text names, be it by one part that is not the reader's own."""
    spoken = set(_words_of(words)) - set(_words_of(own)) - TITLES
    return [name for name in names if spoken & set(_words_of(name))]


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
