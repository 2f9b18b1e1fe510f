"""Examples to learn from, written afresh from cases, and what was decided on them."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.cases.records import Case
from mdt.learning.rules import ExampleState, Verdict
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class LearningExample(NetworkScoped, Model):
    """A case good for learning, told without anybody in it. From which case it comes, few may know."""

    __tablename__ = "learning_example"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_case.id"), index=True)
    title: Mapped[str] = mapped_column(EncryptedText)
    vignette: Mapped[str] = mapped_column(EncryptedText)
    lesson: Mapped[str] = mapped_column(EncryptedText)
    question: Mapped[str] = mapped_column(EncryptedText, default="")
    disciplines: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[ExampleState] = mapped_column(word(ExampleState), default=ExampleState.OFFERED, index=True)
    author_id: Mapped[uuid.UUID | None]
    author: Mapped[str] = mapped_column(String(120))
    written_at: Mapped[datetime] = mapped_column(default=now)
    approved_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    case: Mapped[Case] = relationship()
    verdicts: Mapped[list["ExampleVerdict"]] = relationship(order_by="ExampleVerdict.at")


class ExampleVerdict(NetworkScoped, Model):
    """What somebody decided on an example, and why. Appended, never changed."""

    __tablename__ = "example_verdict"

    example_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("learning_example.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(word(Verdict))
    reason: Mapped[str] = mapped_column(EncryptedText, default="")
    by: Mapped[str] = mapped_column(String(120))
    by_id: Mapped[uuid.UUID | None]
    at: Mapped[datetime] = mapped_column(default=now)
