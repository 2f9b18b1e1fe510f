"""What asking and answering share: the moves of a contribution, and who knows of a person by it."""

import uuid

from sqlalchemy import select

from mdt.cases.commands import WrongState
from mdt.contributions.records import Contribution
from mdt.contributions.rules import LOOK_BACK, MOVES, ContributionState, guest_until
from mdt.sharing.commands import end_relations, relate
from mdt.sharing.rules import Reason
from network.access.rules import Actor
from network.plumbing.database import db, today


def move_contribution(row: Contribution, to: ContributionState) -> None:
    """Move a contribution where the table of moves has it; part of a command."""
    if to not in MOVES[row.state]:
        raise WrongState(f"This is {row.state.label.lower()} by now: look at what stands there.")
    row.state = to


def relate_asked(actor: Actor, row: Contribution) -> None:
    """Let whoever is asked know of the person: a guest for a time; part of a command."""
    if row.account_id is not None:
        until = guest_until(today(), row.due_on)
        relate(
            actor,
            row.case.patient,
            Reason.GUEST,
            account_id=row.account_id,
            discipline=row.discipline,
            case_id=row.case_id,
            from_id=row.id,
            ends_on=until,
        )
        return
    relate(
        actor,
        row.case.patient,
        Reason.ASKED,
        organisation_id=row.organisation_id,
        discipline=row.discipline,
        case_id=row.case_id,
        from_id=row.id,
    )


def end_asking(case_id: uuid.UUID) -> None:
    """Let those who were asked about a case look back for a while and no longer; part of closing it."""
    for row_id in db.session.scalars(select(Contribution.id).where(Contribution.case_id == case_id)):
        end_relations(row_id, today() + LOOK_BACK)
