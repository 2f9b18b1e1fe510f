"""How practices agreed to share the sessions of a group of roles; what was agreed before is kept."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.organisations.records import Organisation
from network.plumbing.database import Model, NetworkScoped, now, word
from network.vocabulary import RoleGroup
from rota.funding.rules import Agreement


class ShareAgreement(NetworkScoped, Model):
    """What holds for a group of roles from a day on; without shares, practices share by their lists again."""

    __tablename__ = "share_agreement"
    __table_args__ = (UniqueConstraint("network_id", "number"),)

    role_group: Mapped[RoleGroup] = mapped_column(word(RoleGroup))
    starts_on: Mapped[date]
    number: Mapped[int]
    why: Mapped[str] = mapped_column(String(300), default="")
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)

    shares: Mapped[list["AgreedShare"]] = relationship(cascade="all, delete-orphan")

    @property
    def value(self) -> Agreement:
        """The agreement as the rules take it."""
        shares = {share.organisation_id: share.percent for share in self.shares}
        return Agreement(self.role_group, self.starts_on, self.number, shares)


class AgreedShare(NetworkScoped, Model):
    """The part of one organisation in an agreement, in per cent."""

    __tablename__ = "agreed_share"
    __table_args__ = (
        UniqueConstraint("agreement_id", "organisation_id"),
        CheckConstraint("percent between 0 and 100", name="percent"),
    )

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("share_agreement.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    percent: Mapped[int]

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
