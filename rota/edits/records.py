"""Edits of a rota version: what changed together, who changed it and why, cell by cell."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, now, word
from network.vocabulary import SessionKind
from rota.edits.rules import Cell, EditKind
from rota.staff.records import RotaMember


class Edit(NetworkScoped, Model):
    """Cells changed in one go, numbered within a version. An undo is an edit that names what it took back."""

    __tablename__ = "rota_edit"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_version.id"))
    number: Mapped[int]
    kind: Mapped[EditKind] = mapped_column(word(EditKind))
    said: Mapped[str] = mapped_column(String(200), default="")
    why: Mapped[str] = mapped_column(Text, default="")
    takes_back_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("rota_edit.id"), unique=True)
    account_id: Mapped[uuid.UUID | None]
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(default=now)

    changes: Mapped[list["ChangeEvent"]] = relationship(back_populates="edit", cascade="all, delete-orphan")


class ChangeEvent(NetworkScoped, Model):
    """One cell that an edit changed: its content before and after as data, None where it was empty."""

    __tablename__ = "change_event"
    __table_args__ = (
        UniqueConstraint("edit_id", "member_id", "day", "kind"),
        Index("ix_change_event_cell", "version_id", "member_id", "day", "kind"),
    )

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_version.id"))
    edit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_edit.id"), index=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)
    day: Mapped[date]
    kind: Mapped[SessionKind] = mapped_column(word(SessionKind))
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]

    edit: Mapped[Edit] = relationship(back_populates="changes")
    member: Mapped[RotaMember] = relationship()

    @property
    def cell(self) -> Cell:
        return Cell(self.member_id, self.day, self.kind)
