"""Lists of risk searches between upload and confirmation; what stays of one is that it was taken in."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mdt.risk_lists.rules import ListState
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import BlindIndex, EncryptedText


class RiskList(NetworkScoped, Model):
    """A list as somebody brought it; its content goes when it is taken in, or after a day."""

    __tablename__ = "risk_list"

    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(EncryptedText)
    listed_on: Mapped[date]
    content: Mapped[str | None] = mapped_column(EncryptedText)
    # By which the same file is known again.
    digest: Mapped[str] = mapped_column(BlindIndex("risk_list"))
    state: Mapped[ListState] = mapped_column(word(ListState), default=ListState.READY)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime | None]
