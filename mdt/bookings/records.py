"""Places in one-stop clinics, asked for by a decision. The rota knows each by its token, and nobody by it."""

import uuid
from datetime import date, datetime, time

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.bookings.rules import BookingState, Place, Plan
from mdt.cases.records import Case
from mdt.decisions.records import Decision
from mdt.decisions.rules import DecisionState
from mdt.letters.records import Telling
from mdt.lists.records import AgendaItem
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import BlindIndex, EncryptedText


class Booking(NetworkScoped, Model):
    """A place for one person: put down in the meeting, asked for when it is signed, planned by the rota."""

    __tablename__ = "booking"
    __table_args__ = (UniqueConstraint("network_id", "token_index"),)

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_case.id"), index=True)
    item_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    decision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id"), index=True)
    # The one that came to nothing before this was asked for.
    follows_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("booking.id"), unique=True)
    # Of the rota, which is asked for it through its door.
    clinic_type_id: Mapped[uuid.UUID]
    clinic: Mapped[str] = mapped_column(EncryptedText)
    due_on: Mapped[date]
    step_free: Mapped[bool] = mapped_column(default=False)
    home_site_id: Mapped[uuid.UUID | None]
    # Names of the half-days of a week that do not suit the person.
    unsuitable: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[BookingState] = mapped_column(word(BookingState), default=BookingState.PROPOSED, index=True)
    # Whoever holds a dump of both wings must not join the two: sealed, and found by its hash.
    token: Mapped[str | None] = mapped_column(EncryptedText)
    token_index: Mapped[str | None] = mapped_column(BlindIndex("place token"))
    # The plan as it was noticed last, and the person told of.
    day: Mapped[date | None]
    starts: Mapped[time | None]
    site: Mapped[str] = mapped_column(EncryptedText, default="")
    place_number: Mapped[int | None]
    # The time of their own that they were told.
    arrives: Mapped[time | None]
    telling_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("telling.id"))
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    asked_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")
    ended_why: Mapped[str] = mapped_column(EncryptedText, default="")
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    case: Mapped[Case] = relationship()
    item: Mapped[AgendaItem | None] = relationship()
    decision: Mapped[Decision | None] = relationship()
    telling: Mapped[Telling | None] = relationship()

    @property
    def is_decided(self) -> bool:
        """Say whether the decision that it follows from is signed."""
        return self.decision is not None and self.decision.state is DecisionState.SIGNED

    @property
    def plan(self) -> Plan | None:
        """Where and when they have a place, as it was noticed last."""
        if self.day is None or self.starts is None:
            return None
        return Plan(self.day, self.starts, self.site, self.place_number)

    @property
    def place(self) -> Place:
        """How it stood when it was noticed last; of a clinic that was closed, the day is kept to be read."""
        return Place(self.state, self.plan if self.state is BookingState.PLANNED else None)
