"""How clinics stand, in words, colours and marks."""

from typing import NamedTuple

from rota.clinic_series.rules import ClinicState
from rota.solver.staff_rota.clinics import Level


class Tag(NamedTuple):
    """A word, its tone, and the mark that says the same without colour."""

    text: str
    tone: str
    mark: str


STATES = {
    ClinicState.PROPOSED: ("draft", "?"),
    ClinicState.STAFFED: ("plain", "\N{CHECK MARK}"),
    ClinicState.PUBLISHED: ("good", "\N{CHECK MARK}"),
    ClinicState.AT_RISK: ("bad", "!"),
    ClinicState.RUNNING: ("good", "\N{BLACK RIGHT-POINTING TRIANGLE}"),
    ClinicState.HELD: ("done", "\N{CHECK MARK}"),
    ClinicState.CLOSED: ("plain", "\N{MULTIPLICATION SIGN}"),
}
LEVELS = {
    Level.SAFE: Tag("Safe", "good", "\N{CHECK MARK}"),
    Level.DEGRADED: Tag("Degraded", "warning", "\N{BLACK UP-POINTING TRIANGLE}"),
    Level.MUST_CLOSE: Tag("Must close", "bad", "!"),
}
MEANS = {
    Level.SAFE: "Those who are there make it safe.",
    Level.DEGRADED: "It can go on with fewer people, and should see fewer patients.",
    Level.MUST_CLOSE: "With those who are there it must not be held.",
}


def state_tag(state: ClinicState) -> Tag:
    """Draw a state as a tag."""
    return Tag(state.label, *STATES[state])


def level_tag(level: Level) -> Tag:
    """Draw a level as a tag."""
    return LEVELS[level]


def level_means(level: Level) -> str:
    """Say what a level means for those who run the clinic."""
    return MEANS[level]
