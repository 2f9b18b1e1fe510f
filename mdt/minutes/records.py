"""Minutes as they are written in the room."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mdt.minutes.rules import BlockName
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class MinuteBlock(NetworkScoped, Model):
    """A block of the minutes of one case; its own number lets two write side by side."""

    __tablename__ = "minute_block"
    __table_args__ = (UniqueConstraint("item_id", "name"),)

    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    name: Mapped[BlockName] = mapped_column(word(BlockName))
    words: Mapped[str] = mapped_column(EncryptedText, default="")
    # Grows with every save: who saves says which number they had seen.
    number: Mapped[int] = mapped_column(default=0)
    # Keys of the latest saves, the newest first: what is sent twice is kept once.
    keys: Mapped[list[str]] = mapped_column(default=list)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(default=now)
