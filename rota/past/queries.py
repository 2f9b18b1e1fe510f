"""What earlier rotas say was worked, for rules that look back over weeks."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, cast, func, select

from network.plumbing.database import db
from network.vocabulary import SessionKind
from rota.past.rules import UNSOCIAL, looks_back_from, monday_of
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
        """Give a member's minutes in each week of which anything is recorded, from their first day on."""
        return {
            monday: self.minutes.get((member.id, monday), 0)
            for monday in sorted(self.weeks)
            if monday >= monday_of(member.planned_from)
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
