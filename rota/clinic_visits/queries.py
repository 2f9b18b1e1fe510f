"""The flow of patients through one clinic: its hours, its places by number, and who is there to see them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from network.organisations.records import Site
from network.organisations.rules import WeeklySession
from network.vocabulary import Discipline, SessionKind
from rota.clinic_seats.queries import Team, team_of
from rota.clinic_series.records import ClinicSession
from rota.clinic_series.rules import Staffing
from rota.clinic_visits.rules import (
    HUDDLE,
    Picture,
    Place,
    chairs_of,
    needs_of,
    numbered,
    picture_of,
    too_late_said,
    without_absent,
)
from rota.clinics.queries import seats_of
from rota.clinics.rules import disciplines_of
from rota.places.queries import get_place, places_in
from rota.roster.rules import USUAL_HOURS, on_day
from rota.slots.queries import find_clinic_of
from rota.solver.clinic_flow import Flow, Unplaced, Visit, flow


@dataclass(frozen=True)
class Stay:
    """One place's visits, in order of time, and how long its patient waits between them."""

    place: int
    visits: tuple[Visit, ...]
    waits: int

    @property
    def arrives(self) -> datetime:
        return self.visits[0].starts

    @property
    def leaves(self) -> datetime:
        return self.visits[-1].ends


@dataclass(frozen=True)
class Visits:
    """When each place of a clinic sees whom."""

    clinic: ClinicSession
    opens: datetime
    closes: datetime
    huddle: datetime | None
    begins: datetime
    places: tuple[Place, ...]
    flow: Flow
    absent: Mapping[Discipline, int]

    @cached_property
    def picture(self) -> Picture:
        return picture_of(self.flow, self.opens, self.closes)

    @property
    def stays(self) -> list[Stay]:
        return [
            Stay(place, tuple(self.flow.visits_of(place)), sum(self.flow.waits_of(place)))
            for place in self.flow.places
        ]

    @property
    def unplaced(self) -> Sequence[Unplaced]:
        return self.flow.unplaced


def session_hours(site: Site, day: date, kind: SessionKind) -> tuple[datetime, datetime]:
    """Say when a session of a day starts and ends at a site."""
    openings = {
        WeeklySession(each.weekday, each.kind): (each.starts_at, each.ends_at) for each in site.openings
    }
    starts, ends = openings.get(WeeklySession(day.weekday(), kind), USUAL_HOURS[kind])
    return on_day(day, starts), on_day(day, ends)


def places_of(clinic: ClinicSession) -> tuple[Place, ...]:
    """Return the places of a clinic: those that were asked for, and those for people of bundles."""
    usual = disciplines_of(seats_of(clinic.clinic_type))
    asked = {
        place.number: frozenset(map(Discipline, place.disciplines)) or usual
        for place in places_in(clinic.id)
        if place.number
    }
    bundles = [
        (frozenset(map(Discipline, each.bundle.disciplines)) or usual, each.count) for each in clinic.served
    ]
    return numbered(asked, bundles)


def visits_of(team: Team) -> Visits:
    """Find an order of visits for a clinic, with those who are there; with those needed while nobody is."""
    clinic, seats = team.clinic, seats_of(team.clinic.clinic_type)
    kind = clinic.clinic_type
    needed = {seat.role_group.label: seat.needed for seat in seats}
    present = team.present if team.staffing is not Staffing.OPEN and any(team.people) else needed
    opens, closes = session_hours(clinic.site, clinic.day, clinic.kind)
    huddle = opens + timedelta(minutes=kind.setup_minutes)
    starts = huddle + HUDDLE if kind.has_huddle else huddle
    places, chairs = places_of(clinic), chairs_of(seats, present)
    seen, absent = without_absent(places, chairs)
    if starts < closes:
        waits = kind.longest_wait, kind.longest_stay
        found = flow(needs_of(seen, seats), chairs, starts, closes, *waits)
    else:
        found = Flow((), tuple(Unplaced(place.number, too_late_said(place)) for place in places))
    return Visits(clinic, opens, closes, huddle if kind.has_huddle else None, starts, places, found, absent)


def arrival(token: uuid.UUID) -> time | None:
    """Say when whoever has a place comes, as its clinic is now; None where no time is found for them."""
    place = get_place(token)
    clinic = find_clinic_of(place)
    if clinic is None or clinic.is_closed:
        return None
    stays = visits_of(team_of(clinic)).stays
    return next((stay.arrives.time() for stay in stays if stay.place == place.number), None)
