"""Who waits for a clinic: people entered in bundles and people asked for by meetings, by count alone."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from network.access.rules import Actor, Permission
from network.organisations.records import Site
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline
from rota.bundles.queries import as_need, current_bundles
from rota.bundles.rules import (
    USUAL_MINUTES,
    WEIGHTS,
    Counted,
    Entered,
    Need,
    counted,
    left_over,
)
from rota.clinic_series.records import ClinicServing, ClinicSession
from rota.clinics.queries import all_types, seats_of, troubles_with
from rota.clinics.rules import disciplines_of
from rota.neighbourhoods.queries import all_neighbourhoods, nearest_to
from rota.neighbourhoods.records import Neighbourhood
from rota.places.queries import waiting_for_planning
from rota.places.rules import Waiting
from rota.solver.staff_rota.clinics import Bundle
from rota.waiting.rules import Offered, ToPlan, could_be_for, in_order, is_overdue, needed_by, why_unplanned


@dataclass(frozen=True)
class RowShown:
    """People of one need in the list: their clinic, who sees them, and what stands in the way."""

    row: Counted
    clinic: str
    could_be: uuid.UUID | None
    disciplines: frozenset[Discipline]
    trouble: str
    is_overdue: bool
    weeks_between: int | None


@dataclass(frozen=True)
class AreaShown:
    """Those of one neighbourhood who wait."""

    neighbourhood: Neighbourhood
    rows: list[RowShown]

    @property
    def left(self) -> int:
        return left_over(each.row for each in self.rows)

    @property
    def sums(self) -> tuple[int, int, int]:
        """How many are entered, asked for by meetings, and planned for, of all rows."""
        rows = [each.row for each in self.rows]
        return (
            sum(row.entered for row in rows),
            sum(row.asked for row in rows),
            sum(row.planned for row in rows),
        )


def waiting_for(viewer: Actor) -> list[AreaShown]:
    """Return those who wait in the network, by neighbourhood, for those who may see clinics."""
    if not viewer.may(Permission.SEE_CLINICS):
        raise NotFound
    neighbourhoods, offered = all_neighbourhoods(), _offered()
    rows = sorted(_rows(neighbourhoods), key=lambda row: in_order(row.need))
    return [
        AreaShown(area, [_shown(row, offered) for row in rows if row.need.neighbourhood_id == area.id])
        for area in neighbourhoods
    ]


def asked_without_neighbourhood(viewer: Actor) -> int:
    """Count those asked for by meetings who cannot be planned for, because no neighbourhood is named yet."""
    if not viewer.may(Permission.SEE_CLINICS):
        raise NotFound
    return 0 if all_neighbourhoods() else sum(each.count for each in waiting_for_planning())


def bundles_for_planning() -> tuple[ToPlan, ...]:
    """Return those of the current network who are still to be planned for, numbered for the solver.

    Its area is the name of the neighbourhood, its disciplines are labels, its home is the code of a site.
    """
    neighbourhoods = {each.id: each for each in all_neighbourhoods()}
    offered = _offered()
    found: list[ToPlan] = []
    for row in _rows(list(neighbourhoods.values())):
        disciplines = needed_by(row.need, offered)
        if row.left and disciplines and not why_unplanned(row.need, offered):
            area = neighbourhoods[row.need.neighbourhood_id]
            found.append(ToPlan(_bundle(len(found), row, disciplines, area), row))
    return tuple(found)


def _bundle(number: int, row: Counted, disciplines: frozenset[Discipline], area: Neighbourhood) -> Bundle:
    return Bundle(
        number=number,
        area=area.name,
        disciplines=frozenset(each.label for each in disciplines),
        count=row.left,
        weight=WEIGHTS[row.need.priority],
        due=row.need.due_on,
        home=area.site.code,
        longest_minutes=row.need.longest_minutes,
        needs_step_free=row.need.needs_step_free,
        kind=str(row.need.clinic_type_id or ""),
    )


def _shown(row: Counted, offered: Mapping[uuid.UUID, Offered]) -> RowShown:
    clinic = could_be_for(row.need, offered)
    return RowShown(
        row=row,
        clinic=clinic.name if clinic and row.need.clinic_type_id else "Any clinic",
        could_be=clinic.id if clinic else None,
        disciplines=needed_by(row.need, offered),
        trouble=why_unplanned(row.need, offered),
        is_overdue=is_overdue(row, today()),
        weeks_between=clinic.weeks_between if clinic else None,
    )


def _offered() -> dict[uuid.UUID, Offered]:
    return {
        row.id: Offered(
            id=row.id,
            name=row.name,
            has=frozenset(seat.discipline for seat in row.seats),
            core=disciplines_of(seats_of(row)),
            is_used=row.retired_on is None and not troubles_with(row),
            weeks_between=row.weeks_between,
        )
        for row in all_types()
    }


def _rows(neighbourhoods: Sequence[Neighbourhood]) -> list[Counted]:
    planned = _planned()
    entered = [Entered(row.id, as_need(row), row.count, planned.get(row.id, 0)) for row in current_bundles()]
    asked = [
        (_need_of(waiting, home), waiting.count)
        for waiting, site in _asked()
        if (home := nearest_to(site, neighbourhoods))
    ]
    return counted(entered, asked)


def _asked() -> list[tuple[Waiting, Site | None]]:
    found = waiting_for_planning()
    ids = {each.home_site_id for each in found if each.home_site_id}
    sites = {site.id: site for site in db.session.scalars(select(Site).where(Site.id.in_(ids)))}
    return [(each, sites.get(each.home_site_id) if each.home_site_id else None) for each in found]


def _need_of(waiting: Waiting, home: Neighbourhood) -> Need:
    return Need(
        neighbourhood_id=home.id,
        clinic_type_id=waiting.clinic_type_id,
        disciplines=waiting.disciplines,
        priority=waiting.priority,
        due_on=waiting.due,
        needs_step_free=waiting.step_free,
        longest_minutes=USUAL_MINUTES if waiting.longest_minutes is None else waiting.longest_minutes,
    )


def _planned() -> Mapping[uuid.UUID, int]:
    """Count for each bundle how many have a place in a clinic that was not closed."""
    rows = db.session.execute(
        select(ClinicServing.bundle_id, func.sum(ClinicServing.count))
        .join(ClinicServing.session)
        .where(ClinicSession.closed_at.is_(None))
        .group_by(ClinicServing.bundle_id)
    )
    return {bundle_id: int(count) for bundle_id, count in rows}
