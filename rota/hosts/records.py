"""Hosts of placements, what they offer, who supervises there, and who approved them."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.organisations.records import Site
from network.plumbing.database import Model, NetworkScoped, word
from network.plumbing.encryption import EncryptedText
from network.vocabulary import Discipline
from rota.programmes.records import Programme
from rota.programmes.rules import SupervisorKind
from rota.staff.records import RotaMember


class PlacementHost(NetworkScoped, Model):
    """A site that takes learners: who answers for it, and what a learner reads before the first day."""

    __tablename__ = "placement_host"
    __table_args__ = (UniqueConstraint("network_id", "site_id"),)

    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    lead_name: Mapped[str] = mapped_column(String(120), default="")
    lead_email: Mapped[str] = mapped_column(String(254), default="")
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    arrival: Mapped[str] = mapped_column(String(300), default="")
    dress: Mapped[str] = mapped_column(String(300), default="")
    parking: Mapped[str] = mapped_column(String(300), default="")
    travel: Mapped[str] = mapped_column(String(300), default="")
    row_version: Mapped[int] = mapped_column(default=1)

    site: Mapped[Site] = relationship()
    offers: Mapped[list["PlacementOffer"]] = relationship(
        back_populates="host", order_by="PlacementOffer.name"
    )
    approvals: Mapped[list["HostApproval"]] = relationship(
        cascade="all, delete-orphan", order_by="HostApproval.starts_on"
    )

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class HostApproval(NetworkScoped, Model):
    """A regulator's or school's approval of a host for one programme, for a time."""

    __tablename__ = "host_approval"
    __table_args__ = (CheckConstraint("ends_on is null or ends_on >= starts_on", name="days"),)

    host_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placement_host.id"), index=True)
    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    regulator: Mapped[str] = mapped_column(String(80))
    reference: Mapped[str] = mapped_column(String(80), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    programme: Mapped[Programme] = relationship()


class PlacementOffer(NetworkScoped, Model):
    """Places of a host for learners of some programmes; `settings` say what a stay there counts as.

    `minutes` are those of supervisors that one learner takes in a week (None: as the rota says of the
    learner), `floor` is how many learners the host counts on. Why an offer was withdrawn is for planners.
    """

    __tablename__ = "placement_offer"
    __table_args__ = (
        UniqueConstraint("host_id", "name"),
        CheckConstraint("closes_on is null or closes_on >= opens_on", name="days"),
        CheckConstraint("0 <= least and least <= most and floor >= 0", name="places"),
        CheckConstraint("minutes >= 0", name="minutes"),
    )

    host_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placement_host.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    discipline: Mapped[Discipline] = mapped_column(word(Discipline))
    settings: Mapped[list[str]] = mapped_column(default=list)
    opens_on: Mapped[date]
    closes_on: Mapped[date | None]
    least: Mapped[int] = mapped_column(default=0)
    most: Mapped[int] = mapped_column(default=1)
    floor: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int | None]
    notes: Mapped[str] = mapped_column(String(300), default="")
    withdrawn_from: Mapped[date | None]
    withdrawn_why: Mapped[str | None] = mapped_column(EncryptedText)
    withdrawn_by: Mapped[str] = mapped_column(String(120), default="")
    withdrawn_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    host: Mapped[PlacementHost] = relationship(back_populates="offers")
    programmes: Mapped[list["OfferProgramme"]] = relationship(cascade="all, delete-orphan")
    limits: Mapped[list["OfferLimit"]] = relationship(
        cascade="all, delete-orphan", order_by="OfferLimit.starts_on, OfferLimit.stage"
    )
    supervisors: Mapped[list["OfferSupervisor"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class OfferProgramme(NetworkScoped, Model):
    """An offer is for learners of this programme."""

    __tablename__ = "offer_programme"
    __table_args__ = (UniqueConstraint("offer_id", "programme_id"),)

    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placement_offer.id"), index=True)
    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"), index=True)

    programme: Mapped[Programme] = relationship()


class OfferLimit(NetworkScoped, Model):
    """Other numbers of places for a time, for everybody or for learners of one stage."""

    __tablename__ = "offer_limit"
    __table_args__ = (
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="days"),
        CheckConstraint("0 <= least and least <= most", name="places"),
    )

    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placement_offer.id"), index=True)
    stage: Mapped[str] = mapped_column(String(20), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    least: Mapped[int] = mapped_column(default=0)
    most: Mapped[int]


class OfferSupervisor(NetworkScoped, Model):
    """Somebody of the rota who supervises at an offer; their minutes are those of their approvals there."""

    __tablename__ = "offer_supervisor"
    __table_args__ = (UniqueConstraint("offer_id", "member_id", "kind"),)

    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placement_offer.id"), index=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)
    kind: Mapped[SupervisorKind] = mapped_column(word(SupervisorKind))

    member: Mapped[RotaMember] = relationship()
