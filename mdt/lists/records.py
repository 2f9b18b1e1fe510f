"""The list of a meeting: which cases, in which order, for how many minutes."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.cases.records import Case
from mdt.lists.rules import ItemState, ViewHeard
from mdt.meetings.records import Meeting
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class AgendaItem(NetworkScoped, Model):
    """A case on a list, with the minutes planned, borrowed and taken, which nobody types."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "case_id"),
        CheckConstraint("planned_minutes > 0", name="minutes"),
    )

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_case.id"), index=True)
    position: Mapped[int]
    planned_minutes: Mapped[float]
    # Set by hand: the others share what is left.
    minutes_fixed: Mapped[bool] = mapped_column(default=False)
    borrowed_minutes: Mapped[float] = mapped_column(default=0)
    presenter: Mapped[str] = mapped_column(String(120), default="")
    # Disciplines this case needs at the table; only their members see it.
    invited: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[ItemState] = mapped_column(word(ItemState), default=ItemState.PLANNED)
    added_by: Mapped[str] = mapped_column(String(120))
    added_at: Mapped[datetime] = mapped_column(default=now)
    # Why it came on the list after that was published.
    late_reason: Mapped[str] = mapped_column(EncryptedText, default="")
    # How often in a row it had been carried over before this meeting.
    carried_before: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]
    seconds_taken: Mapped[int] = mapped_column(default=0)
    view_heard: Mapped[ViewHeard | None] = mapped_column(word(ViewHeard))
    # Names of the lines of the checklist that were ticked.
    checklist: Mapped[list[str]] = mapped_column(default=list)
    # What the person wants to reach, where the decision is to serve it.
    goal_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("goal.id"), index=True)
    # Why it was carried over, taken off, or not reached.
    reason: Mapped[str] = mapped_column(EncryptedText, default="")

    meeting: Mapped[Meeting] = relationship()
    case: Mapped[Case] = relationship()
