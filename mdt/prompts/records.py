"""Which prompts a network uses, with which numbers, and what became of those that came up."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mdt.prompts.rules import DismissReason, PromptOutcome
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class PromptSetting(NetworkScoped, Model):
    """What a network has chosen for one prompt; without a row, what the pack says."""

    __tablename__ = "prompt_setting"
    __table_args__ = (UniqueConstraint("network_id", "code"),)

    code: Mapped[str] = mapped_column(String(10))
    is_on: Mapped[bool]
    thresholds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changed_by: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[datetime] = mapped_column(default=now)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class PromptAnswer(NetworkScoped, Model):
    """What somebody made of a prompt about a person: it stays away until the day is over."""

    __tablename__ = "prompt_answer"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_case.id"), index=True)
    code: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[PromptOutcome] = mapped_column(word(PromptOutcome))
    reason: Mapped[DismissReason | None] = mapped_column(word(DismissReason))
    words: Mapped[str] = mapped_column(EncryptedText, default="")
    # The facts as they were then, in words: they may be others by now.
    because: Mapped[str] = mapped_column(EncryptedText, default="")
    done: Mapped[str] = mapped_column(EncryptedText, default="")
    answered_by: Mapped[str] = mapped_column(String(120))
    answered_at: Mapped[datetime] = mapped_column(default=now)
    quiet_until: Mapped[date]
    taken_back_at: Mapped[datetime | None]
