"""Decisions: what was decided, and what was added to it later. Only ever added to."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.cases.records import Case
from mdt.decisions.rules import DecisionState
from mdt.goals.records import Goal
from mdt.lists.records import AgendaItem
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class Decision(NetworkScoped, Model):
    """What was decided, why, what was put aside and who thought otherwise, as it was read back.

    Read back again before it is signed, it is a new row that names the one it replaces; then addenda follow.
    """

    __tablename__ = "decision"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_case.id"), index=True)
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    words: Mapped[str] = mapped_column(EncryptedText)
    rationale: Mapped[str] = mapped_column(EncryptedText, default="")
    put_aside: Mapped[str] = mapped_column(EncryptedText, default="")
    dissent: Mapped[str] = mapped_column(EncryptedText, default="")
    # Disciplines that were at the table.
    agreed_by: Mapped[list[str]] = mapped_column(default=list)
    # What the person wants to reach, where the decision serves it.
    goal_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("goal.id"), index=True)
    state: Mapped[DecisionState] = mapped_column(word(DecisionState), default=DecisionState.CONFIRMED)
    read_back_by: Mapped[str] = mapped_column(String(120))
    confirmed_at: Mapped[datetime] = mapped_column(default=now)
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id"), unique=True)
    signed_by: Mapped[str] = mapped_column(String(120), default="")
    signed_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    item: Mapped[AgendaItem] = relationship()
    goal: Mapped[Goal | None] = relationship()
    addenda: Mapped[list["Addendum"]] = relationship(order_by="Addendum.at")


class Addendum(NetworkScoped, Model):
    """What was added to a decision after it was signed. Append-only."""

    __tablename__ = "addendum"

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    words: Mapped[str] = mapped_column(EncryptedText)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(default=now)
