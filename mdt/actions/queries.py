"""Actions and those who can be asked, as far as the viewer may know of the person they are for."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from mdt.actions.records import Action
from mdt.actions.rules import LOOK_BACK, TO_DO, ActionState, Owner
from mdt.cases.queries import cases_known, get_case_for
from mdt.meetings.queries import colleagues_for, members_expected
from mdt.sharing.queries import Access, objections_of
from mdt.sharing.records import ObjectionRecord
from mdt.sharing.rules import SPEAKS_FOR, ObjectionScope
from network.access.rules import TABLE, Actor, Permission
from network.organisations.queries import organisations_for
from network.plumbing.database import db, now
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline


@dataclass(frozen=True)
class ActionSeen:
    """An action, why the viewer may know of its person, whether they may answer for it, and are asked."""

    action: Action
    access: Access
    may_act: bool
    is_own: bool


def owners_for(viewer: Actor, meeting_id: uuid.UUID | None, case_id: uuid.UUID) -> list[Owner]:
    """Return who can be asked to do something in a case: those in the room first, whom the person allows."""
    patient_id = get_case_for(viewer, case_id).case.patient_id
    objections = objections_of([patient_id]).get(patient_id, ())
    here = {row.account_id for row in members_expected(meeting_id)} if meeting_id else set()
    people = [
        Owner(
            one.account_id,
            one.organisation_id,
            one.name,
            one.discipline,
            one.organisation,
            is_here=one.account_id in here,
        )
        for one in colleagues_for(viewer)
    ]
    # Where nobody can sign in, an action would lie unseen.
    staffed = {one.organisation_id for one in people}
    inboxes = [
        Owner(None, one.id, one.short_name, SPEAKS_FOR.get(one.kind))
        for one in organisations_for(viewer)
        if one.id in staffed
    ]
    allowed = [one for one in (*people, *inboxes) if not _is_shut_out(one, objections)]
    return sorted(allowed, key=lambda one: not one.is_here)


def find_owner(
    viewer: Actor, case_id: uuid.UUID, account_id: uuid.UUID | None, organisation_id: uuid.UUID | None
) -> Owner | None:
    """Find somebody who can be asked, by their account, or an organisation by its id."""
    for one in owners_for(viewer, None, case_id):
        if one.account_id == account_id and (account_id or one.organisation_id == organisation_id):
            return one
    return None


def actions_of_item(item_id: uuid.UUID) -> Sequence[Action]:
    """Return what was agreed on an item of a list, as it was typed; what was dropped again is left out."""
    return actions_of_items([item_id]).get(item_id, [])


def actions_of_items(item_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Action]]:
    """Return what was agreed on some items of a list, as it was typed; whoever calls has asked for access."""
    found: dict[uuid.UUID, list[Action]] = {}
    for row in db.session.scalars(
        _joined()
        .where(Action.item_id.in_(list(item_ids)), Action.state != ActionState.CANCELLED)
        .order_by(Action.made_at)
    ):
        if row.item_id is not None:
            found.setdefault(row.item_id, []).append(row)
    return found


def actions_of(case_id: uuid.UUID) -> Sequence[Action]:
    """Return the actions of a case that bind or did, the next due first, to whoever may know of it."""
    return db.session.scalars(
        _joined()
        .where(Action.case_id == case_id, Action.state != ActionState.PROPOSED)
        .order_by(Action.due_on, Action.made_at)
    ).all()


def actions_seen(viewer: Actor, case_id: uuid.UUID) -> list[ActionSeen]:
    """Return the actions of a case that the viewer may see: who is not clinical sees their own."""
    access = get_case_for(viewer, case_id).access
    seen = [_action_seen(viewer, row, access) for row in actions_of(case_id)]
    return [each for each in seen if access.standing.is_clinical or each.is_own]


def actions_for(viewer: Actor) -> list[ActionSeen]:
    """Return what the viewer or one of their organisations has to do, the next due first."""
    return _seen(viewer, _is_for(viewer), TO_DO)


def ended_lately_for(viewer: Actor, limit: int = 10) -> list[ActionSeen]:
    """Return what the viewer has finished or could not do of late, the latest first."""
    over = (ActionState.DONE, ActionState.NOT_DONE)
    since = now() - LOOK_BACK
    found = _seen(viewer, _is_for(viewer) & (Action.ended_at >= since), over)
    return sorted(found, key=lambda each: each.action.ended_at or since, reverse=True)[:limit]


def all_to_do_for(viewer: Actor) -> list[ActionSeen]:
    """Return what is to be done in the whole network, the next due first, to those who coordinate it."""
    return _seen(viewer, Action.id.is_not(None), TO_DO) if viewer.may(Permission.ACT) else []


def undone_since(viewer: Actor, since: datetime) -> list[ActionSeen]:
    """Return what was not done in the network lately, to those who coordinate it and decide what now."""
    if not viewer.may(Permission.ACT):
        return []
    return _seen(viewer, Action.ended_at >= since, (ActionState.NOT_DONE,))


def open_actions_of(case_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Action]]:
    """Return what is still to be done in some cases; whoever calls has asked for access."""
    found: dict[uuid.UUID, list[Action]] = {}
    wanted = Action.case_id.in_(list(case_ids)), Action.state.in_(TO_DO)
    for row in db.session.scalars(_joined().where(*wanted).order_by(Action.due_on)):
        found.setdefault(row.case_id, []).append(row)
    return found


def may_be_asked(viewer: Actor, case_id: uuid.UUID) -> list[Owner]:
    """Return whom the viewer may ask outside a meeting: a coordinator anybody, others only their own."""
    owners = owners_for(viewer, None, case_id)
    if viewer.may(Permission.ACT):
        return owners
    own = organisation_ids_of(viewer)
    return [
        one
        for one in owners
        if one.account_id == viewer.account_id or (one.account_id is None and one.organisation_id in own)
    ]


def handed_on(action: Action) -> Action | None:
    """Return what an action became when it was handed over."""
    return db.session.scalars(select(Action).where(Action.follows_id == action.id)).one_or_none()


def get_action_for(viewer: Actor, action_id: uuid.UUID) -> ActionSeen:
    """Return an action that the viewer may see."""
    action = db.session.get(Action, action_id)
    if action is None:
        raise NotFound
    access = get_case_for(viewer, action.case_id).access
    seen = _action_seen(viewer, action, access)
    if not access.standing.is_clinical and not seen.is_own:
        raise NotFound
    return seen


def is_for(viewer: Actor, action: Action) -> bool:
    """Say whether somebody is asked: by name, or as one of the organisation that is."""
    if action.owner_id is not None:
        return action.owner_id == viewer.account_id
    return action.organisation_id in organisation_ids_of(viewer)


def may_act(viewer: Actor, action: Action) -> bool:
    """Say whether somebody may answer for an action: whoever is asked, and who coordinates."""
    if not viewer.may_somewhere(Permission.ACT):
        return False
    return is_for(viewer, action) or viewer.may(Permission.ACT)


def organisation_ids_of(viewer: Actor) -> frozenset[uuid.UUID]:
    """Return the organisations for which somebody works in meetings."""
    # A role in the rota makes nobody answer for what an organisation is to do for a patient.
    return frozenset(grant.organisation_id for grant in viewer.grants if Permission.ACT in TABLE[grant.role])


def is_shut_out(
    organisation_id: uuid.UUID | None,
    discipline: Discipline | None,
    objections: Iterable[ObjectionRecord],
) -> bool:
    """Say whether a person does not want an organisation or a discipline to know of them."""
    return any(
        each.scope is ObjectionScope.ALL
        or (each.scope is ObjectionScope.ORGANISATION and each.organisation_id == organisation_id)
        or (each.scope is ObjectionScope.DISCIPLINE and each.discipline == discipline)
        for each in objections
    )


def _action_seen(viewer: Actor, action: Action, access: Access) -> ActionSeen:
    return ActionSeen(action, access, may_act(viewer, action), is_for(viewer, action))


def _is_shut_out(owner: Owner, objections: Iterable[ObjectionRecord]) -> bool:
    return is_shut_out(owner.organisation_id, owner.discipline, objections)


def _seen(viewer: Actor, which: ColumnElement[bool], states: Iterable[ActionState]) -> list[ActionSeen]:
    rows = db.session.scalars(
        _joined().where(which, Action.state.in_(states)).order_by(Action.due_on, Action.made_at)
    ).all()
    known = cases_known(viewer, {row.case for row in rows})
    return [_action_seen(viewer, row, known[row.case_id].access) for row in rows if row.case_id in known]


def _is_for(viewer: Actor) -> ColumnElement[bool]:
    own = Action.owner_id == viewer.account_id
    return own | (Action.owner_id.is_(None) & Action.organisation_id.in_(organisation_ids_of(viewer)))


def _joined() -> Select[Action]:
    return select(Action).options(joinedload(Action.case), joinedload(Action.organisation))
