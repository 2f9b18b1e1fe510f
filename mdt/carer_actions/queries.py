"""What carers were asked to do; whoever calls has asked for access before."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from mdt.actions.records import Action
from mdt.carer_actions.records import CarerAction
from mdt.carer_actions.rules import CarerAnswer
from mdt.cases.queries import cases_known, get_case_for, open_cases_of
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.sharing.queries import Access
from network.access.rules import Actor
from network.plumbing.database import db
from network.plumbing.refusals import NotFound

# Before triage nobody has agreed on anything.
EARLY = frozenset({CaseState.SUBMITTED, CaseState.RETURNED})


def asked_of(viewer: Actor, carer_id: uuid.UUID) -> Sequence[CarerAction]:
    """Return what a carer was asked to do in the cases that the viewer may know of, the latest first."""
    rows = _rows(carer_id)
    known = cases_known(viewer, {row.action.case for row in rows})
    return [row for row in rows if row.action.case_id in known]


def agreed_by(carer_id: uuid.UUID) -> list[Action]:
    """Return what a carer agreed to do, the next due first: for the carer's own page and letter."""
    found = [row.action for row in _rows(carer_id) if row.answer is CarerAnswer.AGREED]
    return sorted(found, key=lambda action: action.due_on)


def get_asked_for(viewer: Actor, asked_id: uuid.UUID) -> CarerAction:
    """Return what a carer was asked in a case that the viewer may know of."""
    row = db.session.get(CarerAction, asked_id)
    if row is None:
        raise NotFound
    if not get_case_for(viewer, row.action.case_id).access.standing.is_clinical:
        raise NotFound
    return row


def cases_to_ask_in(access: Access) -> list[Case]:
    """Return the open cases of a person in which a carer can be asked to do something."""
    cases = open_cases_of(access.patient.id)
    return [case for case in cases if access.knows_of(case.id) and case.state not in EARLY]


def _rows(carer_id: uuid.UUID) -> Sequence[CarerAction]:
    return db.session.scalars(
        select(CarerAction)
        .where(CarerAction.carer_id == carer_id)
        .options(joinedload(CarerAction.action).joinedload(Action.case))
        .order_by(CarerAction.asked_on.desc(), CarerAction.id)
    ).all()
