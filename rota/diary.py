"""The door between meetings and rota: all that the meeting wing may know of this one, and say to it.

Only ids, days, times, counts and words of the vocabulary cross it inwards: no name, no number and no word
about anybody who is cared for.
"""

from network.access.rules import Actor
from rota.availability.queries import free_people, quorum_of
from rota.clinic_visits.queries import arrival
from rota.exposures import commands as exposures
from rota.exposures.rules import Exposure, ExposureKind
from rota.holds import commands as holds
from rota.holds.rules import Free, Held, Holding, Need
from rota.places.queries import clinics_offered
from rota.places.rules import Asked, ClinicOffered, PlaceState, PlaceStatus, Slot
from rota.slots.commands import ask_for_place, note_use, take, withdraw_place
from rota.slots.queries import slots, status

__all__ = [
    "Asked",
    "ClinicOffered",
    "Exposure",
    "ExposureKind",
    "Free",
    "Held",
    "Holding",
    "Need",
    "PlaceState",
    "PlaceStatus",
    "Slot",
    "arrival",
    "ask_for_place",
    "clinics_offered",
    "free_people",
    "hold",
    "note_exposure",
    "note_use",
    "quorum_of",
    "release",
    "slots",
    "status",
    "take",
    "withdraw_place",
]

note_exposure = exposures.note_exposure
release = holds.release_time


def hold(actor: Actor, holding: Holding) -> Held:
    """Keep people's time for a meeting, and say what stands against it as the rota is now."""
    token = holds.hold_time(actor, holding)
    return Held(token, quorum_of([holding.key])[holding.key])
