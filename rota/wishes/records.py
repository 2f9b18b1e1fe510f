"""Where learners would like to be placed."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, now
from rota.hosts.records import PlacementOffer


class PlacementWish(NetworkScoped, Model):
    """An offer that a learner would like; rank 1 is the dearest."""

    __tablename__ = "placement_wish"
    __table_args__ = (
        UniqueConstraint("learner_id", "offer_id"),
        CheckConstraint("rank between 1 and 3", name="rank"),
    )

    learner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("learner.id"), index=True)
    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placement_offer.id"), index=True)
    rank: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=now)

    offer: Mapped[PlacementOffer] = relationship()
