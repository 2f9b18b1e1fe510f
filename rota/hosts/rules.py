"""What can be said of hosts and their offers without looking anything up."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from network.vocabulary import Discipline
from rota.programmes.rules import Setting

LONGEST_NAME, LONGEST_LEAD, LONGEST_EMAIL, LONGEST_PHONE = 80, 120, 254, 40
LONGEST_NOTE, LONGEST_REASON = 300, 500
MOST_PLACES = 50
MOST_MINUTES = 2400
ALL_STAGES = ""
A_DAY = timedelta(1)
WEEK = timedelta(weeks=1)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Welcome:
    """Who answers for a host, and what a learner needs to know for the first day."""

    lead_name: str = ""
    lead_email: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    arrival: str = ""
    dress: str = ""
    parking: str = ""
    travel: str = ""


@dataclass(frozen=True)
class Terms:
    """What a host offers: to whom, what it counts as, when, and how many places a week.

    `minutes` are a supervisor's minutes that one learner takes in a week, None: as the rota says of the
    learner; `floor` is how many learners the host counts on.
    """

    name: str
    discipline: Discipline
    programmes: tuple[uuid.UUID, ...]
    settings: tuple[Setting, ...]
    opens_on: date
    closes_on: date | None = None
    least: int = 0
    most: int = 1
    floor: int = 0
    minutes: int | None = None
    notes: str = ""


@dataclass(frozen=True)
class Limit:
    """Other numbers of places for a time, for all learners together or for those of one stage."""

    starts_on: date
    ends_on: date | None
    least: int
    most: int
    stage: str = ALL_STAGES

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Approved:
    """An environment approved for learners of a programme, for a time."""

    programme_id: uuid.UUID
    regulator: str
    starts_on: date
    ends_on: date | None = None
    reference: str = ""

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


LENGTHS = {
    "lead_name": LONGEST_LEAD,
    "lead_email": LONGEST_EMAIL,
    "contact_name": LONGEST_LEAD,
    "contact_phone": LONGEST_PHONE,
    "arrival": LONGEST_NOTE,
    "dress": LONGEST_NOTE,
    "parking": LONGEST_NOTE,
    "travel": LONGEST_NOTE,
}


def wrong_with_welcome(welcome: Welcome) -> dict[str, str]:
    """Say what is wrong with what a host says of itself, by the name of its question."""
    wrong = {
        name: f"Shorten this to {most} characters."
        for name, most in LENGTHS.items()
        if len(getattr(welcome, name)) > most
    }
    if welcome.lead_email and not EMAIL.fullmatch(welcome.lead_email):
        wrong["lead_email"] = "Enter an email address, such as name@example.org."
    return wrong


def wrong_with_terms(terms: Terms) -> dict[str, str]:
    """Say what is wrong with an offer, by the name of its question."""
    wrong: dict[str, str] = {}
    if not terms.name.strip():
        wrong["name"] = "Enter a name for the offer, such as GP registrar post."
    for name, longest in (("name", LONGEST_NAME), ("notes", LONGEST_NOTE)):
        if len(getattr(terms, name)) > longest:
            wrong[name] = f"Shorten this to {longest} characters."
    if not terms.programmes:
        wrong["programmes"] = "Choose at least one programme whose learners may come."
    if not terms.settings:
        wrong["settings"] = "Choose at least one setting that a stay here counts as."
    if terms.closes_on is not None and terms.closes_on < terms.opens_on:
        wrong["closes_on"] = "Enter a last day on or after the first day, or leave it empty."
    if not 1 <= terms.most <= MOST_PLACES:
        wrong["most"] = f"Enter a number of places from 1 to {MOST_PLACES}."
    for name in ("least", "floor"):
        if not 0 <= getattr(terms, name) <= terms.most and "most" not in wrong:
            wrong[name] = f"Enter a number from 0 to {terms.most}, the most places."
    if terms.minutes is not None and not 0 <= terms.minutes <= MOST_MINUTES:
        wrong["minutes"] = f"Enter minutes a week from 0 to {MOST_MINUTES}, or leave it empty."
    return wrong


def wrong_with_limit(limit: Limit) -> dict[str, str]:
    """Say what is wrong with other numbers of places, by the name of its question."""
    if limit.ends_on is not None and limit.ends_on < limit.starts_on:
        return {"ends_on": "Enter a last day on or after the first day, or leave it empty."}
    if not 0 <= limit.most <= MOST_PLACES:
        return {"most": f"Enter a number of places from 0 to {MOST_PLACES}."}
    if not 0 <= limit.least <= limit.most:
        return {"least": f"Enter a number from 0 to {limit.most}, the most places."}
    return {}


def wrong_with_approval(approved: Approved) -> dict[str, str]:
    """Say what is wrong with an approval, by the name of its question."""
    wrong: dict[str, str] = {}
    if not approved.regulator.strip():
        wrong["regulator"] = "Enter who approved it, such as General Pharmaceutical Council."
    for name in ("regulator", "reference"):
        if len(getattr(approved, name)) > LONGEST_NAME:
            wrong[name] = f"Shorten this to {LONGEST_NAME} characters."
    if approved.ends_on is not None and approved.ends_on < approved.starts_on:
        wrong["ends_on"] = "Enter a last day on or after the first day, or leave it empty."
    return wrong


def wrong_with_withdrawal(terms: Terms, leaves_on: date, why: str) -> dict[str, str]:
    """Say what is wrong with withdrawing an offer from a day on, by the name of its question."""
    if not why.strip():
        return {"why": "Enter why it is withdrawn. Only those who plan rotations read this."}
    if len(why) > LONGEST_REASON:
        return {"why": f"Shorten this to {LONGEST_REASON} characters."}
    if terms.closes_on is not None and leaves_on > terms.closes_on:
        return {"leaves_on": "The offer closes before that day. Enter an earlier one."}
    return {}


def days_of_week(monday: date) -> list[date]:
    """Give the days of the week that begins on a Monday."""
    return [monday + days * A_DAY for days in range(7)]


def places_in(
    terms: Terms, limits: Iterable[Limit], withdrawn_from: date | None, monday: date, stage: str = ALL_STAGES
) -> tuple[int, int]:
    """Give the fewest and the most learners of one week: a week is open when all its workdays are.

    With a stage, those of that stage alone; of several limits on a day the one that began last counts.
    """
    workdays = days_of_week(monday)[:5]
    own = [limit for limit in limits if limit.stage == stage]
    numbers = [_places_on(terms, own, withdrawn_from, day) for day in workdays]
    most = min(each for _, each in numbers)
    return min(max(each for each, _ in numbers), most), most


def _places_on(
    terms: Terms, limits: Sequence[Limit], withdrawn_from: date | None, day: date
) -> tuple[int, int]:
    is_over = withdrawn_from is not None and day >= withdrawn_from
    if day < terms.opens_on or is_over or (terms.closes_on is not None and day > terms.closes_on):
        return 0, 0
    holding = [limit for limit in limits if limit.holds_on(day)]
    last = max(holding, key=lambda limit: limit.starts_on, default=None)
    return (last.least, last.most) if last else (terms.least, terms.most)


def is_approved_in(approvals: Iterable[Approved], programme_id: uuid.UUID, monday: date) -> bool:
    """Say whether a host is approved for a programme in all of a week."""
    own = [each for each in approvals if each.programme_id == programme_id]
    return all(any(each.holds_on(day) for each in own) for day in days_of_week(monday)[:5])


def stretches(weeks: Sequence[bool]) -> list[tuple[int, int]]:
    """Give the first and the last week, both counted, of each run of weeks that hold."""
    found: list[tuple[int, int]] = []
    for week, holds in enumerate(weeks):
        if holds and found and found[-1][1] == week - 1:
            found[-1] = (found[-1][0], week)
        elif holds:
            found.append((week, week))
    return found
