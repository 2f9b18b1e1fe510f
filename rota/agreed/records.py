"""What was agreed with people on how they work, alone and beside others."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, now, word
from rota.agreed.rules import PairingKind, WorkAgreement
from rota.staff.records import RotaMember


class AgreedWork(NetworkScoped, Model):
    """One person's numbers; what is empty is left to the rules."""

    __tablename__ = "agreed_work"
    __table_args__ = (UniqueConstraint("network_id", "member_id"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)
    opted_out_on: Mapped[date | None]
    longest_run: Mapped[int | None]
    shortest_run: Mapped[int | None]
    shortest_break: Mapped[int | None]
    most_weekends: Mapped[int | None]
    most_evenings: Mapped[int | None]
    least_hours: Mapped[int | None]
    most_hours: Mapped[int | None]

    @property
    def value(self) -> WorkAgreement:
        """The numbers as the rules take them."""
        return WorkAgreement(**{name: getattr(self, name) for name in WorkAgreement.__dataclass_fields__})


class AgreedPairing(NetworkScoped, Model):
    """Two people who are kept apart, work together, or meet; `why` is for managers alone."""

    __tablename__ = "agreed_pairing"
    __table_args__ = (
        CheckConstraint("one_id <> other_id", name="two_people"),
        CheckConstraint("days between 1 and 366", name="days"),
        Index("ix_agreed_pairing_one_id", "one_id"),
        Index("ix_agreed_pairing_other_id", "other_id"),
    )

    kind: Mapped[PairingKind] = mapped_column(word(PairingKind))
    one_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"))
    other_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"))
    days: Mapped[int] = mapped_column(default=28)
    is_firm: Mapped[bool] = mapped_column(default=True)
    why: Mapped[str] = mapped_column(String(200), default="")
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)

    one: Mapped[RotaMember] = relationship(foreign_keys=[one_id])
    other: Mapped[RotaMember] = relationship(foreign_keys=[other_id])
    companions: Mapped[list["AgreedCompanion"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="AgreedCompanion.member_id"
    )

    @property
    def names(self) -> list[str]:
        """All whom it names."""
        return [self.one.name, self.other.name, *(each.member.name for each in self.companions)]


class AgreedCompanion(NetworkScoped, Model):
    """Somebody beside the two of a pairing who meets with them."""

    __tablename__ = "agreed_companion"
    __table_args__ = (UniqueConstraint("pairing_id", "member_id"),)

    pairing_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreed_pairing.id", ondelete="CASCADE"))
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)

    member: Mapped[RotaMember] = relationship()
