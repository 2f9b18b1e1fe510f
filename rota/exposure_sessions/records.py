"""Half-days with another discipline that hosts offer, and the learners who come to them."""

import uuid
from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, now, word
from network.vocabulary import Discipline, SessionKind
from rota.hosts.records import PlacementHost
from rota.learners.records import Learner


class ExposureOffer(NetworkScoped, Model):
    """A half-day of every week on which a host takes some learners along; weekday 0 is Monday."""

    __tablename__ = "exposure_offer"
    __table_args__ = (
        CheckConstraint("weekday between 0 and 6", name="weekday"),
        CheckConstraint("starts < ends", name="times"),
        CheckConstraint("places between 1 and 20", name="places"),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="days"),
    )

    host_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placement_host.id"), index=True)
    discipline: Mapped[Discipline] = mapped_column(word(Discipline))
    weekday: Mapped[int]
    kind: Mapped[SessionKind] = mapped_column(word(SessionKind))
    starts: Mapped[time]
    ends: Mapped[time]
    places: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(String(300), default="")

    host: Mapped[PlacementHost] = relationship()


class ExposureSession(NetworkScoped, Model):
    """A learner comes to an offered half-day on one day, as long as it is not cancelled; `missed_at`: they
    did not come, and it does not count.
    """

    __tablename__ = "exposure_session"
    __table_args__ = (
        Index(
            "uq_exposure_session_standing",
            "learner_id",
            "day",
            "kind",
            unique=True,
            postgresql_where=text("cancelled_at is null"),
        ),
    )

    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("exposure_offer.id"), index=True)
    learner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("learner.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[SessionKind] = mapped_column(word(SessionKind))
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    cancelled_at: Mapped[datetime | None]
    missed_at: Mapped[datetime | None]

    offer: Mapped[ExposureOffer] = relationship()
    learner: Mapped[Learner] = relationship()
