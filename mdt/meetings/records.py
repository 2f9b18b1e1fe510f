"""Meetings: series, dates, and who is expected and came."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.meetings.rules import AttendanceState, MeetingKind, MeetingState
from network.organisations.records import Organisation
from network.plumbing.database import Model, NetworkScoped, word
from network.plumbing.encryption import EncryptedText
from network.vocabulary import Discipline


class MeetingSeries(NetworkScoped, Model):
    """What a meeting is for, how long it is, and how many of which discipline make its quorum."""

    __tablename__ = "meeting_series"
    __table_args__ = (
        CheckConstraint("minutes > opening_minutes + closing_minutes", name="minutes"),
        CheckConstraint("every_weeks > 0", name="every_weeks"),
    )

    name: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(String(400), default="")
    minutes: Mapped[int] = mapped_column(default=60)
    opening_minutes: Mapped[int] = mapped_column(default=2)
    closing_minutes: Mapped[int] = mapped_column(default=4)
    every_weeks: Mapped[int] = mapped_column(default=2)
    place: Mapped[str] = mapped_column(EncryptedText, default="")
    link: Mapped[str] = mapped_column(EncryptedText, default="")
    # Discipline to number, such as {"pharmacy": 1}.
    quorum: Mapped[dict[str, Any]] = mapped_column(default=dict)
    chair_id: Mapped[uuid.UUID | None]
    minute_taker_id: Mapped[uuid.UUID | None]
    is_ended: Mapped[bool] = mapped_column(default=False)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    members: Mapped[list["SeriesMember"]] = relationship(
        cascade="all, delete-orphan", order_by="SeriesMember.name"
    )


class SeriesMember(NetworkScoped, Model):
    """Somebody who is expected at every date of a series."""

    __tablename__ = "series_member"
    __table_args__ = (UniqueConstraint("series_id", "account_id"),)

    series_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting_series.id"), index=True)
    account_id: Mapped[uuid.UUID]
    name: Mapped[str] = mapped_column(String(120))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    discipline: Mapped[Discipline] = mapped_column(word(Discipline))

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])


class Meeting(NetworkScoped, Model):
    """One date of a series, or a huddle that could not wait for one; it keeps its own quorum and length."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("series_id", "starts_at"),)

    series_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("meeting_series.id"), index=True)
    kind: Mapped[MeetingKind] = mapped_column(word(MeetingKind), default=MeetingKind.MEETING)
    name: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    minutes: Mapped[int]
    opening_minutes: Mapped[int] = mapped_column(default=2)
    closing_minutes: Mapped[int] = mapped_column(default=4)
    place: Mapped[str] = mapped_column(EncryptedText, default="")
    link: Mapped[str] = mapped_column(EncryptedText, default="")
    quorum: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[MeetingState] = mapped_column(word(MeetingState), default=MeetingState.PLANNED)
    chair_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    chair: Mapped[str] = mapped_column(String(120), default="")
    minute_taker_id: Mapped[uuid.UUID | None]
    minute_taker: Mapped[str] = mapped_column(String(120), default="")
    published_at: Mapped[datetime | None]
    published_by: Mapped[str] = mapped_column(String(120), default="")
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[str] = mapped_column(String(120), default="")
    # Why it was cancelled, or why a huddle could not wait.
    reason: Mapped[str] = mapped_column(EncryptedText, default="")
    # Grows with every change in the room, so that the others' screens know what they have not seen.
    change_number: Mapped[int] = mapped_column(default=0)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    series: Mapped[MeetingSeries | None] = relationship()
    attendances: Mapped[list["Attendance"]] = relationship(
        cascade="all, delete-orphan", order_by="Attendance.name"
    )


class Attendance(NetworkScoped, Model):
    """Somebody expected at a meeting, for which part of its list, and whether they came."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "account_id"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(120))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    discipline: Mapped[Discipline] = mapped_column(word(Discipline))
    state: Mapped[AttendanceState] = mapped_column(word(AttendanceState), default=AttendanceState.EXPECTED)
    # Whoever came instead counts for the same discipline.
    deputy: Mapped[str] = mapped_column(String(120), default="")
    # When they said whether they come; still expected, they do.
    answered_at: Mapped[datetime | None]
    # Positions on the list: a practice's GP comes for its own cases only. None: from the first, to the last.
    from_position: Mapped[int | None]
    to_position: Mapped[int | None]

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
