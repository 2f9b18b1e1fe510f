"""What is on a meeting's list, as far as the viewer may know of it, and what waits for one."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import joinedload

from mdt.cases.queries import CaseSeen, cases_for, cases_known, get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import Stream
from mdt.lists.records import AgendaItem
from mdt.lists.rules import (
    DISCUSSED,
    READY,
    TO_COME,
    UNDER_WAY,
    ItemState,
    Waiting,
    carried_after,
    is_ready,
)
from mdt.meetings.queries import get_meeting_for
from mdt.meetings.records import Meeting
from mdt.meetings.rules import OVER, MeetingKind, MeetingState, clock_of
from mdt.readiness.queries import coming_to, needs_of, prepared_of
from mdt.readiness.rules import Prepared
from mdt.sharing.queries import Access
from network.access.rules import Actor, Permission
from network.plumbing.database import ENGLAND, db, today
from network.plumbing.refusals import NotAllowed, NotFound

UNSIGNED = frozenset({MeetingState.RUNNING, MeetingState.MINUTES_DRAFT})


@dataclass(frozen=True)
class ItemSeen:
    """A case on a list, and why the viewer may know of it."""

    item: AgendaItem
    case: Case
    access: Access
    is_review: bool = False

    @property
    def is_for_note(self) -> bool:
        return self.case.stream is Stream.FOR_NOTE


@dataclass(frozen=True)
class Row:
    """A line of a list: a case, how it is prepared, and when it is due."""

    seen: ItemSeen
    prepared: Prepared
    starts_at: datetime


@dataclass(frozen=True)
class Ready:
    """A case that waits for a list, and what ranks it."""

    case: Case
    access: Access
    waiting: Waiting
    prepared: Prepared

    @property
    def days(self) -> int:
        return max((today() - self.waiting.since).days, 0)


def items_for(viewer: Actor, meeting_id: uuid.UUID) -> list[ItemSeen]:
    """Return what is on a list in its order, of those cases only that the viewer may know of."""
    get_meeting_for(viewer, meeting_id)
    items = items_on(meeting_id)
    known = cases_known(viewer, [item.case for item in items])
    reviews = discussed_before([item.case_id for item in items], meeting_id)
    return [
        ItemSeen(item, item.case, known[item.case_id].access, item.case_id in reviews)
        for item in items
        if item.case_id in known
    ]


def get_item_for(viewer: Actor, item_id: uuid.UUID) -> ItemSeen:
    """Return a case on a list of the viewer's that they may know of."""
    item = db.session.get(AgendaItem, item_id)
    if item is None:
        raise NotFound
    get_meeting_for(viewer, item.meeting_id)
    seen = get_case_for(viewer, item.case_id)
    return ItemSeen(
        item, item.case, seen.access, item.case_id in discussed_before([item.case_id], item.meeting_id)
    )


def items_on(meeting_id: uuid.UUID) -> Sequence[AgendaItem]:
    """Return all that is on a list and was not taken off, in its order; whoever calls asks who may know."""
    return db.session.scalars(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.state != ItemState.WITHDRAWN)
        .options(joinedload(AgendaItem.case).joinedload(Case.patient))
        .order_by(AgendaItem.position, AgendaItem.added_at)
    ).all()


def item_of_case(case_id: uuid.UUID, other_than: uuid.UUID | None = None) -> AgendaItem | None:
    """Return the line on a meeting's list that a case is waiting or being discussed on."""
    return db.session.scalars(
        select(AgendaItem)
        .join(AgendaItem.meeting)
        .where(
            AgendaItem.case_id == case_id,
            AgendaItem.id.is_distinct_from(other_than),
            AgendaItem.state.in_(TO_COME),
            Meeting.kind == MeetingKind.MEETING,
            Meeting.state.not_in(OVER),
        )
        .order_by(Meeting.starts_at)
        .limit(1)
    ).one_or_none()


def unsigned_of(case_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those cases that were discussed in minutes that nobody has signed yet."""
    rows = (
        select(AgendaItem.case_id)
        .join(AgendaItem.meeting)
        .where(
            AgendaItem.case_id.in_(case_ids),
            AgendaItem.state.in_(DISCUSSED),
            Meeting.state.in_(UNSIGNED),
        )
    )
    return set(db.session.scalars(rows))


def discussed_before(case_ids: Collection[uuid.UUID], meeting_id: uuid.UUID) -> set[uuid.UUID]:
    """Return those cases that another meeting has discussed: what is left of them is a review."""
    rows = select(AgendaItem.case_id).where(
        AgendaItem.case_id.in_(case_ids), AgendaItem.state.in_(DISCUSSED), AgendaItem.meeting_id != meeting_id
    )
    return set(db.session.scalars(rows))


def times_carried(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return how often in a row cases were put off, by the last list that they stood on."""
    latest = (
        select(AgendaItem.case_id, AgendaItem.state, AgendaItem.carried_before, Meeting.state)
        .join(AgendaItem.meeting)
        .where(AgendaItem.case_id.in_(case_ids), AgendaItem.state.not_in(TO_COME))
        .ext(distinct_on(AgendaItem.case_id))
        .order_by(AgendaItem.case_id, Meeting.starts_at.desc())
    )
    return {
        case_id: carried_after(state, before, meeting is MeetingState.CANCELLED)
        for case_id, state, before, meeting in db.session.execute(latest)
    }


def rows_for(viewer: Actor, meeting: Meeting) -> list[Row]:
    """Return the lines of a list that the viewer may know of, with concerns and times."""
    seen = items_for(viewer, meeting.id)
    times = times_of(meeting, items_on(meeting.id))
    carried = {each.case.id: each.item.carried_before for each in seen}
    needs = {each.case.id: each.item.invited for each in seen}
    prepared = prepared_of([each.case for each in seen], carried, needs, coming_to(meeting.id))
    return [Row(each, prepared[each.case.id], times[each.item.id]) for each in seen]


def pool_for(viewer: Actor, meeting: Meeting | None = None) -> list[Ready]:
    """Return the cases that wait for a list, the most pressing first; for a meeting, with who comes to it."""
    if not viewer.may(Permission.BUILD_LISTS):
        raise NotAllowed
    day = today()
    found = cases_for(viewer, READY | UNDER_WAY)
    unsigned = unsigned_of([each.case.id for each in found])
    ready = [
        each
        for each in found
        if is_ready(each.case.state, each.case.review_due, day) and each.case.id not in unsigned
    ]
    cases = [each.case for each in ready]
    carried = times_carried([case.id for case in cases])
    coming = coming_to(meeting.id) if meeting else None
    prepared = prepared_of(cases, carried, needs_of(cases), coming)
    pool = [_ready(each, carried.get(each.case.id, 0), prepared[each.case.id]) for each in ready]
    return sorted(pool, key=lambda each: (each.waiting.rank(day), each.case.number))


def times_of(meeting: Meeting, items: Sequence[AgendaItem]) -> dict[uuid.UUID, datetime]:
    """Return when each line of a list is due."""
    times, before = {}, 0.0
    for item in items:
        times[item.id] = clock_of(meeting, before)
        before += item.planned_minutes
    return times


def _ready(each: CaseSeen, carried: int, prepared: Prepared) -> Ready:
    case = each.case
    since = case.review_due or (case.submitted_at or case.made_at).astimezone(ENGLAND).date()
    return Ready(case, each.access, Waiting(case.urgency, since, carried, case.review_due), prepared)
