"""People whose care is discussed: sealed, and found again by keyed hashes."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.patients.rules import EthnicCategory, LetterFormat, Sex
from network.organisations.records import Organisation
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import BlindIndex, EncryptedText


class Patient(NetworkScoped, Model):
    """A person as one network knows them. Who has no NHS number is allowed, flagged, and never given one."""

    __tablename__ = "patient"
    __table_args__ = (
        UniqueConstraint("network_id", "nhs_index"),
        CheckConstraint("imd_decile between 1 and 10", name="imd_decile"),
    )

    nhs_number: Mapped[str | None] = mapped_column(EncryptedText)
    nhs_index: Mapped[str | None] = mapped_column(BlindIndex("nhs_number"))
    title: Mapped[str] = mapped_column(EncryptedText, default="")
    family_name: Mapped[str] = mapped_column(EncryptedText)
    given_name: Mapped[str] = mapped_column(EncryptedText)
    preferred_name: Mapped[str] = mapped_column(EncryptedText, default="")
    # A date of birth with a postcode names almost everybody: sealed like a name.
    born: Mapped[str] = mapped_column(EncryptedText)
    born_index: Mapped[str] = mapped_column(BlindIndex("born"), index=True)
    sex: Mapped[Sex] = mapped_column(word(Sex), default=Sex.UNKNOWN)
    address: Mapped[str] = mapped_column(EncryptedText, default="")
    postcode: Mapped[str] = mapped_column(EncryptedText, default="")
    phone: Mapped[str] = mapped_column(EncryptedText, default="")
    email: Mapped[str] = mapped_column(EncryptedText, default="")
    care_home: Mapped[str] = mapped_column(EncryptedText, default="")
    practice_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    letter_format: Mapped[LetterFormat] = mapped_column(word(LetterFormat), default=LetterFormat.STANDARD)
    language: Mapped[str] = mapped_column(EncryptedText, default="")
    lives_alone: Mapped[bool | None]
    housebound: Mapped[bool | None]
    # A code of EthnicCategory: sealed, as it is told about in counts only.
    ethnicity: Mapped[str | None] = mapped_column(EncryptedText)
    imd_decile: Mapped[int | None]
    died_on: Mapped[date | None]
    # When all of this was last looked at and saved: as of then it holds.
    described_on: Mapped[date | None]
    # The same person entered twice: this entry has been joined to that one, and is found no more.
    merged_into_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("patient.id"))
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    practice: Mapped[Organisation | None] = relationship(foreign_keys=[practice_id])
    beginnings: Mapped[list["NameBeginning"]] = relationship(cascade="all, delete-orphan")

    @property
    def ethnic_category(self) -> EthnicCategory | None:
        return EthnicCategory(self.ethnicity) if self.ethnicity else None

    @property
    def born_on(self) -> date:
        return date.fromisoformat(self.born)


class NameBeginning(NetworkScoped, Model):
    """The keyed hash of how a part of a name begins: people are found by name, and the table tells none."""

    __tablename__ = "patient_name_beginning"
    __table_args__ = (UniqueConstraint("patient_id", "beginning"),)

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    beginning: Mapped[str] = mapped_column(BlindIndex("name"), index=True)
