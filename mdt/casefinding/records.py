"""The rule by which a network looks at whom lists found."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from network.plumbing.database import Model, NetworkScoped, now


class FindingRule(NetworkScoped, Model):
    """A rule as it was set: the latest counts, and those before it stay to be read."""

    __tablename__ = "finding_rule"

    criteria: Mapped[dict[str, Any]]
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
