"""Asking for a place, giving it back, taking it in one clinic rather than another: free ones find takers.

The trail names no place: what is kept of a case in the same moment would say whose it is.
"""

import uuid

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, take_turns, today
from network.plumbing.refusals import Refusal
from rota.places.commands import let_wait, note_asked, put_in, take_back
from rota.places.queries import can_come, get_place, numbers_taken_in, types_waited_for, waiting_for
from rota.places.rules import Asked, PlaceState, free_numbers, in_order
from rota.slots.queries import clinics_to_fill, find_clinic_of, free_in, get_clinic_to_take, most_in, slot_in


@command
def ask_for_place(actor: Actor, asked: Asked) -> uuid.UUID:
    """Ask for a place and return its token; asked again by the same key, the place it asked for before.

    Where a clinic of the calendar has room for whoever waits, they are given it at once, in their turn.
    """
    place = note_asked(actor, asked)
    give_free_places(place.clinic_type_id)
    record(actor, "ask_for_place", "clinic_type", place.clinic_type_id)
    return place.id


@command
def withdraw_place(actor: Actor, token: uuid.UUID) -> None:
    """Give a place back: whoever waits next has it."""
    place = take_back(actor, token)
    give_free_places(place.clinic_type_id)
    record(actor, "withdraw_place", "clinic_type", place.clinic_type_id)


@command
def take(actor: Actor, token: uuid.UUID, session_id: uuid.UUID) -> int:
    """Give a place one in this clinic, whichever it was in before, and return its number there."""
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    # The clinic first, as whoever closes or moves it does: nobody is given a place in one just closed.
    clinic = get_clinic_to_take(session_id)
    take_turns("places")
    place = get_place(token, lock=True)
    if place.state is PlaceState.WITHDRAWN or place.clinic_type_id != clinic.clinic_type_id:
        raise Refusal(
            "Choose a clinic of the kind that was asked for; ask again if the place was given back."
        )
    if clinic.is_closed or clinic.day <= today():
        raise Refusal("Choose another date: this clinic is closed, today, or over.")
    if place.session_id != clinic.id or place.number is None:
        if free_in([clinic])[clinic.id] < 1:
            raise Refusal("Choose another date: somebody else has just taken the last place of this clinic.")
        put_in(place, clinic.id, free_numbers(most_in(clinic.clinic_type), numbers_taken_in(clinic.id))[0])
        # The one they leave is free.
        give_free_places(place.clinic_type_id)
    record(actor, "take_place", "clinic_session", clinic.id)
    return place.number or 0


@command
def note_use(actor: Actor, token: uuid.UUID, is_used: bool) -> None:
    """Keep whether a place has been used, by somebody coming or not: it waits for no clinic any more.

    Taken back, it is planned again, or waits where its clinic is not held any more.
    """
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    take_turns("places")
    place = get_place(token, lock=True)
    clinic = find_clinic_of(place)
    if is_used and place.state is not PlaceState.WITHDRAWN:
        place.state = PlaceState.USED
        if clinic is None or clinic.day > today():
            # It was lost, or given anew, before anybody heard of it: that one is for somebody else.
            place.session_id = place.number = None
    elif place.state is PlaceState.USED:
        place.state = PlaceState.PLANNED
        if clinic is None or clinic.is_closed:
            let_wait([place])
    give_free_places(place.clinic_type_id)
    record(actor, "note_use", "clinic_type", place.clinic_type_id)


@command
def fill_free_places(actor: Actor) -> int:
    """Give the free places of the calendar to all who wait for one; return how many have one now."""
    require(actor.is_system, seen=False)
    given = sum(give_free_places(each) for each in types_waited_for())
    record(actor, "fill_free_places", "network", current_network(), places=given)
    return given


def give_free_places(clinic_type_id: uuid.UUID) -> int:
    """Give whoever waits for a kind of clinic the places that are free, the most pressing first.

    Each has what suits them best of what is left. Part of a command; returns how many have one now.
    """
    take_turns("places")
    waiting = waiting_for(clinic_type_id)
    clinics = clinics_to_fill(clinic_type_id) if waiting else []
    free, by_id = free_in(clinics), {clinic.id: clinic for clinic in clinics}
    given = 0
    for place in waiting:
        offered = [clinic for clinic in clinics if free[clinic.id] > 0 and can_come(place, clinic.site)]
        if not offered:
            continue
        best = by_id[in_order(slot_in(clinic, place, free[clinic.id]) for clinic in offered)[0].session_id]
        put_in(place, best.id, free_numbers(most_in(best.clinic_type), numbers_taken_in(best.id))[0])
        free[best.id] -= 1
        given += 1
    return given
