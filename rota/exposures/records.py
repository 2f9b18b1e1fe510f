"""Meetings in which people took part and cases they followed, for those whose training counts them."""

import uuid
from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from network.plumbing.database import Model, NetworkScoped, word
from network.vocabulary import Discipline
from rota.exposures.rules import ExposureKind


class MeetingExposure(NetworkScoped, Model):
    """Somebody took part in one meeting, or followed one case."""

    __tablename__ = "meeting_exposure"
    __table_args__ = (UniqueConstraint("network_id", "person_id", "key"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    discipline: Mapped[Discipline] = mapped_column(word(Discipline))
    day: Mapped[date]
    key: Mapped[uuid.UUID]
    kind: Mapped[ExposureKind] = mapped_column(word(ExposureKind), default=ExposureKind.MEETING)
