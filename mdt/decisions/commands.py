"""Writing down what was decided, signing it, and adding to what was signed."""

import uuid
from collections.abc import Sequence

from mdt.cases.commands import WrongState, tell
from mdt.cases.queries import get_case_for
from mdt.decisions.queries import decision_of_item, get_decision
from mdt.decisions.records import Addendum, Decision
from mdt.decisions.rules import DECISION_MOVES, DecisionState, wrong_with_addendum
from mdt.lists.records import AgendaItem
from mdt.meetings.queries import may_minute
from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid


class Signed(WrongState):
    """What was signed is not written again."""

    def __init__(self) -> None:
        super().__init__("This decision was signed: it takes addenda only.")


def write_decision(
    actor: Actor,
    item: AgendaItem,
    words: str,
    rationale: str = "",
    put_aside: str = "",
    dissent: str = "",
    agreed_by: Sequence[str] = (),
    goal_id: uuid.UUID | None = None,
) -> Decision:
    """Write down what was read back, in place of what was read back before; part of a command."""
    earlier = decision_of_item(item.id)
    if earlier is not None:
        _refuse_unless(earlier, DecisionState.CONFIRMED)
    decision = Decision(
        case_id=item.case_id,
        item_id=item.id,
        words=words.strip(),
        rationale=rationale.strip(),
        put_aside=put_aside.strip(),
        dissent=dissent.strip(),
        agreed_by=list(agreed_by),
        goal_id=goal_id,
        read_back_by=actor.name,
        confirmed_at=now(),
        replaces_id=earlier.id if earlier else None,
    )
    db.session.add(decision)
    db.session.flush()
    record(actor, "confirm_decision", "case", item.case_id, decision=str(decision.id))
    return decision


def sign_decision(actor: Actor, decision: Decision) -> None:
    """Put a name under a decision: from then on it takes addenda only; part of a command."""
    _refuse_unless(decision, DecisionState.SIGNED)
    decision.state, decision.signed_by, decision.signed_at = DecisionState.SIGNED, actor.name, now()
    record(actor, "sign_decision", "case", decision.case_id, decision=str(decision.id))


@command
def add_addendum(actor: Actor, decision_id: uuid.UUID, words: str) -> uuid.UUID:
    """Add to a decision that was signed; what was signed stays as it is."""
    decision = get_decision(decision_id)
    case = get_case_for(actor, decision.case_id).case
    require(may_minute(actor, decision.item.meeting))
    if decision.state is not DecisionState.SIGNED:
        raise WrongState("This decision is not signed yet: put it right and read it back again instead.")
    if wrong := wrong_with_addendum(words):
        raise Invalid(wrong)
    addendum = Addendum(decision_id=decision.id, words=words.strip(), by=actor.name, at=now())
    db.session.add(addendum)
    db.session.flush()
    tell(actor, case, f"{actor.name} added to the decision of {decision.item.meeting.name}.")
    record(actor, "add_addendum", "case", case.id, decision=str(decision.id))
    return addendum.id


def _refuse_unless(decision: Decision, to: DecisionState) -> None:
    if to not in DECISION_MOVES[decision.state]:
        raise Signed
