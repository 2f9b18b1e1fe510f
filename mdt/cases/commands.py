"""Moving a case along, and keeping what happened to it as sentences."""

import uuid
from collections.abc import Collection

from sqlalchemy import select

from mdt.cases.queries import find_named, get_case_for
from mdt.cases.records import Case, CaseEvent
from mdt.cases.rules import MOVES, CaseState
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Refusal


class WrongState(Refusal):
    """The case is past the point where this could be done."""


@command
def note_case_opened(actor: Actor, case_id: uuid.UUID) -> None:
    """Keep that somebody looked at a case."""
    seen = get_case_for(actor, case_id)
    record(actor, "open_case", "case", case_id, reason=seen.access.relation.reason.value)


@command
def note_case_printed(actor: Actor, case_id: uuid.UUID) -> None:
    """Keep that somebody put a case on paper."""
    seen = get_case_for(actor, case_id)
    # Whoever learns reads, and carries nothing away.
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    record(actor, "print_case", "case", case_id, reason=seen.access.relation.reason.value)


@command
def note_search(actor: Actor, people: Collection[uuid.UUID], cases: Collection[uuid.UUID]) -> None:
    """Keep that somebody looked for a person, and who was found; never the words they typed."""
    require(actor.may_somewhere(Permission.SEE_CASES) or actor.may_somewhere(Permission.REFER_CASES))
    record(
        actor,
        "search",
        "network",
        actor.network_id,
        found=len(people),
        people=sorted(map(str, people)),
        cases=sorted(map(str, cases)),
    )


@command
def look_up_person(actor: Actor, words: str) -> uuid.UUID | None:
    """Find whom an exact NHS number or the reference of a case names; keep that somebody asked, found or not.

    What was typed is kept nowhere.
    """
    require(actor.may(Permission.SEE_SHARING))
    patient_id = find_named(words)
    record(actor, "look_up_person", "patient" if patient_id else "network", patient_id or actor.network_id)
    return patient_id


def lock_case(case: Case) -> Case:
    """Lock a case, so that two who move it follow each other."""
    locked = select(Case).where(Case.id == case.id).with_for_update()
    return db.session.scalars(locked.execution_options(populate_existing=True)).one()


def lock_cases(case_ids: Collection[uuid.UUID]) -> None:
    """Lock several cases in one order for all: two who need some of the same would wait for each other."""
    locked = select(Case).where(Case.id.in_(case_ids)).order_by(Case.id).with_for_update()
    db.session.scalars(locked.execution_options(populate_existing=True)).all()


def move_case(actor: Actor, case: Case, to: CaseState, said: str) -> None:
    """Move a case to another state where the table of moves has it, and say so in its history."""
    if to not in MOVES[case.state]:
        raise WrongState(f"This case is {case.state.label.lower()}: that cannot be done with it now.")
    case.state = to
    tell(actor, case, said)


def tell(actor: Actor, case: Case, said: str) -> None:
    """Add a sentence to the history of a case."""
    db.session.add(CaseEvent(case_id=case.id, said=said, by=actor.name))
