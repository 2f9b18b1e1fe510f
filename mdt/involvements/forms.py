"""What is asked of somebody around a person."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from mdt.involvements.rules import (
    LONGEST_NAME,
    LONGEST_WORDS,
    VISITS,
    Coming,
    Purpose,
    Rhythm,
    TieDetails,
    TieKind,
    visits_named,
)
from mdt.involvements.wording import DAYS
from network.plumbing.fields import DayField, WholeNumberField, choice_field, text_field, word_field
from network.vocabulary import Discipline

VALUED = (
    SelectChoice("", "Nobody has asked yet"),
    SelectChoice("yes", "Yes, they named them"),
    SelectChoice("no", "No, they did not name them"),
)
AS_VALUED = {"yes": True, "no": False}


class InvolvementForm(FlaskForm):  # type: ignore[misc]
    """Who somebody is, what for, and how often."""

    seen = HiddenField()
    kind = word_field("Who they are", TieKind)
    name = text_field(
        "Name",
        LONGEST_NAME,
        "Enter who it is, such as 'Mrs Field next door'.",
        description="Such as 'Mrs Field next door' or 'Meals on wheels'.",
    )
    discipline = word_field("Discipline", Discipline, empty="None")
    purpose = word_field("What they are there for", Purpose, empty="Something else")
    words = text_field(
        "In a few words", LONGEST_WORDS, description="Such as 'brings lunch and stays to talk'."
    )
    rhythm = word_field("How often they come", Rhythm, default=Rhythm.NOT_KNOWN)
    every_weeks = WholeNumberField("Every how many weeks", [Optional()])
    visits = SelectMultipleField(
        "When in the week",
        [Optional()],
        choices=[
            SelectChoice(name, f"{DAYS[visit.weekday]} {visit.part.label}") for name, visit in VISITS.items()
        ],
    )
    since = DayField("First day", [Optional()])
    until = DayField("Last day, or the one day", [Optional()])
    contact = text_field("How to reach them", 200)
    is_valued: Any = choice_field(
        "Does the person value them?", "Choose one from the list.", choices=list(VALUED), default=""
    )
    source = text_field("Who says so", 120, description="Such as 'her daughter'.")

    def fill(self, details: TieDetails, seen: int) -> None:
        """Start from what was said before."""
        self.seen.data = str(seen)
        for name in ("kind", "name", "discipline", "purpose", "words", "contact", "source"):
            self[name].data = getattr(details, name)
        coming = details.coming
        self.rhythm.data, self.every_weeks.data = coming.rhythm, coming.every_weeks
        self.visits.data = sorted(visit.name for visit in coming.visits)
        self.since.data, self.until.data = coming.since, coming.until
        self.is_valued.data = {True: "yes", False: "no"}.get(details.is_valued, "")  # type: ignore[arg-type]

    @property
    def details(self) -> TieDetails:
        rhythm = self.rhythm.data
        return TieDetails(
            kind=self.kind.data,
            name=self.name.data,
            discipline=self.discipline.data,
            purpose=self.purpose.data,
            words=self.words.data,
            coming=Coming(
                rhythm,
                visits_named(self.visits.data or ()),
                self.every_weeks.data if rhythm is Rhythm.EVERY_WEEKS else None,
                self.since.data,
                self.until.data,
            ),
            contact=self.contact.data,
            is_valued=AS_VALUED.get(self.is_valued.data or ""),
            source=self.source.data,
        )
