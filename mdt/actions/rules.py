"""Actions: their states, why one was not done, and how one is read from a line typed in the room. Pure."""

import re
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from network.vocabulary import Discipline, Word


class ActionState(Word):
    PROPOSED = "proposed", "Proposed in the meeting"
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DONE = "done", "Done"
    NOT_DONE = "not_done", "Not done"
    HANDED_OVER = "handed_over", "Handed over"
    CANCELLED = "cancelled", "Cancelled"


A = ActionState

TO_DO = frozenset({A.OPEN, A.ACCEPTED})

ACTION_MOVES: dict[ActionState, frozenset[ActionState]] = {
    # An action binds its owner once the decision was read back.
    A.PROPOSED: frozenset({A.OPEN, A.CANCELLED}),
    A.OPEN: frozenset({A.ACCEPTED, A.DONE, A.NOT_DONE, A.HANDED_OVER, A.CANCELLED}),
    # Taken on by mistake, it goes back to the organisation that was asked.
    A.ACCEPTED: frozenset({A.OPEN, A.DONE, A.NOT_DONE, A.HANDED_OVER, A.CANCELLED}),
    A.DONE: frozenset({A.OPEN}),
    A.NOT_DONE: frozenset({A.OPEN}),
    A.HANDED_OVER: frozenset(),
    A.CANCELLED: frozenset(),
}


class NotDone(Word):
    """Why something was not done.

    Source: the Danish cancer registry's codes for decisions not followed; the rest are our own.
    """

    DECLINED = "declined", "The person declined"
    CHANGED = "changed", "The person's situation changed"
    NOT_REACHED = "not_reached", "Could not reach them"
    NO_SERVICE = "no_service", "Service not available"
    NO_CAPACITY = "no_capacity", "No time for it"
    NOT_NEEDED = "not_needed", "No longer needed"
    WRONG_OWNER = "wrong_owner", "Wrong owner"
    DIED = "died", "The person died"
    OTHER = "other", "Other"


# How long an owner may look back at a person for whom they have nothing more to do.
LOOK_BACK = timedelta(days=14)
# Where a line names no day: until the next meeting of a fortnightly series.
USUAL_DAYS = 14
LONGEST_DAYS = 366
# A day without a year that was lately is a slip, not one of next year.
LONGEST_WITHOUT_YEAR = 183
LONGEST_WORDS = 300
LONGEST_NOTE = 500
LONGEST_NAME = 7
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Only these spellings are days: "sat" and "sun" are other words too.
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
WEEKDAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|saturday|sunday)"
IN_DAYS = re.compile(r"(?<!\S)\+ ?(\d{1,3})(?: ?(weeks)|(w|week)| ?days|d|day)?(?=[\s,;.]|$)", re.IGNORECASE)
DAY = (
    rf"(?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)? ?(?P<month>{MONTH})(?: (?P<year>\d{{4}}))?"
    r"|(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>\d{4}|\d{2}))?"
    rf"|(?P<weekday>{WEEKDAY})|(?P<near>today|tomorrow))"
)
# Elsewhere a day belongs to what is to be done: "lift to the allotment on Thursdays", "Monday to Friday".
DAY_FIRST = re.compile(rf"(?:by )?{DAY}(?=[\s,;:.]|$)(?! (?:to|and|or)\b)", re.IGNORECASE)
DAY_LAST = re.compile(rf"(?<!\S)by {DAY}\.?$", re.IGNORECASE)
STOPS = ",;:."
HOW = "Write it like this: @colleague +14 Review medicines at home."


@dataclass(frozen=True)
class Owner:
    """Somebody who can be asked to do something: a person, or an organisation where there is no account."""

    account_id: uuid.UUID | None
    organisation_id: uuid.UUID
    name: str
    discipline: Discipline | None = None
    organisation: str = ""
    # Expected in the room: of two called alike, the one who is meant.
    is_here: bool = False

    @property
    def handle(self) -> str:
        """What stands behind the @ so that nobody else can be meant."""
        of = f" ({self.organisation})" if self.account_id and self.organisation else ""
        return f"{self.name}{of}"


@dataclass(frozen=True)
class ReadAction:
    """What was read from a line; `wrong` is the sentence that says what to write instead."""

    words: str = ""
    owner: Owner | None = None
    due_on: date | None = None
    wrong: str = ""


def read_action(text: str, owners: Sequence[Owner], today: date) -> ReadAction:
    """Read who does what by when from a line such as `a @colleague +14 Review medicines at home`."""
    line = re.sub(r"^a (?=[@+])", "", " ".join(text.split()), flags=re.IGNORECASE)
    at = re.search(r"(?<!\S)@ ?", line)
    if at is None:
        return ReadAction(line, wrong=f"Say who does it, with @ before the name. {HOW}")
    owner, rest, wrong = _owner_in(line[at.end() :], owners)
    if not wrong and re.search(r"(?<!\S)@", rest):
        wrong = "An action has one owner: make a second action for the other."
    words, due_on, wrong_day = _due_in(line[: at.start()].strip(), rest, today)
    words = words.strip(f"{STOPS}- ")
    wrong = wrong or wrong_day or wrong_with_action(words, due_on, today)
    return ReadAction(words[:1].upper() + words[1:], owner, due_on, wrong)


def wrong_with_action(words: str, due_on: date, today: date) -> str:
    """Say what is wrong with what is to be done by when, or nothing."""
    if not words.strip():
        return f"Say what is to be done. {HOW}"
    if len(words) > LONGEST_WORDS:
        return f"Shorten what is to be done to {LONGEST_WORDS} characters: it has {len(words)}."
    if due_on < today:
        return f"{said_due(due_on)} has passed. Choose a day from today on."
    if due_on > today + timedelta(days=LONGEST_DAYS):
        return f"{said_due(due_on)} {due_on.year} is far off. Choose a day within a year."
    return ""


def is_overdue(state: ActionState, due_on: date, today: date) -> bool:
    """Say whether something that is still to be done should have been done by now."""
    return state in TO_DO and due_on < today


def said_due(day: date) -> str:
    """Say a day as the room says it: 14 Dec."""
    return f"{day.day} {day:%b}"


def _owner_in(after: str, owners: Sequence[Owner]) -> tuple[Owner | None, str, str]:
    """Find whom the words behind an @ begin with; give them, the rest of the line, and what is wrong."""
    for owner in owners:
        if "(" in owner.handle and after.casefold().startswith(owner.handle.casefold()):
            return owner, after[len(owner.handle) :].lstrip(f"{STOPS} "), ""
    words = after.split()
    for length in range(min(len(words), LONGEST_NAME), 0, -1):
        found = _called(_words(" ".join(words[:length])), owners)
        rest = " ".join(words[length:])
        if len(found) == 1:
            return found[0], rest, ""
        if found:
            meant = " or ".join(f"@{owner.handle}" for owner in found[:4])
            return None, rest, f"More than one could be meant: write {meant}."
    called = words[0] if words else "that"
    return None, " ".join(words[1:]), f"Nobody here is called {called}. Choose a name from the list."


def _called(called: Sequence[str], owners: Sequence[Owner]) -> list[Owner]:
    """Return who may be meant by some words: only those whom they fit best, and of these who is here."""
    named = [owner for owner in owners if called and _is_called(called, _words(owner.name))]
    whole = [owner for owner in named if called[0] in _words(owner.name)]
    speaking = [
        owner
        for owner in owners
        if owner.is_here and owner.discipline and list(called) == _words(owner.discipline.label)
    ]
    tiers = (
        [owner for owner in named if list(called) == _words(owner.name)],
        [owner for owner in whole if owner.account_id],
        speaking,
        whole,
        [owner for owner in named if owner.account_id],
        named,
    )
    found = next((tier for tier in tiers if tier), [])
    here = [owner for owner in found if owner.is_here]
    return here if len(here) == 1 else found


def _is_called(called: Sequence[str], name: Sequence[str]) -> bool:
    """Say whether words are parts of a name, in its order: the first begun, others whole or initials."""
    if len(called) > 1 and len(called[-1]) == 1:
        return False
    first, *others = called
    parts = iter(name)
    return any(part.startswith(first) for part in parts) and all(
        any(part == word or (len(word) == 1 and part.startswith(word)) for part in parts) for word in others
    )


def _due_in(before: str, rest: str, today: date) -> tuple[str, date, str]:
    """Find the day by which it is done: beside the name, +14 at either end, a day at the end after "by"."""
    line = f"{before} {rest}".strip()
    counted = [found for found in IN_DAYS.finditer(line) if _counts_days(found, before, line)]
    if len(counted) > 1:
        return line, today, "Two days are given: keep one of them."
    if counted:
        days = int(counted[0][1]) * (7 if counted[0][2] or counted[0][3] else 1)
        return _without(line, counted[0]), today + timedelta(days=days), ""
    if found := DAY_FIRST.match(rest):
        words = f"{before} {_without(rest, found)}".strip()
    elif found := DAY_LAST.search(line):
        words = _without(line, found)
    else:
        return line, today + timedelta(days=USUAL_DAYS), ""
    day, wrong = _day_of(found, today)
    return words, day, wrong


def _counts_days(found: re.Match[str], before: str, line: str) -> bool:
    """Say whether +14 is a day: "add +2 tablets at night" has one only with its unit, such as +2 weeks."""
    starts, ends = {0, len(before) + 1}, {len(before), len(line.rstrip(STOPS))}
    return not found[0][-1].isdigit() or found.start() in starts or found.end() in ends


def _day_of(found: re.Match[str], today: date) -> tuple[date, str]:
    if near := found["near"]:
        return today + timedelta(days=near.lower() == "tomorrow"), ""
    if weekday := found["weekday"]:
        index = WEEKDAYS.index(weekday[:3].lower())
        return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1), ""
    said = found["year"] or found["y"]
    if found["d"] and not said:
        # Prescribers write 3/12 for three months.
        return today, f"{found['d']}/{found['m']} could be a day or a time: write a day as 14 Dec, or +14."
    month = int(found["m"]) if found["m"] else MONTHS.index(found["month"][:3].lower()) + 1
    try:
        year = int(said or today.year)
        day = date(year if year > 99 else 2000 + year, month, int(found["number"] or found["d"]))
        return (day if said or day >= today else _next_year(day, today)), ""
    except ValueError:
        return today, "There is no such day. Write a day as 14 Dec, or +14 for in two weeks."


def _next_year(day: date, today: date) -> date:
    """Return the same day of next year, or the day as it is where that is too far off to be meant."""
    later = day.replace(year=day.year + 1)
    return later if later <= today + timedelta(days=LONGEST_WITHOUT_YEAR) else day


def _without(line: str, found: re.Match[str]) -> str:
    return f"{line[: found.start()].rstrip()} {line[found.end() :].lstrip(STOPS + ' ')}".strip()


def _words(name: str) -> list[str]:
    return [plain for word in name.split() if (plain := _plain(word))]


def _plain(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word)
    return "".join(each for each in bare.casefold() if each.isalnum())
