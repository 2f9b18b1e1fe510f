"""When a case may be told to others so that they learn, and whether the telling gives anybody away. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from network.vocabulary import Discipline, Word

LONGEST = {"title": 120, "vignette": 3000, "lesson": 1500, "question": 300}
SHORTEST_VIGNETTE = 100
# Names that are everyday words too count only where they are written like a name.
EVERYDAY = frozenset({"art", "bill", "dawn", "faith", "grace", "hope", "joy", "mark", "may", "rose", "will"})
# What stands in many addresses tells nothing of one.
IN_MANY_ADDRESSES = frozenset(
    {
        "avenue",
        "bungalow",
        "care",
        "close",
        "cottage",
        "court",
        "crescent",
        "drive",
        "flat",
        "gardens",
        "green",
    }
    | {"grove", "hill", "home", "house", "lane", "lodge", "nursing", "park", "place", "residential", "road"}
    | {"square", "street", "terrace", "view", "villa", "walk"}
)
SMALL_WORDS = frozenset({"and", "at", "by", "in", "of", "on", "the"})
SHORTEST_NAME, SHORTEST_PLACE = 2, 4
# What stands in the name of many topics, and is none.
IN_MANY_TOPICS = frozenset({"about", "from", "health", "past", "that", "their", "them", "what", "with"})
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

WORDS = re.compile(r"[^\W\d_]+")
# Together, or in threes and a four as they are read out, whatever stands between.
TEN_DIGITS = re.compile(r"(?<!\d)(?:(?:\d[ -]?){9}\d|\d{3}\W{1,3}\d{3}\W{1,3}\d{4})(?!\d)")
TELEPHONE = re.compile(r"(?<!\d)(?:0|\+ ?44)(?:[ ().-]{0,3}\d){8,10}(?!\d)")
EMAIL = re.compile(r"\S+@\S+\.\w+")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?[\s-]{0,3}\d[A-Z]{2}\b", re.IGNORECASE)
WITH_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Lady|Rev)\b\.? +[A-Z][\w'-]*")
NUMBERED_DAY = re.compile(r"\b(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})\b")
NAMED_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3})[a-z]*\b", re.IGNORECASE)
MONTH_FIRST = re.compile(r"\b([a-z]{3})[a-z]* (?:the )?(\d{1,2})(?:st|nd|rd|th)?\b", re.IGNORECASE)


class ExampleState(Word):
    """How far an example has come to be read by others."""

    OFFERED = "offered", "Waits for a second person"
    RETURNED = "returned", "Sent back"
    APPROVED = "approved", "In the library"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Verdict(Word):
    """What was done with an example."""

    OFFERED = "offered", "Offered"
    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Sent back"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = ExampleState
MOVES: Mapping[ExampleState, frozenset[ExampleState]] = {
    S.OFFERED: frozenset({S.APPROVED, S.RETURNED, S.WITHDRAWN}),
    S.RETURNED: frozenset({S.OFFERED, S.WITHDRAWN}),
    S.APPROVED: frozenset({S.WITHDRAWN}),
    S.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True)
class Telling:
    """A case as it is told to others."""

    title: str
    vignette: str
    lesson: str
    question: str = ""
    disciplines: tuple[Discipline, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join((self.title, self.vignette, self.lesson, self.question))


@dataclass(frozen=True)
class Known:
    """What would give the person of a case away, and those around them."""

    names: tuple[str, ...]
    born_on: date | None = None
    places: tuple[str, ...] = ()
    others: tuple[str, ...] = field(default=())
    # What they do not want told to others.
    topics: tuple[str, ...] = ()


def wrong_with_telling(telling: Telling) -> str:
    """Say what is wrong with an example as such, or nothing."""
    if not telling.title.strip():
        return "Enter a title, such as 'Falls after a change of glasses'."
    if len(telling.vignette.strip()) < SHORTEST_VIGNETTE:
        return f"Tell what happened in at least {SHORTEST_VIGNETTE} characters, written afresh."
    if not telling.lesson.strip():
        return "Enter what can be learnt from it."
    if not telling.disciplines:
        return "Choose at least one discipline that learns from it."
    for name, longest in LONGEST.items():
        if len(getattr(telling, name)) > longest:
            return f"Shorten the {name} to {longest} characters."
    return ""


def telltales(text: str, known: Known) -> list[str]:
    """Name everything in a text that may give somebody away; empty where nothing was found."""
    # What is copied from a page may hold signs that nobody sees, such as where a word may be broken.
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return list(dict.fromkeys(_telltales(unicodedata.normalize("NFKC", seen), known)))


def _telltales(text: str, known: Known) -> Iterator[str]:
    yield from (f"'{word}': it is part of their name" for word in _names_in(text, known.names))
    yield from (f"'{word}': somebody around them is called so" for word in _names_in(text, known.others))
    yield from (f"'{word}': it is part of where they live" for word in _places_in(text, known.places))
    yield from (f"'{word}': they do not want that told" for word in _topics_in(text, known.topics))
    yield from (f"'{found}': a name with a title" for found in WITH_TITLE.findall(text))
    yield from (f"'{found[0].strip()}': it reads like an NHS number" for found in TEN_DIGITS.finditer(text))
    yield from (f"'{found[0]}': it reads like a telephone number" for found in TELEPHONE.finditer(text))
    yield from (f"'{found[0]}': an email address" for found in EMAIL.finditer(text))
    yield from (f"'{found[0]}': a postcode" for found in POSTCODE.finditer(text))
    if known.born_on:
        yield from _birthday_in(text, known.born_on)


def _names_in(text: str, names: Iterable[str]) -> Iterator[str]:
    wanted = {_plain(word) for name in names for word in WORDS.findall(name) if len(word) >= SHORTEST_NAME}
    for word in WORDS.findall(text):
        if _plain(word) in wanted and (_plain(word) not in EVERYDAY or word[0].isupper()):
            yield word


def _places_in(text: str, places: Iterable[str]) -> Iterator[str]:
    yield from _words_in(text, _long_words(places) - IN_MANY_ADDRESSES)
    # A short name of a street says nothing alone, and all beside the word that follows it.
    short = {
        (name, kind)
        for place in places
        for name, kind in _pairs(place)
        if len(name) < SHORTEST_PLACE and name not in SMALL_WORDS and kind in IN_MANY_ADDRESSES
    }
    yield from (" ".join(pair) for pair in _pairs(text) if pair in short)


def _topics_in(text: str, topics: Iterable[str]) -> Iterator[str]:
    yield from _words_in(text, _long_words(topics) - IN_MANY_TOPICS)


def _long_words(sayings: Iterable[str]) -> set[str]:
    return {_plain(word) for said in sayings for word in WORDS.findall(said) if len(word) >= SHORTEST_PLACE}


def _words_in(text: str, wanted: set[str]) -> Iterator[str]:
    yield from (word for word in WORDS.findall(text) if _plain(word) in wanted)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    return pairwise(_plain(word) for word in WORDS.findall(text))


def _birthday_in(text: str, born_on: date) -> Iterator[str]:
    day, month = born_on.day, born_on.month
    named = {(MONTHS[month - 1], day)}
    for found in NUMBERED_DAY.finditer(text):
        parts = [int(part) for part in found.groups()]
        # Day first, month first or year first: each is how somebody writes it.
        if (day, month) in {(parts[0], parts[1]), (parts[1], parts[0]), (parts[2], parts[1])}:
            yield f"'{found[0]}': their birthday"
    for found in NAMED_DAY.finditer(text):
        if (found[2].lower(), int(found[1])) in named:
            yield f"'{found[0]}': their birthday"
    for found in MONTH_FIRST.finditer(text):
        if (found[1].lower(), int(found[2])) in named:
            yield f"'{found[0]}': their birthday"
    if re.search(rf"(?<!\d){born_on.year}(?!\d)", text):
        yield f"'{born_on.year}': the year in which they were born"


def _plain(word: str) -> str:
    """Drop case and accents: 'Zoe' and 'Zoë' are one name."""
    split = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))
