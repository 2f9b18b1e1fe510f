"""What earlier rotas say was worked, for rules that look back over weeks."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, cast, func, select

from network.plumbing.database import db
from network.vocabulary import SessionKind
from rota.past.rules import MEETINGS_LOOK_BACK, UNSOCIAL, looks_back_from, monday_of
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import VersionState
from rota.staff.records import RotaMember


@dataclass(frozen=True)
class Worked:
    """What earlier rotas say was worked: minutes by week, and the days of evenings and Saturdays by kind.

    `weeks` are those of which anything is recorded at all.
    """

    weeks: frozenset[date]
    minutes: Mapping[tuple[uuid.UUID, date], int]
    unsocial: Mapping[tuple[uuid.UUID, SessionKind], frozenset[date]]

    def minutes_of(self, member: RotaMember) -> dict[date, int]:
        """Give a member's minutes in each week of which anything is recorded, from their first day on.

        Weeks before that would let them work more now.
        """
        first = monday_of(max(member.planned_from, member.engagement.starts_on))
        return {
            monday: self.minutes.get((member.id, monday), 0)
            for monday in sorted(self.weeks)
            if monday >= first
        }

    def unsocial_of(self, member: RotaMember) -> dict[str, frozenset[date]]:
        """Give the days of a member's evenings and Saturdays."""
        kinds = sorted(UNSOCIAL)
        return {kind.value: days for kind in kinds if (days := self.unsocial.get((member.id, kind)))}


def worked_before(starts_on: date) -> Worked:
    """Read what was worked before a rota, as people were told, as far as its averages look back."""
    chosen = (
        RotaVersion.state == VersionState.CHOSEN,
        Assignment.day >= looks_back_from(starts_on),
        Assignment.day < starts_on,
    )
    monday = cast(func.date_trunc("week", Assignment.day), Date)
    by_week = db.session.execute(
        select(Assignment.member_id, monday, func.sum(Assignment.minutes))
        .join(Assignment.version)
        .where(*chosen)
        .group_by(Assignment.member_id, monday)
    ).all()
    unsocial: dict[tuple[uuid.UUID, SessionKind], set[date]] = {}
    for member_id, kind, day in db.session.execute(
        select(Assignment.member_id, Assignment.kind, Assignment.day)
        .join(Assignment.version)
        .where(*chosen, Assignment.kind.in_(UNSOCIAL))
    ):
        unsocial.setdefault((member_id, kind), set()).add(day)
    return Worked(
        frozenset(day for _, day, _ in by_week),
        {(member_id, day): int(minutes) for member_id, day, minutes in by_week},
        {key: frozenset(days) for key, days in unsocial.items()},
    )


def worked_since(first: date, starts_on: date) -> dict[uuid.UUID, list[Assignment]]:
    """Read what was worked in the days before a rota, by member."""
    rows = db.session.scalars(
        select(Assignment)
        .join(Assignment.version)
        .where(
            RotaVersion.state == VersionState.CHOSEN,
            Assignment.day >= first,
            Assignment.day < starts_on,
        )
    )
    found: dict[uuid.UUID, list[Assignment]] = {}
    for row in rows:
        found.setdefault(row.member_id, []).append(row)
    return found


def last_meetings(
    groups: Collection[tuple[uuid.UUID, ...]], starts_on: date
) -> dict[tuple[uuid.UUID, ...], date]:
    """Read when people were last all at one site in the same session before a rota, as they were told."""
    found = {group: _last_meeting(group, starts_on) for group in groups}
    return {group: day for group, day in found.items() if day is not None}


def _last_meeting(group: tuple[uuid.UUID, ...], starts_on: date) -> date | None:
    return db.session.scalar(
        select(Assignment.day)
        .join(RotaVersion, RotaVersion.id == Assignment.version_id)
        .where(
            RotaVersion.state == VersionState.CHOSEN,
            Assignment.day >= starts_on - MEETINGS_LOOK_BACK,
            Assignment.day < starts_on,
            Assignment.member_id.in_(group),
            # Remote work has no site.
            Assignment.site_id.is_not(None),
        )
        .group_by(Assignment.version_id, Assignment.day, Assignment.kind, Assignment.site_id)
        .having(func.count(Assignment.member_id.distinct()) == len(group))
        .order_by(Assignment.day.desc())
        .limit(1)
    )
