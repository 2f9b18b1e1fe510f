"""Actions: what somebody will do for a person, by a day."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.actions.rules import ActionState, NotDone
from mdt.cases.records import Case
from mdt.decisions.records import Decision
from mdt.lists.records import AgendaItem
from network.organisations.records import Organisation
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText
from network.vocabulary import Discipline


class Action(NetworkScoped, Model):
    """Something to be done by a day. Its owner is a person, or an organisation whose members all see it."""

    __tablename__ = "mdt_action"
    __table_args__ = (CheckConstraint("owner_id is not null or organisation_id is not null", name="owner"),)

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_case.id"), index=True)
    decision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id"), index=True)
    item_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    words: Mapped[str] = mapped_column(EncryptedText)
    # An account, or none where the whole organisation is asked.
    owner_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    owner: Mapped[str] = mapped_column(String(120))
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    discipline: Mapped[Discipline | None] = mapped_column(word(Discipline))
    to_be_told: Mapped[str] = mapped_column(EncryptedText, default="")
    due_on: Mapped[date]
    state: Mapped[ActionState] = mapped_column(word(ActionState), default=ActionState.OPEN, index=True)
    not_done: Mapped[NotDone | None] = mapped_column(word(NotDone))
    note: Mapped[str] = mapped_column(EncryptedText, default="")
    # The one that was handed over to this owner.
    follows_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("mdt_action.id"))
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    case: Mapped[Case] = relationship()
    decision: Mapped[Decision | None] = relationship()
    item: Mapped[AgendaItem | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id])
