"""Running clinics: closed with a reason and opened again, moved, and a seat taken by a stand-in."""

import uuid

from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_site_for
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, NotAllowed, Refusal
from rota.clinic_seats.commands import (
    contents_to_empty,
    empty_seats,
    free_among,
    lay,
    require_free,
    require_planner_of_clinics,
    take_clinic,
    withdraw_lines,
)
from rota.clinic_seats.queries import seated_in
from rota.clinic_series.records import ClinicSession
from rota.clinic_series.rules import Place, place_said, wrong_with_reason
from rota.places.commands import lose_places, move_places
from rota.rotas.rules import VersionState
from rota.slots.commands import give_free_places
from rota.standins.commands import publish_changes
from rota.waiting.commands import give_places

WHY_ENDED = "The series has ended."


@command
def close_clinic(actor: Actor, session_id: uuid.UUID, why: str) -> list[str]:
    """Close a clinic: its people are free, those who were told hear of it, and its places wait again.

    The names of those who are told are returned.
    """
    require_planner_of_clinics(actor)
    clinic = _take_open(session_id)
    if wrong := wrong_with_reason(why):
        raise Invalid(wrong)
    told = _release(actor, clinic, f"The clinic is closed: {why.strip()}")
    clinic.closed_at, clinic.closed_by, clinic.closed_why = now(), actor.name, why.strip()
    withdraw_lines(clinic)
    places = lose_places(clinic.id)
    clinic.served.clear()
    give_free_places(clinic.clinic_type_id)
    record(actor, "close_clinic", "clinic_session", clinic.id, people=len(told), places=len(places))
    return told


@command
def reopen_clinic(actor: Actor, session_id: uuid.UUID) -> None:
    """Hold a clinic after all; its seats are empty, and those who wait longest have its places."""
    require_planner_of_clinics(actor)
    clinic = take_clinic(session_id)
    if not clinic.is_closed:
        raise Refusal("This clinic is not closed.")
    require_free(actor, clinic.clinic_type_id, _place_of(clinic))
    clinic.closed_at, clinic.closed_by, clinic.closed_why = None, "", ""
    db.session.flush()
    lay([clinic])
    give_places(clinic)
    record(actor, "reopen_clinic", "clinic_session", clinic.id)


@command
def move_clinic(actor: Actor, session_id: uuid.UUID, place: Place, why: str) -> list[str]:
    """Hold a clinic at another time or site: its people are free of the old one, its places go with it.

    The names of those who are told are returned.
    """
    require_planner_of_clinics(actor)
    clinic = _take_open(session_id)
    if wrong := wrong_with_reason(why):
        raise Invalid(wrong)
    before = _place_of(clinic)
    if place == before:
        raise Invalid("Choose another day, session or site: it is held there already.")
    require_free(actor, clinic.clinic_type_id, place, besides=clinic.id)
    told = _release(actor, clinic, f"The clinic is moved: {why.strip()}")
    withdraw_lines(clinic)
    clinic.moved_from, clinic.moved_why = place_said(before, clinic.site.name), why.strip()
    clinic.site_id, clinic.day, clinic.kind = place.site_id, place.day, place.kind
    db.session.flush()
    lay([clinic])
    places = move_places(clinic.id, get_site_for(actor, place.site_id))
    give_free_places(clinic.clinic_type_id)
    record(actor, "move_clinic", "clinic_session", clinic.id, people=len(told), places=len(places))
    return told


@command
def end_series(actor: Actor, session_id: uuid.UUID) -> list[str]:
    """Let a clinic be the last of its series: those after it are closed; give the names of those told."""
    require_planner_of_clinics(actor)
    last = take_clinic(session_id)
    series = last.series
    if series is None:
        raise Refusal("This clinic is held once: it belongs to no series.")
    later = [each.id for each in series.sessions if each.day > last.day and not each.is_closed]
    if not later:
        raise Refusal("It is the last of its series already.")
    for each in later:
        # All before the first is closed: whoever takes a place locks its clinic, then the places.
        take_clinic(each)
    series.ends_on = last.day
    told = [name for each in later for name in close_clinic(actor, each, WHY_ENDED)]
    record(actor, "end_series", "clinic_series", series.id, ends_on=str(last.day), closed=len(later))
    return list(dict.fromkeys(told))


@command
def resume_series(actor: Actor, session_id: uuid.UUID) -> tuple[int, int]:
    """Hold the clinics again that were closed when a series ended with one of its clinics.

    Return how many are held again, and how many cannot be: their place is taken or closed by now, or the day
    is past.
    """
    require_planner_of_clinics(actor)
    series = take_clinic(session_id).series
    if series is None:
        raise Refusal("This clinic is held once: it belongs to no series.")
    ended = [each for each in series.sessions if each.is_closed and each.closed_why == WHY_ENDED]
    if not ended:
        raise Refusal("No clinic of this series was closed because it ended.")
    free = set(free_among(series.clinic_type_id, map(_place_of, ended)))
    back = [each for each in ended if _place_of(each) in free]
    for each in back:
        # All before the first is held: whoever takes a place locks its clinic, then the places.
        take_clinic(each.id)
    for each in back:
        reopen_clinic(actor, each.id)
    series.ends_on = max([series.ends_on, *(each.day for each in back)])
    record(actor, "resume_series", "clinic_series", series.id, clinics=len(back))
    return len(back), len(ended) - len(back)


def _take_open(session_id: uuid.UUID) -> ClinicSession:
    clinic = take_clinic(session_id)
    if clinic.is_closed:
        raise Refusal("This clinic is closed already.")
    if clinic.day < today():
        raise Refusal("This clinic is over.")
    return clinic


def _place_of(clinic: ClinicSession) -> Place:
    return Place(clinic.site_id, clinic.day, clinic.kind)


def _release(actor: Actor, clinic: ClinicSession, why: str) -> list[str]:
    """Take the people of a clinic off its seats, in drafts and in what was published; name those told."""
    told: list[str] = []
    for version, rows in seated_in(clinic).items():
        if version.state is VersionState.CHOSEN:
            if not actor.may(Permission.PUBLISH_ROTA):
                raise NotAllowed(
                    "The people of this clinic were told of it. Ask the workforce manager to change it."
                )
            told = publish_changes(actor, version, contents_to_empty(rows), why, untold=())[1]
    for version, rows in seated_in(clinic).items():
        if version.state is VersionState.DRAFT:
            empty_seats(actor, version, rows, why)
    return told
