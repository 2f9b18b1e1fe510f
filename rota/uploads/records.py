"""Workbooks between upload and confirmation: what is confirmed was kept here, not sent by a browser."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from network.plumbing.database import Model, NetworkScoped, now, word
from rota.uploads.rules import UploadState


class WorkbookUpload(NetworkScoped, Model):
    """An uploaded workbook with what a rehearsal found; its content goes when it is imported."""

    __tablename__ = "workbook_upload"

    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[UploadState] = mapped_column(word(UploadState), default=UploadState.READY)
    size: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    said: Mapped[str] = mapped_column(String(500), default="")
    outcome: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime] = mapped_column(default=now)
