"""The outbox: what whoever stands at the door has to be told, written in the transaction of the change."""

import uuid
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from network.plumbing.database import Model, NetworkScoped, now, word
from rota.outbox.rules import News


class OutboxChange(NetworkScoped, Model):
    """A change, numbered within its network in the order in which changes were committed."""

    __tablename__ = "outbox_change"
    __table_args__ = (UniqueConstraint("network_id", "number"),)

    number: Mapped[int]
    key: Mapped[uuid.UUID]
    what: Mapped[News] = mapped_column(word(News))
    at: Mapped[datetime] = mapped_column(default=now)
