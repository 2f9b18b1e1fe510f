"""Letters that ask hosts for placements, and what the hosts answer."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText
from rota.host_answers.rules import Answer
from rota.hosts.records import PlacementHost


class HostAsking(NetworkScoped, Model):
    """A link by which a host answers for some placements, until a day, or until it is ended.

    The link is signed over the ids of its network and of this row, so nothing secret is kept.
    """

    __tablename__ = "host_asking"

    host_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placement_host.id"), index=True)
    sent_to: Mapped[str] = mapped_column(String(254), default="")
    asked_by: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    expires_on: Mapped[date]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")

    host: Mapped[PlacementHost] = relationship()
    answers: Mapped[list["HostAnswer"]] = relationship(back_populates="asking", cascade="all, delete-orphan")


class HostAnswer(NetworkScoped, Model):
    """What a host says to one placement as it was asked for; once moved to other weeks it is asked anew.

    Why it declines is for those who plan rotations.
    """

    __tablename__ = "host_answer"
    __table_args__ = (UniqueConstraint("asking_id", "stay_id"),)

    asking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("host_asking.id"), index=True)
    stay_id: Mapped[uuid.UUID] = mapped_column(index=True)
    offer_id: Mapped[uuid.UUID]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    answer: Mapped[Answer] = mapped_column(word(Answer), default=Answer.ASKED)
    reason: Mapped[str | None] = mapped_column(EncryptedText)
    answered_by: Mapped[str] = mapped_column(String(120), default="")
    answered_at: Mapped[datetime | None]

    asking: Mapped[HostAsking] = relationship(back_populates="answers")
