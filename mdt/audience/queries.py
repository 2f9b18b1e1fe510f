"""Who comes to a meeting with an account, who of them was told, and who must not be."""

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy import or_, select

from mdt.audience.rules import Listener
from mdt.meetings.queries import members_expected
from mdt.meetings.records import Meeting
from mdt.meetings.rules import STILL_COMING
from mdt.sharing.queries import as_objection, objections_of, standing_of
from mdt.sharing.records import CareRelation
from mdt.sharing.rules import Reason, Relation
from network.accounts.queries import workplace_of
from network.accounts.records import Account
from network.plumbing.database import current_network, db, today
from network.vocabulary import Discipline


def audience_of(meeting: Meeting) -> list[Listener]:
    """Return the chair, the minute taker, and those who have not said that they will stay away."""
    leading = {meeting.chair_id: meeting.chair, meeting.minute_taker_id: meeting.minute_taker}
    found = {
        account_id: Listener(account_id, name, leads=True)
        for account_id, name in leading.items()
        if account_id is not None
    }
    for each in members_expected(meeting.id):
        if each.account_id is not None and (each.state in STILL_COMING or each.account_id in found):
            found[each.account_id] = Listener(
                each.account_id, each.name, each.organisation_id, each.discipline, each.account_id in leading
            )
    return list(found.values())


def told_by(from_id: uuid.UUID) -> set[uuid.UUID]:
    """Return the accounts that may know of a person because of one line on a list."""
    rows = select(CareRelation.account_id).where(
        CareRelation.from_id == from_id,
        or_(CareRelation.ends_on.is_(None), CareRelation.ends_on >= today()),
    )
    return {account_id for account_id in db.session.scalars(rows) if account_id is not None}


def shut_out_of(patient_id: uuid.UUID, asked: Mapping[uuid.UUID, Discipline | None]) -> set[uuid.UUID]:
    """Return those accounts whom a person's objections keep from knowing, by what each is asked for."""
    objections = [as_objection(each) for each in objections_of([patient_id]).get(patient_id, ())]
    if not objections:
        return set()
    shut_out = set()
    for account in accounts_of(asked):
        standing = standing_of(workplace_of(account, current_network()).actor)
        relation = Relation(Reason.MEETING, today(), account_id=account.id, discipline=asked[account.id])
        if any(each.shuts_out(standing, relation) for each in objections):
            shut_out.add(account.id)
    return shut_out


def accounts_of(account_ids: Iterable[uuid.UUID]) -> list[Account]:
    """Return the accounts that can be reached."""
    return list(db.session.scalars(select(Account).where(Account.id.in_(list(account_ids)), Account.active)))
