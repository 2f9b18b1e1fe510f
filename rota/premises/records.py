"""Where contracts let dental and sight-test work be done."""

import uuid

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.organisations.records import Site
from network.plumbing.database import Model, NetworkScoped, word
from network.vocabulary import Discipline


class ContractPremises(NetworkScoped, Model):
    """A site at which a contract lets a discipline work."""

    __tablename__ = "contract_premises"
    __table_args__ = (UniqueConstraint("network_id", "discipline", "site_id"),)

    discipline: Mapped[Discipline] = mapped_column(word(Discipline))
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"), index=True)
    contract: Mapped[str] = mapped_column(String(120), default="")

    site: Mapped[Site] = relationship()
