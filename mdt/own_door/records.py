"""Links by which people read their own page, what they said there, and what keeps them shut."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.own_door.rules import EndReason, NoteKind, StopReason
from mdt.story.records import Carer
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class OwnDoor(NetworkScoped, Model):
    """A link for a person, or for one carer of theirs. Of its secret only a hash is kept."""

    __tablename__ = "own_door"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    carer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("carer.id"), index=True)
    # The parts that it shows.
    reads: Mapped[list[str]]
    asks_birthday: Mapped[bool]
    key_hash: Mapped[str] = mapped_column(String(64))
    # How it reaches them, and why that is safe.
    handed_over: Mapped[str] = mapped_column(EncryptedText)
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    expires_on: Mapped[date]
    wrong_tries: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")
    ended_because: Mapped[EndReason | None] = mapped_column(word(EndReason))

    carer: Mapped[Carer | None] = relationship()


class DoorNote(NetworkScoped, Model):
    """What somebody did at their door that a coordinator is to know of."""

    __tablename__ = "own_door_note"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    door_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("own_door.id"), index=True)
    kind: Mapped[NoteKind] = mapped_column(word(NoteKind))
    words: Mapped[str] = mapped_column(EncryptedText)
    said_by: Mapped[str] = mapped_column(EncryptedText)
    said_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
    read_by: Mapped[str] = mapped_column(String(120), default="")


class DoorStop(NetworkScoped, Model):
    """A coordinator's word that nobody gets a link to this person's page, until it is lifted."""

    __tablename__ = "own_door_stop"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    because: Mapped[StopReason] = mapped_column(word(StopReason))
    stopped_by: Mapped[str] = mapped_column(String(120))
    stopped_at: Mapped[datetime] = mapped_column(default=now)
    lifted_why: Mapped[str | None] = mapped_column(EncryptedText)
    lifted_by: Mapped[str] = mapped_column(String(120), default="")
    lifted_at: Mapped[datetime | None]
