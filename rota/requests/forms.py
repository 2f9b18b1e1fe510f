"""The questions of a wish: chosen from lists, so that a phone needs few taps and no date can be wrong."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from network.organisations.rules import SATURDAY, WEEKDAYS
from network.plumbing.fields import WholeNumberField, choice_field, required, word_field
from network.vocabulary import SessionKind, Word
from rota.requests.rules import Asked, Span
from rota.rotas.rules import days_between

THROUGHOUT = "every-"


class Part(Word):
    """A part of a day, whatever day it is."""

    WHOLE = "whole", "All day"
    EARLY = "early", "Early"
    MORNING = "morning", "Morning"
    AFTERNOON = "afternoon", "Afternoon"
    EVENING = "evening", "Evening"


ON_WORKDAYS = {
    Part.EARLY: SessionKind.EARLY,
    Part.MORNING: SessionKind.MORNING,
    Part.AFTERNOON: SessionKind.AFTERNOON,
    Part.EVENING: SessionKind.EVENING,
}
ON_SATURDAY = ON_WORKDAYS | {
    Part.MORNING: SessionKind.SATURDAY_MORNING,
    Part.AFTERNOON: SessionKind.SATURDAY_AFTERNOON,
}
PART_OF = {kind: part for kinds in (ON_WORKDAYS, ON_SATURDAY) for part, kind in kinds.items()}


class WishForm(FlaskForm):  # type: ignore[misc]
    """To work or to be off, when, and how many points that is worth."""

    works = RadioField(
        "What do you wish?",
        choices=[SelectChoice("off", "To be off"), SelectChoice("work", "To work")],
        default="off",
        validate_choice=True,
    )
    when = choice_field("When?", "Choose a day of this rota from the list.")
    part = word_field("Which part of the day?", Part, default=Part.WHOLE)
    points = WholeNumberField(
        "How many points is it worth?",
        [required("Enter the points you spend, such as 2.")],
        default=2,
        description="1 to 10. The more points, the more the rota tries.",
    )

    def __init__(self, starts_on: date, ends_on: date, **given: Any) -> None:
        super().__init__(**given)
        self.when.choices = when_choices(starts_on, ends_on)

    @property
    def asked(self) -> Asked:
        """Give the answers as a request."""
        chosen = str(self.when.data)
        if chosen.startswith(THROUGHOUT):
            day, weekday = None, int(chosen.removeprefix(THROUGHOUT))
        else:
            day, weekday = date.fromisoformat(chosen), None
        is_saturday = (day.weekday() if day else weekday) == SATURDAY
        kind = (ON_SATURDAY if is_saturday else ON_WORKDAYS).get(self.part.data)
        return Asked(self.works.data == "work", self.points.data, Span(day, weekday, kind))


def when_choices(starts_on: date, ends_on: date) -> list[Any]:
    """Offer each weekday throughout, then each day of the rota."""
    throughout = [
        SelectChoice(f"{THROUGHOUT}{weekday}", f"Every {WEEKDAYS[weekday]}")
        for weekday in range(SATURDAY + 1)
    ]
    days = [day for day in days_between(starts_on, ends_on) if day.weekday() <= SATURDAY]
    return [*(SelectChoice(day.isoformat(), f"{day:%a} {day.day} {day:%B}") for day in days), *throughout]


def as_answers(asked: Asked) -> dict[str, Any]:
    """Give a request as the answers of the form that made it."""
    span = asked.span
    return {
        "works": "work" if asked.works else "off",
        "when": span.day.isoformat() if span.day else f"{THROUGHOUT}{span.weekday}",
        "part": PART_OF[span.kind] if span.kind else Part.WHOLE,
        "points": asked.points,
    }
