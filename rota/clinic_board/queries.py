"""The board of clinics by site and week, those at risk, and one clinic as its page shows it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import select

from network.access.rules import Actor, Permission
from network.organisations.records import Site
from network.organisations.rules import SATURDAY
from network.plumbing.database import db, today
from network.vocabulary import RoomKind
from rota.clinic_plans.queries import open_plans_for
from rota.clinic_plans.records import ClinicPlan
from rota.clinic_plans.rules import PlanState
from rota.clinic_seats.queries import Team, may_open, seated_in, team_of, teams_of
from rota.clinic_series.queries import clinics_for, find_beside, get_clinic_for
from rota.clinic_series.records import ClinicSession
from rota.clinic_series.rules import ClinicState, Place, capacity_of
from rota.clinic_visits.queries import places_of
from rota.clinic_visits.rules import Place as Seen
from rota.clinics.queries import as_design, seats_of
from rota.clinics.rules import rooms_wanted
from rota.repairs.queries import ill_now
from rota.roster.rules import ORDER
from rota.rotas.rules import VersionState
from rota.waiting.queries import asked_without_neighbourhood, waiting_for

# As far ahead as whoever runs clinics can still do something calmly.
LOOKS_AHEAD = timedelta(weeks=8)


@dataclass(frozen=True)
class Week:
    """The clinics of a week, by site and day, and those at risk from today on."""

    monday: date
    teams: Sequence[Team]
    at_risk: Sequence[Team]
    may_edit: bool
    next_day: date | None

    @property
    def days(self) -> list[date]:
        return [self.monday + timedelta(days) for days in range(SATURDAY + 1)]

    @cached_property
    def sites(self) -> list[Site]:
        found = {team.clinic.site_id: team.clinic.site for team in self.teams}
        return sorted(found.values(), key=lambda site: site.name)

    def at(self, site: Site, day: date) -> list[Team]:
        """Give the clinics of a site on a day."""
        found = [team for team in self.teams if (team.clinic.site_id, team.clinic.day) == (site.id, day)]
        return sorted(found, key=lambda team: ORDER[team.clinic.kind])


@dataclass(frozen=True)
class Provision:
    """A kind of room or equipment: how many a clinic uses, and how many there are for it."""

    what: str
    wanted: int
    there: int


@dataclass(frozen=True)
class ClinicPage:
    """One clinic: its people and how it stands, its places, and what its site has for it."""

    team: Team
    places: tuple[Seen, ...]
    provisions: tuple[Provision, ...]
    lacking: tuple[str, ...]
    may_edit: bool
    # Whoever does not publish cannot take people off a day that they were told of.
    may_change: bool
    may_open: bool
    # Those of its people who are ill, for whoever finds cover: by name, and their absence.
    ill: tuple[tuple[str, uuid.UUID], ...] = ()

    @property
    def clinic(self) -> ClinicSession:
        return self.team.clinic

    @property
    def is_last(self) -> bool:
        """Say whether no other clinic of the series comes after it."""
        series = self.clinic.series
        return series is None or not any(
            each.day > self.clinic.day and not each.is_closed for each in series.sessions
        )

    @property
    def capacity(self) -> int:
        return capacity_of(self.team.kind)


def week_for(viewer: Actor, monday: date) -> Week:
    """Return the clinics of a week."""
    ahead = teams_of(clinics_for(viewer, today(), today() + LOOKS_AHEAD))
    return Week(
        monday=monday,
        teams=teams_of(clinics_for(viewer, monday, monday + timedelta(SATURDAY))),
        at_risk=[team for team in ahead if team.state is ClinicState.AT_RISK],
        may_edit=viewer.may(Permission.EDIT_CLINICS),
        next_day=db.session.scalar(
            select(ClinicSession.day)
            .where(ClinicSession.day >= monday + timedelta(7), ClinicSession.closed_at.is_(None))
            .order_by(ClinicSession.day)
            .limit(1)
        ),
    )


def clinics_at_risk(viewer: Actor) -> Sequence[Team]:
    """Return the clinics from today on that are not safe, for those who may see clinics."""
    if not viewer.may(Permission.SEE_CLINICS):
        return ()
    teams = teams_of(clinics_for(viewer, today(), today() + LOOKS_AHEAD))
    return [team for team in teams if team.state is ClinicState.AT_RISK]


@dataclass(frozen=True)
class ToDo:
    """What whoever plans clinics has to see to: who waits, who of them too long, and proposals."""

    waiting: int
    overdue: int
    plans: Sequence[ClinicPlan]

    def __bool__(self) -> bool:
        return bool(self.waiting or self.plans)


def to_do_for(viewer: Actor) -> ToDo:
    """Return what waits for whoever plans clinics; nothing does for others."""
    if not viewer.may(Permission.EDIT_CLINICS):
        return ToDo(0, 0, ())
    rows = [each for area in waiting_for(viewer) for each in area.rows]
    return ToDo(
        sum(each.row.left for each in rows) + asked_without_neighbourhood(viewer),
        sum(each.row.left for each in rows if each.is_overdue),
        [each for each in open_plans_for(viewer) if each.state is PlanState.READY],
    )


def clinic_page_for(viewer: Actor, session_id: uuid.UUID) -> ClinicPage:
    """Return one clinic as its page shows it."""
    clinic = get_clinic_for(viewer, session_id)
    provisions, lacking = _provisions(viewer, clinic)
    team = team_of(clinic)
    may_edit = viewer.may(Permission.EDIT_CLINICS) and clinic.day >= today()
    return ClinicPage(
        team=team,
        places=places_of(clinic),
        provisions=provisions,
        lacking=lacking,
        may_edit=may_edit,
        may_change=may_edit and (viewer.may(Permission.PUBLISH_ROTA) or not is_told(clinic)),
        may_open=may_open(viewer, team.version),
        ill=_ill_in(viewer, team),
    )


def _ill_in(viewer: Actor, team: Team) -> tuple[tuple[str, uuid.UUID], ...]:
    """Return who of a clinic's people is reported ill then, to those who find cover for them."""
    away = {sitter.member.id for taken in team.seats for sitter in taken.sitters if sitter.is_away}
    if not away or not viewer.may(Permission.PUBLISH_ROTA):
        return ()
    day = team.clinic.day
    return tuple(
        (each.name, each.id)
        for each, _, _ in ill_now(viewer)
        if each.member_id in away and each.away.starts_on <= day <= each.away.ends_on
    )


def is_told(clinic: ClinicSession) -> bool:
    """Say whether people were told that they sit in a clinic."""
    return any(version.state is VersionState.CHOSEN for version in seated_in(clinic))


def _provisions(viewer: Actor, clinic: ClinicSession) -> tuple[tuple[Provision, ...], tuple[str, ...]]:
    """Return what a clinic uses beside what there is, and what is lacking in words."""
    place = Place(clinic.site_id, clinic.day, clinic.kind)
    beside = find_beside(viewer, clinic.clinic_type, place, but=clinic.id)
    if beside is None:
        return (), (f"{clinic.site.name} belongs to this network no more.",)
    design, site = as_design(clinic.clinic_type), beside.left
    rooms = rooms_wanted(design, seats_of(clinic.clinic_type))
    found = [
        *(Provision(kind.label, rooms[kind], site.rooms.get(kind, 0)) for kind in RoomKind if rooms[kind]),
        *(
            Provision(kind.label, count, site.equipment.get(kind, 0))
            for kind, count in design.equipment.items()
        ),
    ]
    return tuple(found), beside.lacks
