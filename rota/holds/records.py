"""Time that is kept for meetings. There is no column for words about anybody."""

import uuid
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.organisations.records import Site
from network.people.records import Person
from network.plumbing.database import Model, NetworkScoped, word
from network.vocabulary import Discipline


class Hold(NetworkScoped, Model):
    """The time of one meeting; `least` is how many of each discipline make its quorum.

    `short` is what the rota last could not keep of it, as sentences; empty where it keeps all.
    """

    __tablename__ = "hold"
    __table_args__ = (
        UniqueConstraint("network_id", "key"),
        CheckConstraint("starts < ends", name="order"),
    )

    key: Mapped[uuid.UUID]
    day: Mapped[date] = mapped_column(index=True)
    starts: Mapped[time]
    ends: Mapped[time]
    site_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("site.id"))
    least: Mapped[dict[str, Any]] = mapped_column(default=dict)
    short: Mapped[list[str]] = mapped_column(default=list)
    released_at: Mapped[datetime | None]

    site: Mapped[Site | None] = relationship()
    people: Mapped[list["HeldPerson"]] = relationship(
        back_populates="hold", cascade="all, delete-orphan", order_by="HeldPerson.person_id"
    )


class HeldPerson(NetworkScoped, Model):
    """Somebody whom a meeting needs, or who would make its quorum for a discipline."""

    __tablename__ = "held_person"
    __table_args__ = (UniqueConstraint("hold_id", "person_id"),)

    hold_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("hold.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    discipline: Mapped[Discipline | None] = mapped_column(word(Discipline))
    is_needed: Mapped[bool] = mapped_column(default=False)

    hold: Mapped[Hold] = relationship(back_populates="people")
    person: Mapped[Person] = relationship()
