"""The neighbourhoods of a network: whose people a clinic is held for."""

import uuid

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.organisations.records import Site
from network.plumbing.database import Model, NetworkScoped


class Neighbourhood(NetworkScoped, Model):
    """An area by name; its people's travel is reckoned from its home site."""

    __tablename__ = "neighbourhood"
    __table_args__ = (UniqueConstraint("network_id", "name"),)

    name: Mapped[str] = mapped_column(String(80))
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"), index=True)

    site: Mapped[Site] = relationship()
