"""Notices: who is told of which published version, what changed for them and why, and what became of it."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.people.records import Person
from network.plumbing.database import Model, NetworkScoped, now, word
from network.vocabulary import SessionKind
from rota.edits.rules import Cell
from rota.notices.rules import Change, Duty, LetterKind, NoticeState, state_of
from rota.rotas.records import RotaVersion


class Notice(NetworkScoped, Model):
    """One person is told of one published version: of all of it the first time, then of what changed."""

    __tablename__ = "rota_notice"
    __table_args__ = (UniqueConstraint("version_id", "person_id"),)

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_version.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    is_first: Mapped[bool]
    must_be_rung: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(default=now)
    # The letter that waits to be written; none once it was handed to the post.
    letter_due: Mapped[LetterKind | None] = mapped_column(word(LetterKind))
    letter_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    in_person_at: Mapped[datetime | None]
    in_person_by: Mapped[str] = mapped_column(String(120), default="")

    version: Mapped[RotaVersion] = relationship()
    person: Mapped[Person] = relationship()
    changes: Mapped[list["NoticeChange"]] = relationship(
        back_populates="notice", cascade="all, delete-orphan"
    )

    @property
    def state(self) -> NoticeState:
        return state_of(self.seen_at, self.confirmed_at, self.in_person_at)

    @property
    def is_open(self) -> bool:
        return self.state in (NoticeState.UNSEEN, NoticeState.SEEN)


class NoticeChange(NetworkScoped, Model):
    """One session that a notice tells of, as it was and as it is, and why it changed."""

    __tablename__ = "notice_change"
    __table_args__ = (UniqueConstraint("notice_id", "member_id", "day", "kind"),)

    notice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_notice.id"))
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rota_member.id"), index=True)
    day: Mapped[date]
    kind: Mapped[SessionKind] = mapped_column(word(SessionKind))
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    why: Mapped[str] = mapped_column(Text, default="")

    notice: Mapped[Notice] = relationship(back_populates="changes")

    @property
    def value(self) -> Change:
        """The change as the rules take it."""
        cell = Cell(self.member_id, self.day, self.kind)
        return Change(cell, Duty.of_kept(self.before), Duty.of_kept(self.after), self.why)
