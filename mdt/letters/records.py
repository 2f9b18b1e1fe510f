"""What is written after a meeting, and who needs to be told what was decided."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.cases.records import Case
from mdt.letters.rules import Audience, LetterState, Way
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class LetterHead(NetworkScoped, Model):
    """Who writes to people, and whom they may ring; one row for a network."""

    __tablename__ = "letter_head"
    __table_args__ = (UniqueConstraint("network_id"),)

    team: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    hours: Mapped[str] = mapped_column(String(120), default="")


class Letter(NetworkScoped, Model):
    """A text for one audience, checked by a coordinator before it is given."""

    __tablename__ = "mdt_letter"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_case.id"), index=True)
    decision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id"), index=True)
    audience: Mapped[Audience] = mapped_column(word(Audience))
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    words: Mapped[str] = mapped_column(EncryptedText)
    state: Mapped[LetterState] = mapped_column(word(LetterState), default=LetterState.DRAFT)
    # The answer to "is it safe to send this to where they live?".
    is_safe: Mapped[bool | None]
    held_reason: Mapped[str] = mapped_column(EncryptedText, default="")
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    given_how: Mapped[Way | None] = mapped_column(word(Way))
    given_by: Mapped[str] = mapped_column(String(120), default="")
    given_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    case: Mapped[Case] = relationship()


class Telling(NetworkScoped, Model):
    """Somebody who needs to be told what was decided, by when, and how they were."""

    __tablename__ = "telling"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_case.id"), index=True)
    decision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id"), index=True)
    letter_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("mdt_letter.id"))
    audience: Mapped[Audience] = mapped_column(word(Audience))
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    whom: Mapped[str] = mapped_column(EncryptedText)
    # Of what, where it is not of what was decided.
    what: Mapped[str] = mapped_column(String(80), default="")
    due_on: Mapped[date]
    told_on: Mapped[date | None]
    told_how: Mapped[Way | None] = mapped_column(word(Way))
    told_by: Mapped[str] = mapped_column(String(120), default="")

    case: Mapped[Case] = relationship()
    letter: Mapped[Letter | None] = relationship()
