"""Allowances of leave: on what terms an employer gives it, and what was added for one person."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from network.plumbing.database import Model, NetworkScoped, now, word
from rota.allowances.rules import LineKind
from rota.staff.records import RotaMember


class LeaveTerms(NetworkScoped, Model):
    """An employer's terms, or the network's for all its employers; what is empty follows the next wider."""

    __tablename__ = "leave_terms"
    __table_args__ = (
        UniqueConstraint("network_id", "organisation_id"),
        CheckConstraint("notice_days >= 0", name="notice_days"),
        CheckConstraint("year_month between 1 and 12", name="year_month"),
        CheckConstraint("year_day between 1 and 31", name="year_day"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    automatic_kinds: Mapped[list[str] | None] = mapped_column(JSONB)
    notice_days: Mapped[int | None]
    year_month: Mapped[int | None]
    year_day: Mapped[int | None]
    tenths_of_weeks: Mapped[int | None]


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
