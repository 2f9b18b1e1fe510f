"""What is held of a person, in words that they can read; and how a request stands."""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from mdt.patients.rules import said_nhs_number
from mdt.seen.wording import LET_KNOW
from mdt.sharing.rules import Reason
from mdt.subject_access.rules import WARN_DAYS, Apart
from network.plumbing.database import ENGLAND
from network.vocabulary import Word

# The order in which somebody would read it. A table that is not named here comes last, by its own name.
SECTIONS = {
    "patient": "Who you are and how you are reached",
    "statement": "What was said in your own words",
    "patient_need": "What you need",
    "goal": "What you want to reach",
    "goal_wording": "How your goals are worded",
    "goal_review": "How far you have come with your goals",
    "care_plan": "Your plans",
    "care_plan_goal": "The goals that each of your plans held",
    "carer": "Who cares for you",
    "carer_said": "What your carers said of themselves",
    "carer_assessment_step": "How your carers' own assessments went",
    "carer_agreement": "What your carers agreed to about themselves",
    "carer_action": "What your carers were asked to do for you",
    "involvement": "Who is around you",
    "finding": "Lists of your practice that named you as somebody who may need more help",
    "finding_event": "What was decided when a list named you",
    "record_file": "Records of you that others sent, for a day",
    "patient_fact": "Facts about your health and home, each as of a day",
    "mdt_case": "Your cases: the questions asked about your care",
    "case_event": "What happened to your cases",
    "contribution": "What services wrote",
    "prompt_answer": "What was made of reasons to involve somebody",
    "agenda_item": "Meetings that discussed you",
    "minute_block": "What was written down in meetings",
    "decision": "What was agreed",
    "addendum": "What was added to what was agreed",
    "mdt_action": "What somebody was to do for you",
    "booking": "Places in clinics that were asked for",
    "service_offer": "Help that you were offered",
    "service_offer_step": "What you answered to help that was offered",
    "navigator": "Who helps you find your way between services",
    "measure": "When you were asked how you are",
    "measure_answers": "What you answered when you were asked how you are",
    "measure_link": "Links by which you could say how you are",
    "measure_opt_out": "When you did not want to be asked how you are",
    "learning_example": "Examples to learn from that were written after your case",
    "example_verdict": "What was decided on those examples",
    "mdt_letter": "Letters",
    "telling": "Who was to be told what was agreed",
    "sharing_record": "How you were told that your story is shared",
    "objection_record": "What you do not want shared",
    "disclosure": "Who was told of you",
    "care_relation": "Who may know of you, and why",
    "own_door": "Links to your own page",
    "own_door_note": "What was written at your own page",
    "own_door_stop": "When links to your own page were turned off",
    "learner_visit": "Who learned with the team on your case",
    "emergency_opening": "When it was opened in an emergency",
    "subject_request": "Requests for a copy",
    "patient_hold": "Why nothing of you is removed",
    "patient_merge": "Entries about you that were joined",
}
# Hashes by which somebody is found, and that two entries are not one person: they say nothing to anybody.
WITHOUT_WORDS = frozenset({"patient_name_beginning", "patient_pair"})
HASHES = frozenset({"key_hash", "nhs_index", "born_index", "beginning", "token_index"})
# What a reader is not helped by: they are in the file for machines.
ONLY_FOR_MACHINES = frozenset(
    {"id", "network_id", "row_version", "keys", "number", "position", "moved", "before", "token"}
)
FIELDS = {
    "nhs_number": "NHS number",
    "born": "Date of birth",
    "words": "Words",
    "pasted": "Copied from another record",
    "wants": "What you want",
    "how_informed": "How you were told",
    "said": "What happened",
    "at": "When",
    "by": "By",
    "ref": "Case",
    "from_id": "Because of",
    "not_done": "Why it was not done",
    "died_on": "Date of death",
    "put_aside": "What was considered and put aside",
    "dissent": "Who thought otherwise, and why",
    "rationale": "Why",
    "is_safe": "Safe to send to where you live",
}

# Kept as text, and read as what it is.
WRITTEN: Mapping[str, Callable[[str], str]] = {
    "nhs_number": said_nhs_number,
    "born": lambda text: day_said(date.fromisoformat(text)),
    "who": lambda text: ", ".join(str(each) for each in json.loads(text).values() if each),
    "facts": lambda text: _listed_said(json.loads(text)),
}


def _listed_said(facts: Mapping[str, Sequence[Any]]) -> str:
    """Say what lists said of somebody: each thing with the day of its list."""
    said = (f"{name.replace('_', ' ')}: {value} ({as_at})" for name, (value, as_at) in facts.items())
    return "; ".join(said)


def heading_of(table: str) -> str:
    """Return the heading under which a table's rows are read."""
    return SECTIONS.get(table) or table.replace("_", " ").capitalize()


def order_of(table: str) -> int:
    """Return the place of a table in the copy."""
    known = list(SECTIONS)
    return known.index(table) if table in SECTIONS else len(known)


def lines_of(row: Mapping[str, Any], names: Mapping[uuid.UUID, str]) -> list[tuple[str, str]]:
    """Write a row out for a reader: what has a value, each under its name and once."""
    lines: list[tuple[str, str]] = []
    for name, value in row.items():
        if name in ONLY_FOR_MACHINES:
            continue
        if isinstance(value, uuid.UUID):
            value = names.get(value, "")
        said = WRITTEN[name](value) if name in WRITTEN and value else value_said(value)
        line = ("Who" if isinstance(value, Reason) else label_of(name), said)
        # Who referred is kept as an account and by the name of that day: they read the same.
        if said and line not in lines:
            lines.append(line)
    return lines


def label_of(name: str) -> str:
    """Name a column."""
    return FIELDS.get(name) or name.removesuffix("_id").replace("_", " ").capitalize()


def value_said(value: Any) -> str:
    """Say a value as a person would write it, nothing where there is none."""
    if isinstance(value, Reason):
        return LET_KNOW[value].capitalize()
    if isinstance(value, Word):
        return value.label
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        at = value.astimezone(ENGLAND)
        return f"{day_said(at.date())}, {at:%H:%M}"
    if isinstance(value, date):
        return day_said(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Mapping):
        return "; ".join(f"{label_of(str(name))}: {value_said(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(value_said(each) for each in value)
    if isinstance(value, str):
        return value_said(json.loads(value)) if value.startswith("{") and is_json(value) else value.strip()
    return "" if value is None else str(value)


def when(row: Mapping[str, Any]) -> str:
    """Return by what a row takes its place among others: the first day or time it speaks of."""
    return next((value.isoformat() for value in row.values() if isinstance(value, date)), "")


def is_json(text: str) -> bool:
    """Say whether a text is what a panel's answers are kept as."""
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def day_said(day: date) -> str:
    """Say a date: 3 November 2026."""
    return f"{day.day} {day:%B %Y}"


def for_machines(value: Any) -> Any:
    """Return a value as JSON knows it."""
    if isinstance(value, Word):
        return value.value
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def left_out_said(counts: Mapping[Apart, int]) -> list[str]:
    """Say what was left out of a copy, and how much of it."""
    return [
        f"{apart.label} ({count} {'entry' if count == 1 else 'entries'})"
        for apart, count in counts.items()
        if count
    ]


def standing_said(due: date, today: date) -> tuple[str, str, str]:
    """Say how a request that is open stands: words, tone and mark of its tag."""
    days = (due - today).days
    if days < 0:
        return (f"{-days} day{'s' if days < -1 else ''} late", "bad", "▲")
    if days <= WARN_DAYS:
        return ("Due today" if days == 0 else f"Due in {days} day{'s' if days > 1 else ''}", "warning", "▲")
    return (f"Due in {days} days", "plain", "")


def file_name(refs: Sequence[str]) -> str:
    """Name the archive: a reference tells nobody who it is."""
    return f"copy-{refs[0]}.zip" if refs else "copy.zip"
