"""People in training: their programme, how they travel, what they have done, and what is need-to-know."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.organisations.records import Site
from network.plumbing.database import Model, NetworkScoped, word
from network.plumbing.encryption import EncryptedText
from rota.learners.rules import Travel
from rota.programmes.records import Programme, Requirement
from rota.staff.records import RotaMember


class Learner(NetworkScoped, Model):
    """A member of the rota in training; `percent` is their share of full time.

    `protected` adds to the programme's own sessions; `continuity` is the session of each week kept at the
    base. `longest_minutes` None: they may be sent anywhere.
    """

    __tablename__ = "learner"
    __table_args__ = (
        UniqueConstraint("network_id", "member_id"),
        CheckConstraint("percent between 20 and 100", name="percent"),
        CheckConstraint("starts_on <= ends_on", name="dates"),
    )

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)
    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    stage: Mapped[str] = mapped_column(String(20), default="")
    percent: Mapped[int] = mapped_column(default=100)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    base_site_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("site.id"))
    travel: Mapped[Travel] = mapped_column(word(Travel), default=Travel.CAR)
    longest_minutes: Mapped[int | None]
    protected: Mapped[list[str]] = mapped_column(default=list)
    continuity: Mapped[str] = mapped_column(String(20), default="")
    left_on: Mapped[date | None]
    row_version: Mapped[int] = mapped_column(default=1)

    member: Mapped[RotaMember] = relationship()
    programme: Mapped[Programme] = relationship()
    base_site: Mapped[Site | None] = relationship()
    history: Mapped[list["TrainingDone"]] = relationship(
        cascade="all, delete-orphan", order_by="TrainingDone.ended_on"
    )

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    @property
    def name(self) -> str:
        return self.member.name

    @property
    def untitled(self) -> str:
        """The name without a title, as rows of workbooks have it."""
        person = self.member.engagement.person
        return f"{person.given_name} {person.family_name}"


class TrainingDone(NetworkScoped, Model):
    """Weeks of a requirement that a learner did before this plan; `host` is a name, of here or elsewhere."""

    __tablename__ = "training_done"
    __table_args__ = (CheckConstraint("weeks between 1 and 312", name="weeks"),)

    learner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("learner.id"), index=True)
    requirement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme_requirement.id"), index=True)
    weeks: Mapped[int]
    host: Mapped[str] = mapped_column(String(120), default="")
    ended_on: Mapped[date]

    requirement: Mapped[Requirement] = relationship()


class LearnerNeeds(NetworkScoped, Model):
    """What a learner needs, for those alone who plan placements: no host or peer sees it, and no grid."""

    __tablename__ = "learner_needs"
    __table_args__ = (UniqueConstraint("learner_id"),)

    learner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("learner.id"))
    adjustments: Mapped[str] = mapped_column(EncryptedText)
    needs_step_free: Mapped[bool] = mapped_column(default=False)
    travel_is_hard: Mapped[bool] = mapped_column(default=False)


class LearnerApart(NetworkScoped, Model):
    """Somebody with whom, or a site at which, a learner is never placed; nobody but the planner knows why."""

    __tablename__ = "learner_apart"
    __table_args__ = (
        CheckConstraint("num_nonnulls(from_member_id, from_site_id) = 1", name="from_whom"),
        UniqueConstraint("learner_id", "from_member_id", "from_site_id", postgresql_nulls_not_distinct=True),
    )

    learner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("learner.id"), index=True)
    from_member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("rota_member.id"), index=True)
    from_site_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("site.id"))
    reason: Mapped[str] = mapped_column(EncryptedText)

    learner: Mapped[Learner] = relationship()
    from_member: Mapped[RotaMember | None] = relationship()
    from_site: Mapped[Site | None] = relationship()
