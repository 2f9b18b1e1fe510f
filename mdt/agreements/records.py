"""Sharing agreements: which organisation signed what, and when it is to be reviewed."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.organisations.records import Organisation
from network.plumbing.database import Model, NetworkScoped, now


class SharingAgreement(NetworkScoped, Model):
    """An organisation's signature under the network's sharing agreement; the latest one counts."""

    __tablename__ = "sharing_agreement"
    __table_args__ = (CheckConstraint("signed_on < review_on", name="days"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    reference: Mapped[str] = mapped_column(String(120), default="")
    signed_by: Mapped[str] = mapped_column(String(120))
    signed_on: Mapped[date]
    review_on: Mapped[date]
    ended_on: Mapped[date | None]
    recorded_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
