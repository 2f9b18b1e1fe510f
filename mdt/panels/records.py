"""What a network adds to the questions of a discipline's panel."""

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mdt.panels.rules import FieldKind
from network.plumbing.database import Model, NetworkScoped, word
from network.vocabulary import Discipline


class ExtraField(NetworkScoped, Model):
    """A question of the network's own, asked after those of the pack; ended, it is asked no more."""

    __tablename__ = "panel_extra_field"
    __table_args__ = (UniqueConstraint("network_id", "discipline", "name"),)

    discipline: Mapped[Discipline] = mapped_column(word(Discipline))
    name: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(120))
    hint: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[FieldKind] = mapped_column(word(FieldKind))
    choices: Mapped[list[str]] = mapped_column(default=list)
    position: Mapped[int]
    ended_on: Mapped[date | None]
