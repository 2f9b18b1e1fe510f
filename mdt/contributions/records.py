"""Contributions: what each discipline was asked for, and what it answered."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.cases.records import Case
from mdt.contributions.rules import ContributionState, Visibility
from network.organisations.records import Organisation
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText
from network.vocabulary import Discipline


class Contribution(NetworkScoped, Model):
    """What one discipline of one organisation says of one case; asked again later, it is a new row."""

    __tablename__ = "contribution"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_case.id"), index=True)
    discipline: Mapped[Discipline] = mapped_column(word(Discipline))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    # The one person who is asked, such as a hospital consultant; none where anybody of the organisation may.
    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    state: Mapped[ContributionState] = mapped_column(
        word(ContributionState), default=ContributionState.REQUESTED
    )
    panel_version: Mapped[str] = mapped_column(String(20), default="")
    # JSON by the panel's field names, sealed; dates in it say as of when a fact is known.
    answers: Mapped[str] = mapped_column(EncryptedText, default="{}")
    words: Mapped[str] = mapped_column(EncryptedText, default="")
    offer: Mapped[str] = mapped_column(EncryptedText, default="")
    need: Mapped[str] = mapped_column(EncryptedText, default="")
    reason: Mapped[str] = mapped_column(EncryptedText, default="")
    has_met: Mapped[bool | None]
    last_seen_on: Mapped[date | None]
    visibility: Mapped[Visibility] = mapped_column(word(Visibility), default=Visibility.CLINICAL)
    # Where only named disciplines may read it: which.
    named: Mapped[list[str]] = mapped_column(default=list)
    asked_by: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    due_on: Mapped[date | None]
    given_by: Mapped[str] = mapped_column(String(120), default="")
    given_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    case: Mapped[Case] = relationship()
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])

    @property
    def asked_whom(self) -> str:
        return f"{self.discipline.label}, {self.organisation.short_name}"
