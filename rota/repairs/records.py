"""What was done about the gaps that an absence left in what people were told."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, now, word
from rota.edits.records import Edit
from rota.leave.records import Absence
from rota.repairs.rules import CoverState


class AbsenceCover(NetworkScoped, Model):
    """How far the cover of one absence has come, and by whom; the edit is the repair that was sent.

    An absence that nobody has looked at has none. `reason` says why it stays uncovered.
    """

    __tablename__ = "absence_cover"
    __table_args__ = (UniqueConstraint("absence_id"),)

    absence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("absence.id"))
    state: Mapped[CoverState] = mapped_column(word(CoverState))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(default=now)
    edit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("rota_edit.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")

    absence: Mapped[Absence] = relationship()
    edit: Mapped[Edit | None] = relationship()
