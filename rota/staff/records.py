"""People as the rota plans them: pattern, competencies, credentials, inductions and supervision."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.organisations.records import Site
from network.people.records import Engagement
from network.plumbing.database import Model, NetworkScoped, word
from network.vocabulary import Activity, FundingStream, JobRole, SessionKind
from rota.staff.rules import Availability, CredentialKind, Pattern, PatternChoice, PatternSlot


class RotaMember(NetworkScoped, Model):
    """An engagement as this network plans it. The learner's numbers are empty for all others."""

    __tablename__ = "rota_member"
    __table_args__ = (UniqueConstraint("network_id", "engagement_id"),)

    engagement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("engagement.id"), index=True)
    home_site_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("site.id"))
    tolerance_minutes: Mapped[int] = mapped_column(default=0)
    works_elsewhere_minutes: Mapped[int] = mapped_column(default=0)
    stage: Mapped[str] = mapped_column(String(20), default="")
    supervision_minutes: Mapped[int | None]
    most_clinical_minutes: Mapped[int | None]
    least_educational_minutes: Mapped[int | None]
    planned_from: Mapped[date]
    planned_until: Mapped[date | None]

    engagement: Mapped[Engagement] = relationship()
    home_site: Mapped[Site | None] = relationship()
    patterns: Mapped[list["WorkingPattern"]] = relationship(
        back_populates="member", cascade="all, delete-orphan", order_by="WorkingPattern.starts_on"
    )
    competencies: Mapped[list["HeldCompetency"]] = relationship(cascade="all, delete-orphan")
    credentials: Mapped[list["Credential"]] = relationship(
        cascade="all, delete-orphan", order_by="Credential.expires_on"
    )
    inductions: Mapped[list["SiteInduction"]] = relationship(cascade="all, delete-orphan")
    supervises: Mapped[list["SupervisionApproval"]] = relationship(cascade="all, delete-orphan")
    funding: Mapped[list["FundingSplit"]] = relationship(cascade="all, delete-orphan")

    @property
    def name(self) -> str:
        return self.engagement.person.name


class WorkingPattern(NetworkScoped, Model):
    """A pattern that repeats every `cycle_weeks` weeks, counted from the Monday of `starts_on`."""

    __tablename__ = "working_pattern"
    __table_args__ = (CheckConstraint("cycle_weeks between 1 and 8", name="cycle_weeks"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)
    cycle_weeks: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    member: Mapped[RotaMember] = relationship(back_populates="patterns")
    cells: Mapped[list["PatternCell"]] = relationship(cascade="all, delete-orphan")

    @property
    def value(self) -> Pattern:
        """The pattern as the rules take it."""
        choices = {
            PatternSlot(cell.week, cell.weekday, cell.kind): PatternChoice(cell.availability, cell.activity)
            for cell in self.cells
        }
        return Pattern(self.starts_on, self.cycle_weeks, self.ends_on, choices)


class PatternCell(NetworkScoped, Model):
    """One session of a pattern; weeks count from 1. Sessions without a cell are not worked."""

    __tablename__ = "pattern_cell"
    __table_args__ = (
        UniqueConstraint("pattern_id", "week", "weekday", "kind"),
        CheckConstraint("weekday between 0 and 6", name="weekday"),
    )

    pattern_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_pattern.id"), index=True)
    week: Mapped[int]
    weekday: Mapped[int]
    kind: Mapped[SessionKind] = mapped_column(word(SessionKind))
    availability: Mapped[Availability] = mapped_column(word(Availability))
    activity: Mapped[Activity | None] = mapped_column(word(Activity))


class HeldCompetency(NetworkScoped, Model):
    """A competency that someone signed off."""

    __tablename__ = "held_competency"
    __table_args__ = (UniqueConstraint("member_id", "code"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    signed_off_on: Mapped[date]
    signed_off_by: Mapped[str] = mapped_column(String(120), default="")


class Credential(NetworkScoped, Model):
    """A registration, check or indemnity with the day on which it runs out."""

    __tablename__ = "credential"

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)
    kind: Mapped[CredentialKind] = mapped_column(word(CredentialKind))
    number: Mapped[str] = mapped_column(String(40), default="")
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]


class SiteInduction(NetworkScoped, Model):
    """A member was shown round a site."""

    __tablename__ = "site_induction"
    __table_args__ = (UniqueConstraint("member_id", "site_id"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    inducted_on: Mapped[date]

    site: Mapped[Site] = relationship()


class SupervisionApproval(NetworkScoped, Model):
    """A member may supervise one kind of learner: minutes given in a session, and most learners at once."""

    __tablename__ = "supervision_approval"
    __table_args__ = (UniqueConstraint("member_id", "learner_role"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)
    learner_role: Mapped[JobRole] = mapped_column(word(JobRole))
    minutes_per_session: Mapped[int]
    most_learners: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class FundingSplit(NetworkScoped, Model):
    """The share of a member's time that one stream pays for."""

    __tablename__ = "funding_split"
    __table_args__ = (
        UniqueConstraint("member_id", "stream"),
        CheckConstraint("percent between 1 and 100", name="percent"),
    )

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)
    stream: Mapped[FundingStream] = mapped_column(word(FundingStream))
    percent: Mapped[int]
