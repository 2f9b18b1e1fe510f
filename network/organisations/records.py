"""The registry: organisations, the networks they belong to, their sites, rooms and equipment."""

import uuid
from datetime import date, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Identified, Model, word
from network.vocabulary import EquipmentKind, OrganisationKind, RoomKind, SessionKind


class Organisation(Identified, Model):
    """One organisation; a network is one too, of its own kind."""

    __tablename__ = "organisation"

    kind: Mapped[OrganisationKind] = mapped_column(word(OrganisationKind))
    name: Mapped[str] = mapped_column(String(120))
    short_name: Mapped[str] = mapped_column(String(40))
    ods_code: Mapped[str | None] = mapped_column(String(10), unique=True)
    list_size: Mapped[int | None]
    # By age and need, as Enhanced Access is paid; NHS England publishes it each quarter.
    adjusted_list_size: Mapped[int | None]
    closed_on: Mapped[date | None]

    sites: Mapped[list["Site"]] = relationship(back_populates="organisation", order_by="Site.name")


class Membership(Identified, Model):
    """An organisation's belonging to a network, for a time."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("network_id", "organisation_id", "joined_on"),)

    network_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    joined_on: Mapped[date]
    left_on: Mapped[date | None]

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])


class Site(Identified, Model):
    """A building of an organisation; `code` is the short text in a rota cell."""

    __tablename__ = "site"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(4))
    address: Mapped[str] = mapped_column(String(200), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    accessible: Mapped[bool] = mapped_column(default=True)

    organisation: Mapped[Organisation] = relationship(back_populates="sites")
    openings: Mapped[list["SiteOpening"]] = relationship(
        back_populates="site",
        cascade="all, delete-orphan",
        order_by="SiteOpening.weekday, SiteOpening.starts_at",
    )
    rooms: Mapped[list["Room"]] = relationship(back_populates="site", order_by="Room.name")


class SiteOpening(Identified, Model):
    """A weekly session in which a site is open (weekday 0 is Monday)."""

    __tablename__ = "site_opening"
    __table_args__ = (
        UniqueConstraint("site_id", "weekday", "kind"),
        CheckConstraint("weekday between 0 and 6", name="weekday"),
        CheckConstraint("starts_at < ends_at", name="hours"),
    )

    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"), index=True)
    weekday: Mapped[int]
    kind: Mapped[SessionKind] = mapped_column(word(SessionKind))
    starts_at: Mapped[time]
    ends_at: Mapped[time]

    site: Mapped[Site] = relationship(back_populates="openings")


class Room(Identified, Model):
    """A room that sessions can use."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[RoomKind] = mapped_column(word(RoomKind))
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    bookable: Mapped[bool] = mapped_column(default=True)

    site: Mapped[Site] = relationship(back_populates="rooms")


class Equipment(Identified, Model):
    """Equipment of an organisation: fixed at a site, or mobile where `site_id` is empty."""

    __tablename__ = "equipment"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    site_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("site.id"), index=True)
    kind: Mapped[EquipmentKind] = mapped_column(word(EquipmentKind))
    number: Mapped[int] = mapped_column(default=1)

    site: Mapped[Site | None] = relationship()
