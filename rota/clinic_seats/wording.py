"""How safe a clinic is, in words, colours and marks."""

from typing import NamedTuple

from rota.solver.staff_rota.clinics import Level


class Tag(NamedTuple):
    """A word, its tone, and the mark that says the same without colour."""

    text: str
    tone: str
    mark: str


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


def level_tag(level: Level) -> Tag:
    """Draw a level as a tag."""
    return LEVELS[level]


def level_means(level: Level) -> str:
    """Say what a level means for those who run the clinic."""
    return MEANS[level]
