"""How clinics stand, in words, colours and marks."""

from rota.clinic_seats.wording import Tag
from rota.clinic_series.rules import ClinicState

STATES = {
    ClinicState.PROPOSED: ("draft", "?"),
    ClinicState.STAFFED: ("plain", "\N{CHECK MARK}"),
    ClinicState.PUBLISHED: ("good", "\N{CHECK MARK}"),
    ClinicState.AT_RISK: ("bad", "!"),
    ClinicState.RUNNING: ("good", "\N{BLACK RIGHT-POINTING TRIANGLE}"),
    ClinicState.HELD: ("done", "\N{CHECK MARK}"),
    ClinicState.CLOSED: ("plain", "\N{MULTIPLICATION SIGN}"),
}


def state_tag(state: ClinicState) -> Tag:
    """Draw a state as a tag."""
    return Tag(state.label, *STATES[state])
