"""The minutes of a meeting, ready to be read and signed."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mdt.actions.queries import actions_of_items
from mdt.actions.records import Action
from mdt.bookings.queries import bookings_of_items
from mdt.bookings.records import Booking
from mdt.decisions.queries import decisions_of_items, get_decision
from mdt.decisions.records import Decision
from mdt.letters.queries import LetterSeen, letters_of_decisions
from mdt.lists.queries import ItemSeen, get_item_for, items_for, items_on
from mdt.lists.rules import OVER, ItemState
from mdt.meetings.queries import get_meeting_for, may_minute, may_sign, members_expected
from mdt.meetings.records import Attendance, Meeting
from mdt.meetings.rules import MeetingState, Quorum, quorum_of
from mdt.minutes.rules import CheckLine, ticked
from mdt.story.queries import banners_for
from mdt.story.wording import Banner
from network.access.rules import Actor
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline


@dataclass(frozen=True)
class Minute:
    """What the minutes say of one case."""

    seen: ItemSeen
    banner: Banner
    decision: Decision | None
    actions: Sequence[Action]
    bookings: Sequence[Booking]
    letters: Sequence[LetterSeen]

    @property
    def is_finished(self) -> bool:
        return self.seen.item.state in OVER

    @property
    def table(self) -> list[str]:
        """The disciplines that agreed."""
        agreed = self.decision.agreed_by if self.decision else ()
        # Whoever keeps the minutes is at the table and decides nothing.
        return [Discipline(each).label for each in agreed if each != Discipline.ADMINISTRATION]

    @property
    def unticked(self) -> list[str]:
        """The lines of the checklist that nobody ticked and nothing answers."""
        item = self.seen.item
        done = ticked(
            item.checklist,
            item.view_heard is not None,
            len(self.actions),
            bool(self.seen.case.review_due),
            item.goal_id is not None,
        )
        return [line.label for line in CheckLine if line.value not in done]

    @property
    def minutes_taken(self) -> int:
        return round(self.seen.item.seconds_taken / 60)


@dataclass(frozen=True)
class Minutes:
    """The minutes of a meeting, as far as the viewer may know; the others are counted."""

    meeting: Meeting
    cases: Sequence[Minute]
    hidden: int
    quorum: Quorum
    people: Sequence[Attendance]
    may_sign: bool
    may_write: bool

    @property
    def decided(self) -> list[Minute]:
        return [each for each in self.cases if each.seen.item.state is ItemState.DECIDED and each.decision]

    @property
    def noted(self) -> list[Minute]:
        return [each for each in self.cases if each.seen.item.state is ItemState.NOTED]

    @property
    def others(self) -> list[Minute]:
        return [each for each in self.cases if each not in self.decided]

    @property
    def unfinished(self) -> list[str]:
        return [each.seen.case.ref for each in self.cases if not each.is_finished]

    @property
    def version(self) -> str:
        """Tell these minutes from what they say once a case was put right."""
        said = [
            f"{each.seen.item.id} {each.seen.item.state} {each.decision.id if each.decision else ''} "
            + " ".join(sorted(str(action.id) for action in each.actions))
            + " ".join(sorted(str(booking.id) for booking in each.bookings))
            for each in self.cases
        ]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]

    @property
    def action_count(self) -> int:
        return sum(len(each.actions) for each in self.decided)


def minutes_for(viewer: Actor, meeting_id: uuid.UUID) -> Minutes:
    """Return the minutes of a meeting that is over, to those who minute it, sign it or were expected."""
    meeting = get_meeting_for(viewer, meeting_id)
    if meeting.state not in (MeetingState.RUNNING, MeetingState.MINUTES_DRAFT, MeetingState.SIGNED):
        raise NotFound
    seen = [each for each in items_for(viewer, meeting_id) if each.access.standing.is_clinical]
    ids = [each.item.id for each in seen]
    decisions, actions, bookings = decisions_of_items(ids), actions_of_items(ids), bookings_of_items(ids)
    letters = letters_of_decisions(viewer, [each.id for each in decisions.values()])
    banners = banners_for(each.access.patient for each in seen)
    people = members_expected(meeting_id)
    return Minutes(
        meeting=meeting,
        cases=[
            Minute(
                each,
                banners[each.access.patient.id],
                decision := decisions.get(each.item.id),
                actions.get(each.item.id, []),
                bookings.get(each.item.id, []),
                letters.get(decision.id, []) if decision else [],
            )
            for each in seen
        ],
        hidden=len(items_on(meeting_id)) - len(seen),
        quorum=quorum_of(meeting.quorum, people),
        people=people,
        may_sign=may_sign(viewer, meeting),
        may_write=may_minute(viewer, meeting),
    )


def to_sign(viewer: Actor) -> Sequence[Meeting]:
    """Return the meetings whose minutes wait for the viewer's name, or are put right, the oldest first."""
    if viewer.account_id is None:
        return []
    return db.session.scalars(
        select(Meeting)
        .where(
            Meeting.chair_id == viewer.account_id,
            (Meeting.state == MeetingState.MINUTES_DRAFT)
            | ((Meeting.state == MeetingState.RUNNING) & Meeting.ended_at.is_not(None)),
        )
        .order_by(Meeting.starts_at)
    ).all()


def get_decision_for(viewer: Actor, decision_id: uuid.UUID) -> tuple[Decision, ItemSeen]:
    """Return a decision of a meeting of the viewer's, and the case it is about."""
    decision = get_decision(decision_id)
    seen = get_item_for(viewer, decision.item_id)
    if not seen.access.standing.is_clinical:
        raise NotFound
    return decision, seen
