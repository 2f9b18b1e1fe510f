"""Taking a place in one clinic rather than in another."""

import uuid

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import take_turns, today
from network.plumbing.refusals import Refusal
from rota.places.commands import put_in
from rota.places.queries import get_place, numbers_taken_in
from rota.places.rules import PlaceState, free_numbers
from rota.slots.queries import free_in, get_clinic_to_take, most_in


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
    if place.session_id == clinic.id and place.number is not None:
        record(actor, "take_place", "asked_place", place.id, clinic=str(clinic.id))
        return place.number
    if free_in([clinic])[clinic.id] < 1:
        raise Refusal("Choose another date: somebody else has just taken the last place of this clinic.")
    number = free_numbers(most_in(clinic.clinic_type), numbers_taken_in(clinic.id))[0]
    put_in(place, clinic.id, number)
    record(actor, "take_place", "asked_place", place.id, clinic=str(clinic.id), number=number)
    return number
