"""Who a person is: NHS numbers, names, ages, and what is wrong with any of them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from network.vocabulary import Word

# Valid by their check digit and never issued to anybody: what a demonstration must use.
NEVER_ISSUED = "999"
LONGEST_LIFE = 130
# Shorter beginnings of a name tell almost nobody apart.
SHORTEST_BEGINNING, LONGEST_BEGINNING = 3, 8
NOT_KNOWN = "Not Known"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Sex(Word):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    INDETERMINATE = "indeterminate", "Indeterminate"
    UNKNOWN = "unknown", NOT_KNOWN


class LetterFormat(Word):
    """How somebody reads letters. Source: Accessible Information Standard (DAPB1605)."""

    STANDARD = "standard", "Standard print"
    LARGE_PRINT = "large_print", "Large print"
    EASY_WORDS = "easy_words", "Easy words"
    LARGE_EASY_WORDS = "large_easy_words", "Large print and easy words"


class EthnicCategory(Word):
    """How somebody describes their ethnicity. Source: NHS Data Dictionary, ETHNIC CATEGORY CODE (2001)."""

    BRITISH = "A", "White: British"
    IRISH = "B", "White: Irish"
    OTHER_WHITE = "C", "White: any other"
    WHITE_CARIBBEAN = "D", "Mixed: White and Black Caribbean"
    WHITE_AFRICAN = "E", "Mixed: White and Black African"
    WHITE_ASIAN = "F", "Mixed: White and Asian"
    OTHER_MIXED = "G", "Mixed: any other"
    INDIAN = "H", "Asian: Indian"
    PAKISTANI = "J", "Asian: Pakistani"
    BANGLADESHI = "K", "Asian: Bangladeshi"
    OTHER_ASIAN = "L", "Asian: any other"
    CARIBBEAN = "M", "Black: Caribbean"
    AFRICAN = "N", "Black: African"
    OTHER_BLACK = "P", "Black: any other"
    CHINESE = "R", "Chinese"
    ANY_OTHER = "S", "Any other"
    NOT_STATED = "Z", "Asked, and not stated"

    @property
    def group(self) -> str:
        """The group of the census that it is counted in."""
        return GROUP_OF.get(self) or self.label.partition(":")[0]


GROUP_OF = {
    EthnicCategory.CHINESE: "Asian",
    EthnicCategory.ANY_OTHER: "Other",
    EthnicCategory.NOT_STATED: NOT_KNOWN,
}
ETHNIC_GROUPS = ("White", "Mixed", "Asian", "Black", "Other", NOT_KNOWN)
DECILES = range(1, 11)


@dataclass(frozen=True)
class Identity:
    """Who somebody is, as it was typed. The NHS number may be empty; a name and a date of birth may not."""

    family_name: str
    given_name: str
    born_on: date
    nhs_number: str = ""
    title: str = ""
    preferred_name: str = ""
    sex: Sex = Sex.UNKNOWN


@dataclass(frozen=True)
class Contact:
    """How somebody is reached and where they live."""

    address: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""
    care_home: str = ""
    letter_format: LetterFormat = LetterFormat.STANDARD
    language: str = ""
    lives_alone: bool | None = None
    housebound: bool | None = None
    ethnicity: EthnicCategory | None = None
    # Of the Index of Multiple Deprivation where they live: 1 is a tenth of England, the most deprived.
    imd_decile: int | None = None


def tidy_nhs_number(given: str) -> str:
    """Keep the digits of what was typed or pasted, whatever stands between and around them."""
    return "".join(re.findall(r"[0-9]", unicodedata.normalize("NFKC", given)))


def wrong_with_nhs_number(number: str, only_invented: bool = False) -> str:
    """Say what is wrong with the digits of an NHS number, or nothing.

    Source: NHS Data Dictionary, NHS NUMBER: ten digits, the last a modulus 11 check digit, never 10.
    """
    if len(number) != 10:
        return f"Enter the 10 digits of the NHS number: this has {len(number)}."
    total = sum(int(digit) * weight for digit, weight in zip(number[:9], range(10, 1, -1), strict=True))
    if (11 - total % 11) % 11 != int(number[9]):
        return "Check the NHS number: its last digit does not fit the others."
    if only_invented and not number.startswith(NEVER_ISSUED):
        return f"Enter an NHS number that begins with {NEVER_ISSUED}: nobody real belongs in a demonstration."
    return ""


def wrong_with_identity(identity: Identity, today: date, only_invented: bool = False) -> str:
    """Say what is wrong with who somebody is said to be, or nothing."""
    if not identity.family_name.strip() or not identity.given_name.strip():
        return "Enter a given name and a family name."
    if identity.born_on > today:
        return "Enter a date of birth in the past."
    if age_on(identity.born_on, today) > LONGEST_LIFE:
        return f"Check the date of birth: nobody is older than {LONGEST_LIFE}."
    number = tidy_nhs_number(identity.nhs_number)
    return wrong_with_nhs_number(number, only_invented) if number or identity.nhs_number.strip() else ""


def ethnic_category_of(written: str) -> EthnicCategory | None:
    """Read an ethnic category from its code or its words, as a file may have them."""
    tidy = " ".join(written.split()).casefold()
    return next(
        (each for each in EthnicCategory if tidy in (each.value.casefold(), each.label.casefold())), None
    )


def quintile_of(decile: int | None) -> int | None:
    """Return the fifth of England that a tenth belongs to: 1 is the most deprived."""
    return None if decile is None else (decile + 1) // 2


def said_nhs_number(number: str | None) -> str:
    """Show an NHS number in threes and a four. Source: NHS common user interface, NHS number display."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else NOT_KNOWN


def said_day(day: date) -> str:
    """Show a date as the NHS patient banner does: 04-Mar-1941."""
    return f"{day:%d}-{MONTHS[day.month - 1]}-{day.year}"


def age_on(born_on: date, day: date) -> int:
    """Return somebody's age in whole years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def said_age(born_on: date, day: date) -> str:
    """Show an age: years, and months below two years. Source: NHS patient banner."""
    years = age_on(born_on, day)
    if years >= 2:
        return f"{years}y"
    months = 12 * (day.year - born_on.year) + day.month - born_on.month - (day.day < born_on.day)
    return f"{months}m"


def parts_of(name: str) -> tuple[str, ...]:
    """Split a name into parts that compare: without accents, capitals, hyphens or apostrophes."""
    bare = unicodedata.normalize("NFKD", name).replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    letters = bare.encode("ascii", "ignore").decode().casefold()
    return tuple(part for part in re.split(r"[^a-z]+", letters) if part)


def beginnings_of(names: Iterable[str]) -> frozenset[str]:
    """List the beginnings of the parts of some names, by which the person is found, and the whole parts."""
    parts = {part for name in names for part in parts_of(name)}
    lengths = range(SHORTEST_BEGINNING, LONGEST_BEGINNING + 1)
    return frozenset(part[:length] for part in parts for length in (*lengths, len(part)))


def is_called(words: str, name: str) -> bool:
    """Say whether each of some words begins a part of a name."""
    parts = parts_of(name)
    return all(any(part.startswith(word) for part in parts) for word in parts_of(words))


def beginning_to_find(part: str) -> str:
    """Return what of a typed part of a name is looked up: it may be typed in full, or only begun."""
    return part if len(part) <= LONGEST_BEGINNING else part[:LONGEST_BEGINNING]
