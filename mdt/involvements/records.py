"""Who is around a person: what was added by hand, and what is said more of whom the data shows anyhow."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.involvements.rules import Purpose, Rhythm, TieKind, tie_id
from network.organisations.records import Organisation
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText
from network.vocabulary import Discipline


class Involvement(NetworkScoped, Model):
    """Somebody around a person: who, what for, how often, and whether the person values them."""

    __tablename__ = "involvement"
    __table_args__ = (
        CheckConstraint("every_weeks between 1 and 52", name="every_weeks"),
        CheckConstraint("until is null or since is null or until >= since", name="days"),
    )

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    # Whom the data shows anyhow, such as a carer: the row says more. Empty where it was added by hand.
    about: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[TieKind] = mapped_column(word(TieKind))
    name: Mapped[str] = mapped_column(EncryptedText, default="")
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    discipline: Mapped[Discipline | None] = mapped_column(word(Discipline))
    purpose: Mapped[Purpose | None] = mapped_column(word(Purpose))
    words: Mapped[str] = mapped_column(EncryptedText, default="")
    rhythm: Mapped[Rhythm] = mapped_column(word(Rhythm), default=Rhythm.NOT_KNOWN)
    # Names of the visits of a week, such as "1-morning" for Tuesday morning.
    visits: Mapped[list[str]] = mapped_column(JSONB, default=list)
    every_weeks: Mapped[int | None]
    since: Mapped[date | None]
    until: Mapped[date | None]
    contact: Mapped[str] = mapped_column(EncryptedText, default="")
    # None until somebody has asked the person.
    is_valued: Mapped[bool | None]
    source: Mapped[str] = mapped_column(EncryptedText, default="")
    noted_by: Mapped[str] = mapped_column(String(120))
    noted_at: Mapped[datetime] = mapped_column(default=now)
    ended_on: Mapped[date | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id])

    @property
    def tie_id(self) -> uuid.UUID:
        """What stands in addresses for whom it is about."""
        return tie_id(self.about or str(self.id))
