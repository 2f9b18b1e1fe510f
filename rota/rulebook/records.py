"""The rulebook: each rule as this network holds it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from network.plumbing.database import Model, NetworkScoped


class RuleSetting(NetworkScoped, Model):
    """A rule switched on or off, with its severity, tier, weight and numbers, and who accepted them.

    `contracts` lists the contract types it binds; None means all.
    """

    __tablename__ = "rule_setting"
    __table_args__ = (UniqueConstraint("network_id", "code"),)

    code: Mapped[str] = mapped_column(String(8))
    is_on: Mapped[bool] = mapped_column(default=True)
    severity: Mapped[str] = mapped_column(String(4))
    tier: Mapped[str] = mapped_column(String(2))
    weight: Mapped[int]
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    contracts: Mapped[list[str] | None]
    source: Mapped[str] = mapped_column(Text, default="")
    effective_from: Mapped[date]
    accepted_by: Mapped[str] = mapped_column(String(120), default="")
    accepted_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012
