"""Bringing the list of a risk search in: kept for a day, looked at row by row, then taken in or discarded."""

import uuid
from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, or_

from mdt.findings.commands import hand_over
from mdt.findings.queries import columns, facts_of, practices_for
from mdt.findings.records import Finding
from mdt.findings.rules import facts_as_text, joined, merged, who_as_text, who_of_text
from mdt.risk_lists.queries import KEPT_FOR, Line, digest_of, get_list_for, plan_of
from mdt.risk_lists.records import RiskList
from mdt.risk_lists.rules import LONGEST_LIST_NAME, ListState, Outcome, Unfit, cells_of, text_of
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, take_turns, today
from network.plumbing.refusals import Invalid, Refusal

WRITTEN = frozenset({Outcome.NEW, Outcome.CHANGED})


@command
def bring_list(
    actor: Actor,
    content: bytes,
    *,
    practice_id: uuid.UUID,
    name: str,
    listed_on: date,
    is_direct_care: bool,
) -> uuid.UUID:
    """Keep a list for a day, to be looked at; nothing of it is taken in yet."""
    require(actor.may_somewhere(Permission.FIND_CASES))
    _refuse_gaps(actor, practice_id, name, listed_on, is_direct_care)
    try:
        text = text_of(content)
        cells_of(text, columns())
    except Unfit as wrong:
        raise Invalid(str(wrong)) from None
    _forget_old(actor)
    row = RiskList(
        account_id=actor.account_id,
        organisation_id=practice_id,
        name=name.strip(),
        listed_on=listed_on,
        content=text,
        digest=digest_of(text),
        made_by=actor.name,
    )
    db.session.add(row)
    db.session.flush()
    record(actor, "bring_risk_list", "risk_list", row.id, practice=str(practice_id))
    return row.id


@command
def note_list_shown(actor: Actor, list_id: uuid.UUID, people: Collection[uuid.UUID]) -> None:
    """Keep that somebody looked at what a list would do, and whom known here it names."""
    get_list_for(actor, list_id)
    record(actor, "look_at_risk_list", "risk_list", list_id, people=sorted(map(str, people)))


@command
def take_list_in(actor: Actor, list_id: uuid.UUID) -> int:
    """Take a list in as things stand now, without the rows that are refused; return how many were written."""
    # Two lists at once would name one person twice.
    take_turns("risk lists")
    row = get_list_for(actor, list_id, to_change=True)
    if row.state is ListState.DONE:
        raise Refusal("This list was taken in already.")
    plan = plan_of(actor, row)
    written = [line for line in plan.lines if line.outcome in WRITTEN]
    for line in written:
        _write(actor, line)
    row.state, row.confirmed_at, row.content = ListState.DONE, now(), None
    row.counts = {outcome.value: count for outcome, count in plan.counts.items()}
    record(actor, "take_risk_list_in", "risk_list", row.id, **row.counts)
    return len(written)


@command
def discard_list(actor: Actor, list_id: uuid.UUID) -> None:
    """Forget a list that was not taken in."""
    row = get_list_for(actor, list_id, to_change=True)
    if row.state is ListState.DONE:
        raise Refusal("This list was taken in already.")
    db.session.delete(row)
    record(actor, "discard_risk_list", "risk_list", list_id)


def _refuse_gaps(
    actor: Actor, practice_id: uuid.UUID, name: str, listed_on: date, is_direct_care: bool
) -> None:
    if practice_id not in {each.id for each in practices_for(actor)}:
        raise Invalid("Choose the practice that these people belong to.")
    if not name.strip() or len(name.strip()) > LONGEST_LIST_NAME:
        raise Invalid(f"Enter what the list is called, in at most {LONGEST_LIST_NAME} characters.")
    if listed_on > today():
        raise Invalid("Enter the day of the search: today, or before.")
    if not is_direct_care:
        raise Invalid("Tick that you are in charge of these people's care: nobody else may look for them.")


def _write(actor: Actor, line: Line) -> None:
    """Put down what a row says: no case comes of it."""
    read, practice = line.row, line.practice
    assert practice is not None
    assert read.listed_on is not None
    row = line.finding or Finding(practice_id=practice.id, first_listed_on=read.listed_on, facts_noted=False)
    held = facts_of(row) if line.finding else {}
    who = joined(who_of_text(row.who), read.who) if line.finding else read.who
    facts = merged(held, read.values, read.listed_on)
    row.who, row.facts = who_as_text(who), facts_as_text(facts)
    row.nhs_index = who.nhs_number or None
    row.born_index = who.born_on.isoformat() if who.born_on else None
    if line.finding is None or read.listed_on >= row.listed_on:
        row.list_name, row.listed_on = read.list_name, read.listed_on
    row.first_listed_on = min(row.first_listed_on, read.listed_on)
    row.patient_id = line.patient.id if line.patient else row.patient_id
    db.session.add(row)
    db.session.flush()
    if line.is_known:
        hand_over(actor, row)


def _forget_old(actor: Actor) -> None:
    waiting = RiskList.state == ListState.READY
    old, own = RiskList.at < now() - KEPT_FOR, RiskList.account_id == actor.account_id
    db.session.execute(delete(RiskList).where(waiting, or_(old, own)))
