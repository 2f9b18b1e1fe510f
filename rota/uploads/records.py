"""Workbooks between upload and confirmation: what is confirmed was kept here, not sent by a browser."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from network.plumbing.database import Model, NetworkScoped, now


class WorkbookUpload(NetworkScoped, Model):
    """An uploaded workbook with what a rehearsal of its import found; gone when confirmed, or after a day."""

    __tablename__ = "workbook_upload"

    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    outcome: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime] = mapped_column(default=now)
