"""Sharing: on what basis, what was objected to, who stands in which relation, and who was told already."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.patients.records import Patient
from mdt.sharing.rules import ObjectionScope, Reason, SharingBasis, SharingMode
from network.organisations.records import Organisation
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText
from network.vocabulary import Discipline


class MeetingSettings(NetworkScoped, Model):
    """What a network has chosen for its meetings; one row, the usual choices where there is none."""

    __tablename__ = "meeting_settings"
    __table_args__ = (UniqueConstraint("network_id"),)

    sharing_mode: Mapped[SharingMode] = mapped_column(
        word(SharingMode), default=SharingMode.INFORM_AND_OBJECT
    )


class SharingRecord(NetworkScoped, Model):
    """How somebody was informed, or why they could not be. Append-only: the newest one counts."""

    __tablename__ = "sharing_record"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    basis: Mapped[SharingBasis] = mapped_column(word(SharingBasis))
    how: Mapped[str] = mapped_column(EncryptedText)
    informed_by: Mapped[str] = mapped_column(String(120))
    informed_on: Mapped[date]
    recorded_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class ObjectionRecord(NetworkScoped, Model):
    """What somebody does not want shared; `lifts_id` names an earlier one they take back. Append-only."""

    __tablename__ = "objection_record"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    scope: Mapped[ObjectionScope] = mapped_column(word(ObjectionScope))
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    discipline: Mapped[Discipline | None] = mapped_column(word(Discipline))
    topic: Mapped[str] = mapped_column(EncryptedText, default="")
    lifts_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("objection_record.id"), unique=True)
    recorded_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id])


class CareRelation(NetworkScoped, Model):
    """Why an organisation, a discipline of it or one account may know of a person, and from when to when."""

    __tablename__ = "care_relation"
    __table_args__ = (
        CheckConstraint("organisation_id is not null or account_id is not null", name="somebody"),
    )

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    reason: Mapped[Reason] = mapped_column(word(Reason))
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    discipline: Mapped[Discipline | None] = mapped_column(word(Discipline))
    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    # The one case that it opens; empty where it opens all of the person's.
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    # The case, meeting or action it comes from, so that it ends with it.
    from_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    # Where hours count: from this moment on it holds no more.
    ends_at: Mapped[datetime | None]
    made_by: Mapped[str] = mapped_column(String(120))

    patient: Mapped[Patient] = relationship()


class Disclosure(NetworkScoped, Model):
    """Somebody was told of a person: by a published list, a letter, an answered question. Append-only."""

    __tablename__ = "disclosure"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    # A carer may be among them.
    told: Mapped[str] = mapped_column(EncryptedText)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[uuid.UUID | None]
    what: Mapped[str] = mapped_column(String(80))
    # What for, where whoever told them was asked.
    why: Mapped[str | None] = mapped_column(EncryptedText)
    at: Mapped[datetime] = mapped_column(default=now)
