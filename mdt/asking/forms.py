"""Whom to ask about a case, and by when."""

from collections.abc import Collection
from datetime import date

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]

from mdt.contributions.rules import ANSWER_WITHIN
from network.plumbing.database import today
from network.plumbing.fields import DayField, choice_field, required, row_field, word_field
from network.vocabulary import Discipline

ASKABLE = tuple(each for each in Discipline if each is not Discipline.ADMINISTRATION)


def next_week() -> date:
    return today() + ANSWER_WITHIN


class AskForm(FlaskForm):  # type: ignore[misc]
    """Several disciplines at once, where it is plain who answers."""

    disciplines = SelectMultipleField("Whom to ask", coerce=Discipline)
    due_on = DayField("Answers needed by", [required("Enter the day for the answers.")], default=next_week)

    def offer(self, waiting: Collection[Discipline]) -> None:
        """Offer the disciplines that are not waited for already."""
        self.disciplines.choices = [
            SelectChoice(each.value, each.label) for each in ASKABLE if each not in waiting
        ]


class AskOneForm(FlaskForm):  # type: ignore[misc]
    """One organisation, or one person as a guest."""

    discipline = word_field(
        "Discipline", ASKABLE, empty="Choose one", validators=[required("Choose the discipline.")]
    )
    organisation_id = row_field("Organisation", "Choose an organisation from the list.")
    guest = choice_field("One person, as a guest", "Choose somebody from the list.")
    due_on = DayField("Answer needed by", [required("Enter the day for the answer.")], default=next_week)
