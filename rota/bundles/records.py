"""Bundles: how many people of a neighbourhood need the same disciplines. Counts, never who they are."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, now, word
from network.vocabulary import Priority
from rota.clinics.records import ClinicType
from rota.neighbourhoods.records import Neighbourhood


class Bundle(NetworkScoped, Model):
    """People who need a set of disciplines in one visit. There is no column for words about anybody."""

    __tablename__ = "bundle"
    __table_args__ = (
        CheckConstraint("count between 1 and 999", name="count"),
        CheckConstraint("longest_minutes between 0 and 240", name="longest_minutes"),
    )

    neighbourhood_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    clinic_type_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("clinic_type.id"), index=True)
    disciplines: Mapped[list[str]] = mapped_column(default=list)
    count: Mapped[int]
    priority: Mapped[Priority] = mapped_column(word(Priority), default=Priority.ROUTINE)
    due_on: Mapped[date | None]
    needs_step_free: Mapped[bool] = mapped_column(default=False)
    longest_minutes: Mapped[int] = mapped_column(default=45)
    ended_on: Mapped[date | None]
    made_at: Mapped[datetime] = mapped_column(default=now)

    neighbourhood: Mapped[Neighbourhood] = relationship()
    clinic_type: Mapped[ClinicType | None] = relationship()
