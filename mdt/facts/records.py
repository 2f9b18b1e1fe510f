"""Facts about people, each as of a day: appended, never written over."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mdt.facts.rules import FactOrigin
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class PatientFact(NetworkScoped, Model):
    """One thing known of a person as of a day; what is known better later is a further row."""

    __tablename__ = "patient_fact"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    # A number, a day, or a word, as text; what it is, the list of facts says.
    value: Mapped[str] = mapped_column(EncryptedText)
    as_at: Mapped[date]
    kind: Mapped[FactOrigin] = mapped_column(word(FactOrigin))
    source: Mapped[str] = mapped_column(EncryptedText)
    # The contribution, case or list that it was read from.
    from_id: Mapped[uuid.UUID | None]
    noted_by: Mapped[str] = mapped_column(String(120))
    noted_at: Mapped[datetime] = mapped_column(default=now)
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[str] = mapped_column(String(120), default="")
