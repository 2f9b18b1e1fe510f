"""Words of keeping and removing: why somebody's time is over, what holds them, what goes."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mdt.retention.rules import Lengths, Life
from network.plumbing.templating import plural

HELD = {
    "hold": "On hold",
    "request": "A copy was asked for",
    "emergency": "An emergency opening waits for its review",
}
MOST_REFS = 12
# What a reader calls the rows of a table; the rest are named together as further entries.
TABLES = {
    "patient": "people",
    "mdt_case": "cases",
    "case_event": "sentences of a history",
    "statement": "statements in the person's words",
    "patient_need": "needs",
    "carer": "carers",
    "patient_fact": "facts",
    "prompt_answer": "answers to prompts",
    "sharing_record": "notes on how somebody was informed",
    "objection_record": "objections",
    "disclosure": "notes of who was told",
    "care_relation": "relations to those who cared",
    "contribution": "contributions",
    "agenda_item": "places on lists",
    "minute_block": "minutes",
    "decision": "decisions",
    "addendum": "addenda",
    "mdt_action": "actions",
    "mdt_letter": "letters",
    "telling": "notes of who needed to be told",
    "emergency_opening": "emergency openings",
    "subject_request": "requests for a copy",
    "patient_name_beginning": "beginnings of names to search by",
    "patient_hold": "holds",
    "patient_merge": "joinings of entries",
    "patient_pair": "pairs told apart",
}
FIGURES = {
    "referred": "referred",
    "discussed": "discussions",
    "decisions": "decisions",
    "actions": "actions",
}


class StateTag(NamedTuple):
    """How a state is shown: never by colour alone."""

    text: str
    tone: str
    mark: str


def why_said(life: Life, kept: Lengths) -> str:
    """Say why somebody's time is over."""
    since = f"Nothing recorded for {plural(kept.years_after_closing, 'year')}"
    if life.died_on is None:
        return since
    return f"Died more than {plural(kept.years_after_death, 'year')} ago; {since[0].lower()}{since[1:]}"


def unsent_said(days: int) -> str:
    """Say why a referral that was begun goes."""
    return f"Not sent for {plural(days, 'day')}"


def refs_said(refs: Sequence[str]) -> str:
    """Name the cases of somebody, as many as fit."""
    if not refs:
        return "No case"
    more = f" and {len(refs) - MOST_REFS} more" if len(refs) > MOST_REFS else ""
    return ", ".join(refs[:MOST_REFS]) + more


def rows_said(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Say what goes, by kind, the people first."""
    named = [(label, counts[name]) for name, label in TABLES.items() if counts.get(name)]
    others = sum(number for name, number in counts.items() if name not in TABLES)
    return [*named, ("further entries", others)] if others else named


def removal_tag(*, is_agreed: bool, is_dropped: bool, is_done: bool) -> StateTag:
    """Show how far a removal has come."""
    if is_dropped:
        return StateTag("Dropped", "plain", "✕")
    if is_done:
        return StateTag("Removed", "done", "✓")
    if is_agreed:
        return StateTag("Being removed", "warning", "…")
    return StateTag("Waits for agreement", "warning", "▲")
