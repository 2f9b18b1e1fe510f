"""Sheets of rotas between upload and confirmation."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from network.plumbing.database import Model, NetworkScoped, now


class RotaSheet(NetworkScoped, Model):
    """An uploaded sheet: what it would change in a draft, cell by cell, and what could not be read."""

    __tablename__ = "rota_sheet"

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_version.id"))
    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(120))
    outcome: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime] = mapped_column(default=now)
