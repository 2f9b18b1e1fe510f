"""Time that organisations give to the team, and the scheme that pays for it, or that none does. Pure."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from network.vocabulary import Discipline

LONGEST_CODE, LONGEST_NAME = 20, 120
MOST_MINUTES = 600
# What lasts longer was left open: nobody claims for the night.
LONGEST = 2
MINUTE = 60
# How long after a meeting somebody may still say how long they prepared.
LOOK_BACK_DAYS = 92


@dataclass(frozen=True)
class SchemeDetails:
    """A scheme as it is typed."""

    code: str
    name: str
    payer: str
    starts_on: date
    pays_preparation: bool = False


@dataclass(frozen=True)
class Claim:
    """That an organisation's time, or that of one discipline of it, is claimed under a scheme for a time."""

    organisation_id: uuid.UUID
    discipline: Discipline | None
    starts_on: date
    ends_on: date | None
    scheme: str = ""
    pays_preparation: bool = False

    def covers(self, organisation_id: uuid.UUID, discipline: Discipline, day: date) -> bool:
        return (
            self.organisation_id == organisation_id
            and self.discipline in (None, discipline)
            and self.starts_on <= day
            and (self.ends_on is None or day <= self.ends_on)
        )


@dataclass(frozen=True)
class Spent:
    """Time that somebody of an organisation gave to one meeting."""

    organisation_id: uuid.UUID
    organisation: str
    discipline: Discipline
    on: date
    meeting: float = 0
    preparation: int = 0


@dataclass(frozen=True)
class EffortLine:
    """What an organisation's discipline gave under one scheme, or under none."""

    organisation: str
    discipline: Discipline
    scheme: str
    attended: int
    meeting: int
    preparation: int
    # Preparation that the scheme does not pay for, or all time where there is no scheme.
    unpaid: int

    @property
    def minutes(self) -> int:
        return self.meeting + self.preparation


def attended_minutes(
    whole: float, planned: int, items: Iterable[tuple[int, int]], first: int | None, last: int | None
) -> float:
    """Return the minutes somebody sat there: all of it, or the cases from one position to another.

    `items` are positions on the list and the seconds each took. A meeting that nobody ended goes on for no
    more than so many times its `planned` minutes.
    """
    most = LONGEST * planned
    if first is None and last is None:
        return min(whole, most)
    own = sum(
        seconds / MINUTE
        for position, seconds in items
        if (first is None or position >= first) and (last is None or position <= last)
    )
    return min(own, most)


def lines_of(spent: Iterable[Spent], claims: Sequence[Claim]) -> list[EffortLine]:
    """Add time up by organisation, discipline and scheme; parts of minutes count at the end, once."""
    sums: dict[tuple[str, Discipline, str], list[float]] = {}
    for each in spent:
        claim = next(
            (one for one in claims if one.covers(each.organisation_id, each.discipline, each.on)), None
        )
        found = sums.setdefault(
            (each.organisation, each.discipline, claim.scheme if claim else ""), [0, 0, 0, 0]
        )
        found[0] += each.meeting > 0
        found[1] += each.meeting
        found[2] += each.preparation
        found[3] += each.preparation if claim is None or not claim.pays_preparation else 0
        found[3] += each.meeting if claim is None else 0
    order = {discipline: place for place, discipline in enumerate(Discipline)}
    return [
        EffortLine(
            organisation, discipline, scheme, int(attended), ceil(meeting), int(preparation), ceil(unpaid)
        )
        for (organisation, discipline, scheme), (attended, meeting, preparation, unpaid) in sorted(
            sums.items(), key=lambda item: (item[0][0], order[item[0][1]], item[0][2])
        )
    ]


def wrong_with_scheme(details: SchemeDetails) -> str:
    """Say what is wrong with a scheme, or nothing."""
    if not (details.code.strip() and details.name.strip() and details.payer.strip()):
        return "Enter the code, the name and who pays."
    if len(details.code) > LONGEST_CODE or max(len(details.name), len(details.payer)) > LONGEST_NAME:
        return f"Shorten the code to {LONGEST_CODE} characters, and names to {LONGEST_NAME}."
    return ""


def overlapping(claims: Iterable[Claim], wanted: Claim) -> Claim | None:
    """Return a claim under which some of the same time is claimed already: no minute is paid twice."""
    for each in claims:
        is_same = each.organisation_id == wanted.organisation_id and (
            None in (each.discipline, wanted.discipline) or each.discipline is wanted.discipline
        )
        begins_before_end = wanted.ends_on is None or each.starts_on <= wanted.ends_on
        ends_after_begin = each.ends_on is None or each.ends_on >= wanted.starts_on
        if is_same and begins_before_end and ends_after_begin:
            return each
    return None


def wrong_with_minutes(minutes: int) -> str:
    """Say what is wrong with the minutes of a preparation, or nothing."""
    if not 0 <= minutes <= MOST_MINUTES:
        return f"Enter minutes from 0 to {MOST_MINUTES}."
    return ""


def wrong_with_end(starts_on: date, ends_on: date) -> str:
    """Say what is wrong with a last day, or nothing."""
    return "Enter a last day that is not before the first." if ends_on < starts_on else ""
