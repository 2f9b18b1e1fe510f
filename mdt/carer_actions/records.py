"""Actions that a carer was asked for, with their answer."""

import uuid
from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.actions.records import Action
from mdt.carer_actions.rules import CarerAnswer, ToldHow
from mdt.story.records import Carer
from network.plumbing.database import Model, NetworkScoped, word


class CarerAction(NetworkScoped, Model):
    """An action whose doer is a carer: whoever coordinates follows it up, the carer signs in nowhere."""

    __tablename__ = "carer_action"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    carer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("carer.id"), index=True)
    action_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_action.id"), index=True)
    answer: Mapped[CarerAnswer] = mapped_column(word(CarerAnswer), default=CarerAnswer.ASKED)
    asked_by: Mapped[str] = mapped_column(String(120))
    asked_on: Mapped[date]
    answered_on: Mapped[date | None]
    told_how: Mapped[ToldHow | None] = mapped_column(word(ToldHow))
    told_on: Mapped[date | None]
    told_by: Mapped[str] = mapped_column(String(120), default="")

    carer: Mapped[Carer] = relationship()
    action: Mapped[Action] = relationship()
