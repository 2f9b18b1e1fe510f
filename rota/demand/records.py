"""Demand: the cover that each site wants in each session of the week."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.organisations.records import Site
from network.plumbing.database import Model, NetworkScoped, word
from network.vocabulary import Activity, FundingStream, RoleGroup, RoomKind, SessionKind


class DemandTemplate(NetworkScoped, Model):
    """A weekly line of demand: minimum is safe cover, desired good cover, maximum what rooms can bear."""

    __tablename__ = "demand_template"
    __table_args__ = (
        CheckConstraint("weekday between 0 and 6", name="weekday"),
        CheckConstraint("minimum <= desired and desired <= maximum and minimum >= 0", name="cover"),
    )

    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"), index=True)
    weekday: Mapped[int]
    kind: Mapped[SessionKind] = mapped_column(word(SessionKind))
    role_group: Mapped[RoleGroup] = mapped_column(word(RoleGroup))
    activity: Mapped[Activity] = mapped_column(word(Activity))
    minimum: Mapped[int]
    desired: Mapped[int]
    maximum: Mapped[int]
    competencies: Mapped[list[str]] = mapped_column(default=list)
    room: Mapped[RoomKind | None] = mapped_column(word(RoomKind))
    funding: Mapped[FundingStream] = mapped_column(word(FundingStream), default=FundingStream.CORE)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    site: Mapped[Site] = relationship()


class Closure(NetworkScoped, Model):
    """A site closed for a day or a session of it: a bank holiday, protected learning time, Christmas Eve."""

    __tablename__ = "closure"

    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"), index=True)
    day: Mapped[date]
    kind: Mapped[SessionKind | None] = mapped_column(word(SessionKind))
    why: Mapped[str]

    site: Mapped[Site] = relationship()
