"""On what terms an employer gives leave."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from network.plumbing.database import Model, NetworkScoped


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
