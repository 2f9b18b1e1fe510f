"""Asking for proposals of a clinic: what was asked, how far it is, and what was found and chosen."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.plumbing.database import Model, NetworkScoped, now, word
from rota.clinic_plans.rules import PlanState
from rota.clinic_series.records import ClinicSeries
from rota.clinics.records import ClinicType
from rota.neighbourhoods.records import Neighbourhood
from rota.rotas.records import RotaVersion


class ClinicPlan(NetworkScoped, Model):
    """A clinic that somebody plans, with proposals made on one draft; `accepted` says what came of one."""

    __tablename__ = "clinic_plan"

    clinic_type_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("clinic_type.id"))
    neighbourhood_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("neighbourhood.id"))
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_version.id"), index=True)
    every_weeks: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[PlanState] = mapped_column(word(PlanState), default=PlanState.WAITING)
    said: Mapped[str] = mapped_column(Text, default="")
    proposals: Mapped[dict[str, Any]] = mapped_column(default=dict)
    accepted: Mapped[dict[str, Any]] = mapped_column(default=dict)
    asked_by: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    series_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("clinic_series.id"))

    clinic_type: Mapped[ClinicType] = relationship()
    neighbourhood: Mapped[Neighbourhood] = relationship()
    version: Mapped[RotaVersion] = relationship()
    series: Mapped[ClinicSeries | None] = relationship()
