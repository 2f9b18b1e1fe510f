"""What a coordinator looks at in the morning, gathered on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mdt.actions.queries import ActionSeen, all_to_do_for, is_shut_out, undone_since
from mdt.carer_page.queries import CarerDue, carers_due_for
from mdt.cases.queries import CaseSeen
from mdt.closing.queries import ready_to_close, reviews_until
from mdt.contributions.queries import Awaited, missing_for
from mdt.coordination.rules import LOOK_BACK, MEETINGS_AHEAD, REVIEWS_AHEAD
from mdt.letters.queries import TellingSeen, not_yet_told
from mdt.lists.queries import ItemSeen, items_for
from mdt.meetings.queries import colleagues_for, meetings_for
from mdt.meetings.records import Meeting
from mdt.meetings.rules import AHEAD, MeetingState
from mdt.objections.queries import objections_since
from mdt.outcomes.queries import Due, due_for
from mdt.own_door.queries import NoteSeen, unread_notes
from mdt.plans.queries import PlanDue, plans_due_until
from mdt.referrals.queries import waiting_for_triage
from mdt.sharing.queries import objections_of
from mdt.sharing.records import ObjectionRecord
from network.access.rules import Actor
from network.plumbing.database import now, today


@dataclass(frozen=True)
class Unanswered:
    """A case on a list to come, and who has not answered about it."""

    meeting: Meeting
    seen: ItemSeen
    awaited: Sequence[Awaited]


@dataclass(frozen=True)
class Morning:
    """What waits for a coordinator today; each part may be empty."""

    referrals: Sequence[CaseSeen]
    late: Sequence[ActionSeen]
    undone: Sequence[ActionSeen]
    unseen: Sequence[ActionSeen]
    unanswered: Sequence[Unanswered]
    unsigned: Sequence[Meeting]
    untold: Sequence[TellingSeen]
    objections: Sequence[ObjectionRecord]
    written: Sequence[NoteSeen]
    reviews: Sequence[CaseSeen]
    plans: Sequence[PlanDue]
    to_ask: Sequence[Due]
    to_close: Sequence[CaseSeen]
    carers: Sequence[CarerDue]

    @property
    def is_quiet(self) -> bool:
        return not any(vars(self).values())


def morning_of(viewer: Actor) -> Morning:
    """Gather what waits for a coordinator today."""
    to_do = all_to_do_for(viewer)
    return Morning(
        referrals=waiting_for_triage(viewer),
        late=[seen for seen in to_do if seen.action.due_on < today()],
        undone=undone_since(viewer, now() - LOOK_BACK),
        unseen=_unseen(viewer, to_do),
        unanswered=_unanswered(viewer),
        unsigned=[each for each in meetings_for(viewer) if _waits_for_signature(each)],
        untold=not_yet_told(viewer),
        objections=objections_since(viewer, now() - LOOK_BACK),
        written=unread_notes(viewer),
        reviews=reviews_until(viewer, today() + REVIEWS_AHEAD),
        plans=plans_due_until(viewer, today() + REVIEWS_AHEAD),
        to_ask=due_for(viewer),
        to_close=ready_to_close(viewer),
        carers=[due for due in carers_due_for(viewer) if due.is_by_law],
    )


def _waits_for_signature(meeting: Meeting) -> bool:
    """Say whether minutes wait: also where nobody finished the meeting, or it was opened again."""
    is_forgotten = meeting.starts_at < now() - timedelta(days=1) or meeting.ended_at is not None
    return meeting.state is MeetingState.MINUTES_DRAFT or (
        meeting.state is MeetingState.RUNNING and is_forgotten
    )


def _unseen(viewer: Actor, to_do: Sequence[ActionSeen]) -> list[ActionSeen]:
    """Return what is to be done by somebody who has left, or whom the person no longer lets know."""
    if not to_do:
        return []
    objections = objections_of({seen.access.patient.id for seen in to_do})
    people = colleagues_for(viewer)
    reached = {one.account_id for one in people} | {one.organisation_id for one in people}
    return [
        seen
        for seen in to_do
        if (seen.action.owner_id or seen.action.organisation_id) not in reached
        or is_shut_out(
            seen.action.organisation_id,
            seen.action.discipline,
            objections.get(seen.access.patient.id, ()),
        )
    ]


def _unanswered(viewer: Actor) -> list[Unanswered]:
    """Return who has not answered about the cases of the meetings to come."""
    soon = now() + MEETINGS_AHEAD
    found = []
    for meeting in meetings_for(viewer):
        if meeting.state not in AHEAD or meeting.starts_at > soon:
            continue
        items = items_for(viewer, meeting.id)
        awaited = missing_for([seen.case.id for seen in items])
        found += [Unanswered(meeting, seen, awaited[seen.case.id]) for seen in items if awaited[seen.case.id]]
    return found
