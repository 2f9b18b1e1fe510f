"""Requests of staff for one rota: sessions they want to work or be off, paid with points."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, now, word
from network.vocabulary import SessionKind
from rota.requests.rules import Asked, Span
from rota.rotas.records import RotaPeriod
from rota.staff.records import RotaMember


class RotaRequest(NetworkScoped, Model):
    """One wish of one person: for a day or for a weekday throughout, `kind` None meaning all of the day."""

    __tablename__ = "rota_request"
    __table_args__ = (
        Index("ix_rota_request_whose", "period_id", "member_id"),
        CheckConstraint("points between 1 and 10", name="points"),
        CheckConstraint("(day is null) <> (weekday is null)", name="span"),
    )

    period_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_period.id"))
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"))
    works: Mapped[bool]
    day: Mapped[date | None]
    weekday: Mapped[int | None]
    kind: Mapped[SessionKind | None] = mapped_column(word(SessionKind))
    points: Mapped[int]
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)

    period: Mapped[RotaPeriod] = relationship()
    member: Mapped[RotaMember] = relationship()

    @property
    def value(self) -> Asked:
        """The request as the rules take it."""
        return Asked(self.works, self.points, Span(self.day, self.weekday, self.kind))
