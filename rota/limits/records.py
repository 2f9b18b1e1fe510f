"""How many people may be away at once (R39), where the network's default does not do."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.organisations.records import Organisation, Site
from network.plumbing.database import Model, NetworkScoped, word
from network.vocabulary import JobRole, RoleGroup


class LeaveLimit(NetworkScoped, Model):
    """The most people of a role group, or of one role, away on a day: at an organisation, or at one site."""

    __tablename__ = "leave_limit"
    __table_args__ = (
        CheckConstraint("most between 0 and 99", name="most"),
        CheckConstraint("num_nonnulls(role_group, role) = 1", name="whom"),
        UniqueConstraint(
            "network_id",
            "organisation_id",
            "site_id",
            "role_group",
            "role",
            name="uq_leave_limit_whom",
            postgresql_nulls_not_distinct=True,
        ),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    site_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("site.id"))
    role_group: Mapped[RoleGroup | None] = mapped_column(word(RoleGroup))
    role: Mapped[JobRole | None] = mapped_column(word(JobRole))
    most: Mapped[int]

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    site: Mapped[Site | None] = relationship()
