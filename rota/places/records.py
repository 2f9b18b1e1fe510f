"""Places that are asked for in one-stop clinics. There is no column for words about anybody."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.organisations.records import Site
from network.plumbing.database import Model, NetworkScoped, today, word
from network.vocabulary import Priority
from rota.clinics.records import ClinicType
from rota.places.rules import PlaceState


class AskedPlace(NetworkScoped, Model):
    """One place; its id is the token by which whoever asked knows it.

    `session_id` is a dated clinic, which a subject to the right of this one keeps; `number` is the place's
    own in it. `lost_on` says when the clinic of a place was closed: such places come first. `moved_on` when
    it was moved.
    """

    __tablename__ = "asked_place"
    __table_args__ = (
        UniqueConstraint("network_id", "from_key"),
        CheckConstraint("longest_minutes between 0 and 240", name="longest_minutes"),
        CheckConstraint("(session_id is null) = (number is null)", name="place"),
        CheckConstraint("number > 0", name="number"),
        Index("uq_asked_place_session_id_number", "session_id", "number", unique=True),
    )

    from_key: Mapped[uuid.UUID]
    clinic_type_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("clinic_type.id"), index=True)
    disciplines: Mapped[list[str]] = mapped_column(default=list)
    home_site_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("site.id"))
    priority: Mapped[Priority] = mapped_column(word(Priority), default=Priority.ROUTINE)
    due_on: Mapped[date | None]
    needs_step_free: Mapped[bool] = mapped_column(default=False)
    longest_minutes: Mapped[int | None]
    state: Mapped[PlaceState] = mapped_column(word(PlaceState), default=PlaceState.WAITING)
    # Days, not moments: nobody finds by the second in which a case was changed whose place this is.
    asked_on: Mapped[date] = mapped_column(default=today)
    session_id: Mapped[uuid.UUID | None]
    number: Mapped[int | None]
    lost_on: Mapped[date | None]
    moved_on: Mapped[date | None]

    clinic_type: Mapped[ClinicType] = relationship()
    home_site: Mapped[Site | None] = relationship()
