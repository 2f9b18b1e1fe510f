"""Words and colours of actions."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from mdt.actions.rules import TO_DO, ActionState, Owner, is_overdue

A = ActionState

TONES = {
    A.PROPOSED: ("draft", ""),
    A.ACCEPTED: ("good", "✓"),
    A.DONE: ("done", "✓"),
    A.NOT_DONE: ("bad", "✕"),
    A.HANDED_OVER: ("plain", "→"),
    A.CANCELLED: ("plain", "✕"),
}


class StateTag(NamedTuple):
    """How a state is shown: never by colour alone."""

    text: str
    tone: str
    mark: str


def state_tag(state: ActionState, due_on: date, today: date) -> StateTag:
    """Show how far an action has come; one that should have been done by now says so first."""
    if is_overdue(state, due_on, today):
        return StateTag(late_said(due_on, today), "bad", "▲")
    if state in TO_DO and due_on == today:
        return StateTag("Due today", "warning", "▲")
    return StateTag(state.label, *TONES.get(state, ("plain", "")))


def late_said(due_on: date, today: date) -> str:
    """Say how late something is."""
    days = (today - due_on).days
    return f"{days} {'day' if days == 1 else 'days'} overdue"


def owner_said(owner: Owner) -> str:
    """Name somebody who can be asked, as a list offers them."""
    if owner.account_id is None:
        return f"{owner.name}: whoever of them is free"
    discipline = f", {owner.discipline.label.lower()}" if owner.discipline else ""
    return f"{owner.name}{discipline} ({owner.organisation})"


def listed_owners(owners: Iterable[Owner]) -> list[tuple[str, str]]:
    """Offer those who can be asked: each with a value that names an account or an organisation."""
    return [
        (f"account {one.account_id}" if one.account_id else f"organisation {one.organisation_id}", said)
        for one in owners
        for said in [owner_said(one)]
    ]
