"""Huddles of a case, and who can be asked to one."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mdt.actions.queries import open_actions_of
from mdt.audience.queries import shut_out_of
from mdt.cases.queries import get_case_for
from mdt.huddles.rules import CAN_HUDDLE
from mdt.lists.records import AgendaItem
from mdt.lists.rules import TO_COME
from mdt.meetings.queries import Colleague, colleagues_for
from mdt.meetings.records import Meeting
from mdt.meetings.rules import OVER, MeetingKind, MeetingState
from network.access.rules import Actor, Permission
from network.plumbing.database import db
from network.plumbing.refusals import NotFound


@dataclass(frozen=True)
class Askable:
    """Somebody who can be asked to a huddle, and whether they have to do with the case already."""

    colleague: Colleague
    is_involved: bool


def people_to_ask(viewer: Actor, case_id: uuid.UUID) -> list[Askable]:
    """Return who can be asked to a huddle, those involved first; nobody whom the person shuts out."""
    case = get_case_for(viewer, case_id).case
    owners = {row.owner_id for row in open_actions_of([case_id]).get(case_id, ())}
    involved = owners | {case.coordinator_id, case.lead_id, case.referrer_id}
    others = [one for one in colleagues_for(viewer) if one.account_id != viewer.account_id]
    shut = shut_out_of(case.patient_id, {one.account_id: one.discipline for one in others})
    found = [Askable(one, one.account_id in involved) for one in others if one.account_id not in shut]
    return sorted(found, key=lambda one: not one.is_involved)


def may_call(viewer: Actor, case_id: uuid.UUID) -> bool:
    """Say whether somebody may call a huddle on a case now: whoever is clinical and contributes."""
    seen = get_case_for(viewer, case_id)
    may = viewer.may_somewhere(Permission.CONTRIBUTE) and seen.access.standing.is_clinical
    return may and seen.case.state in CAN_HUDDLE


def huddles_of(case_id: uuid.UUID) -> Sequence[Meeting]:
    """Return the huddles on a case that took place or will, the latest first, to whoever may know of it."""
    return db.session.scalars(
        select(Meeting)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .where(
            AgendaItem.case_id == case_id,
            Meeting.kind == MeetingKind.HUDDLE,
            Meeting.state != MeetingState.CANCELLED,
        )
        .order_by(Meeting.starts_at.desc())
    ).all()


def open_huddle_of(case_id: uuid.UUID) -> Meeting | None:
    """Return the huddle on a case that is not over yet."""
    return next((each for each in huddles_of(case_id) if each.state not in OVER), None)


def called_huddles_of(case_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those cases on which a huddle is called, or goes on, that has decided nothing yet."""
    rows = (
        select(AgendaItem.case_id)
        .join(AgendaItem.meeting)
        .where(
            AgendaItem.case_id.in_(case_ids),
            AgendaItem.state.in_(TO_COME),
            Meeting.kind == MeetingKind.HUDDLE,
            Meeting.state.not_in(OVER),
        )
    )
    return set(db.session.scalars(rows))


def item_of_huddle(meeting: Meeting) -> AgendaItem:
    """Return the one case that a huddle is about."""
    found = db.session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)).first()
    if found is None or meeting.kind is not MeetingKind.HUDDLE:
        raise NotFound
    return found
