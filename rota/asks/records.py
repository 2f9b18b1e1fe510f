"""Who was asked for a duty of a draft, beyond those who are planned then: a person, or the bank."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, now
from rota.rotas.records import DemandLine, RotaVersion
from rota.staff.records import RotaMember


class RotaAsking(NetworkScoped, Model):
    """Somebody asked to take a duty; without a member it is open to bank and locums."""

    __tablename__ = "rota_asking"
    __table_args__ = (
        # Nobody is asked twice for the same.
        Index(
            "uq_rota_asking_open",
            "version_id",
            "line_id",
            "member_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("ended_at is null"),
        ),
    )

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_version.id", ondelete="CASCADE"))
    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("demand_line.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("rota_member.id"), index=True)
    asked_by: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")

    version: Mapped[RotaVersion] = relationship()
    line: Mapped[DemandLine] = relationship()
    member: Mapped[RotaMember | None] = relationship()
