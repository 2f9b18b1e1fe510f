"""Records that others sent, between upload and confirmation."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from mdt.exchange.incoming.rules import FileState
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class RecordFile(NetworkScoped, Model):
    """A file about somebody known here; its content goes when it is taken over, or after a day."""

    __tablename__ = "record_file"

    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    patient_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("patient.id"), index=True)
    content: Mapped[str | None] = mapped_column(EncryptedText)
    state: Mapped[FileState] = mapped_column(word(FileState), default=FileState.READY)
    at: Mapped[datetime] = mapped_column(default=now)
