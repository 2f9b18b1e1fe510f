"""Allowances of leave: what was added to one person's year."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.plumbing.database import Model, NetworkScoped, now, word
from rota.allowances.rules import LineKind
from rota.staff.records import RotaMember


class AllowanceLine(NetworkScoped, Model):
    """What was carried over or adjusted in one leave year of a member: added, never changed."""

    __tablename__ = "allowance_line"

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(RotaMember.id), index=True)
    year_starts_on: Mapped[date]
    kind: Mapped[LineKind] = mapped_column(word(LineKind))
    minutes: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(default=now)
