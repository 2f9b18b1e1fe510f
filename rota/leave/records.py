"""Absences: leave that is asked for, and sickness that is reported."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, now, word
from network.vocabulary import SessionKind
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.staff.records import RotaMember


class Absence(NetworkScoped, Model):
    """From a session of one day to a session of another, both included. Never a diagnosis: only a kind."""

    __tablename__ = "absence"
    __table_args__ = (CheckConstraint("starts_on <= ends_on", name="order"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)
    kind: Mapped[AbsenceKind] = mapped_column(word(AbsenceKind))
    state: Mapped[AbsenceState] = mapped_column(word(AbsenceState))
    starts_on: Mapped[date] = mapped_column(index=True)
    starts_with: Mapped[SessionKind] = mapped_column(word(SessionKind), default=SessionKind.EARLY)
    ends_on: Mapped[date]
    ends_with: Mapped[SessionKind] = mapped_column(word(SessionKind), default=SessionKind.SATURDAY_AFTERNOON)
    note: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(Text, default="")

    member: Mapped[RotaMember] = relationship()
