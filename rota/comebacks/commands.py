"""Taking back what was sent because somebody was ill: they came in after all, or are back early."""

import uuid

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import Refusal
from rota.comebacks.queries import to_put_back
from rota.drafts.commands import ChangedMeanwhile
from rota.edits.queries import contents_of
from rota.edits.rules import same_content
from rota.leave.commands import CHANGE, withdraw_leave
from rota.leave.records import Absence
from rota.leave.rules import AbsenceState
from rota.repairs.commands import take_case
from rota.repairs.queries import Case
from rota.repairs.rules import WHY_BACK, Changes, CoverState
from rota.rotas.records import RotaPeriod
from rota.standins.commands import publish_changes, take_current


@command
def come_in_after_all(actor: Actor, absence_id: uuid.UUID) -> list[str]:
    """Take back a report of illness, and the repairs that were sent for it; give the names of those told.

    Of an absence that was withdrawn or ended already, the repairs alone: as far as they are not needed.
    """
    case = take_case(actor, absence_id)
    if case.absence.state is AbsenceState.REPORTED:
        withdraw_leave(actor, absence_id)
    elif case.cover is None or case.cover.state is CoverState.ENDED:
        raise Refusal("Nobody stands in for them any more. Load the page again to see how it stands.")
    absence = db.session.get_one(Absence, absence_id)
    parts = to_put_back(absence)
    people = {
        name: None for period_id in parts for name in _put_back(actor, absence, period_id, parts[period_id])
    }
    _end(actor, case)
    record(actor, CHANGE, "absence", absence_id)
    return list(people)


@command
def leave_cover(actor: Actor, absence_id: uuid.UUID) -> None:
    """Let those go on who stand in for somebody, though that person is back."""
    case = take_case(actor, absence_id)
    if case.absence.state is AbsenceState.REPORTED or case.cover is None:
        raise Refusal("This person is away still. Load the page again to see how it stands.")
    _end(actor, case)
    record(actor, "leave_cover", "rota_version", case.cover.edit.version_id if case.cover.edit else None)


def _put_back(actor: Actor, absence: Absence, period_id: uuid.UUID, changes: Changes) -> list[str]:
    """Undo in one rota what repairs did for one person."""
    current = take_current(db.session.get_one(RotaPeriod, period_id))
    standing = contents_of(current.id)
    if any(not same_content(standing.get(cell), after) for cell, (_, after) in changes.items()):
        raise ChangedMeanwhile("The rota has changed again since it was repaired. Change it by hand instead.")
    back = {cell: (after, before) for cell, (before, after) in changes.items()}
    edit, people = publish_changes(actor, current, back, WHY_BACK, {absence.member.engagement.person_id})
    record(actor, "take_back_cover", "rota_version", edit.version_id, people=len(people))
    return people


def _end(actor: Actor, case: Case) -> None:
    if case.cover is not None:
        case.cover.state, case.cover.by, case.cover.at = CoverState.ENDED, actor.name, now()
