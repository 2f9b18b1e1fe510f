"""What of a rota is looked at: which weeks, in rows by what, narrowed to whom."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from network.vocabulary import Discipline, Word

MOST_WEEKS_SHOWN = 4
Choice = TypeVar("Choice", bound=Enum)


class Rows(Word):
    """What the rows of the grid stand for."""

    PERSON = "person", "Person"
    SITE = "site", "Site"
    ROOM = "room", "Room"


@dataclass(frozen=True)
class Look:
    """How somebody looks at a rota, as the address of the page says it.

    `site` is a site's code, `name` a part of a person's name; `person` asks for one person's own sheet.
    """

    week: date | None = None
    weeks: int = 1
    by: Rows = Rows.PERSON
    discipline: Discipline | None = None
    site: str = ""
    name: str = ""
    person: uuid.UUID | None = None
    only_short: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Look":
        """Read a look from an address; what makes no sense there is left out."""
        return cls(
            week=_day(asked.get("week", "")),
            weeks=MOST_WEEKS_SHOWN if asked.get("weeks") == str(MOST_WEEKS_SHOWN) else 1,
            by=_word(Rows, asked.get("by", "")) or Rows.PERSON,
            discipline=_word(Discipline, asked.get("discipline", "")),
            site=asked.get("site", "").strip()[:12],
            name=" ".join(asked.get("name", "").split())[:60],
            person=_id(asked.get("person", "")),
            only_short=asked.get("short") == "1",
        )

    @classmethod
    def at(cls, address: str) -> "Look":
        """Read the look of the page that a part of it is asked from."""
        return cls.of(dict(parse_qsl(urlsplit(address).query)))

    @property
    def asked(self) -> dict[str, str]:
        """The look as the address has it: only what differs from the usual."""
        words = {
            "week": self.week.isoformat() if self.week else "",
            "weeks": str(self.weeks) if self.weeks > 1 else "",
            "by": self.by.value if self.by is not Rows.PERSON else "",
            "discipline": self.discipline.value if self.discipline else "",
            "site": self.site,
            "name": self.name,
            "person": str(self.person) if self.person else "",
            "short": "1" if self.only_short else "",
        }
        return {name: word for name, word in words.items() if word}

    def but(self, **changes: Any) -> dict[str, str]:
        """Give the address of this look with something changed."""
        return replace(self, **changes).asked

    @property
    def is_narrowed(self) -> bool:
        return bool(self.discipline or self.site or self.name or self.person)

    def finds(self, name: str) -> bool:
        """Say whether a name is what is searched for: every word of the search begins a word of the name."""
        words = name.casefold().split()
        return all(any(word.startswith(part) for word in words) for part in self.name.casefold().split())


def weeks_shown(mondays: Sequence[date], monday: date, weeks: int) -> tuple[date, ...]:
    """Give the weeks shown together: the one asked for, or the block of weeks in which it lies."""
    first = mondays.index(monday) // weeks * weeks
    return tuple(mondays[first : first + weeks])


def short_names(names: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Shorten given and family names to the family name, with what of the given name tells two apart."""
    families = Counter(family for _, family in names.values())
    initials = Counter((given[:1], family) for given, family in names.values())

    def shorten(given: str, family: str) -> str:
        if families[family] == 1:
            return family
        return f"{given[:1]} {family}" if initials[given[:1], family] == 1 else f"{given} {family}"

    return {key: shorten(given, family) for key, (given, family) in names.items()}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _word(kind: type[Choice], text: str) -> Choice | None:
    return next((each for each in kind if each.value == text), None)


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
