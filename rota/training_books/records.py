"""Workbooks of training between upload and confirmation."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from network.plumbing.database import Model, NetworkScoped, now


class TrainingUpload(NetworkScoped, Model):
    """An uploaded workbook with what a rehearsal found; its content goes when it is imported."""

    __tablename__ = "training_upload"

    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    outcome: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime] = mapped_column(default=now)
    imported_at: Mapped[datetime | None]
