"""What is asked of whoever takes up a prompt or puts it aside."""

from collections.abc import Collection

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]

from mdt.asking.forms import next_week
from mdt.prompts.rules import DismissReason
from network.plumbing.fields import DayField, required, text_field, word_field
from network.vocabulary import Discipline


class AskForm(FlaskForm):  # type: ignore[misc]
    """Which of the disciplines that a prompt names."""

    disciplines = SelectMultipleField("Whom to ask", coerce=Discipline)
    due_on = DayField("Answers needed by", [required("Enter the day for the answers.")], default=next_week)

    def offer(self, disciplines: Collection[Discipline]) -> None:
        """Offer those whom the person allows, all ticked."""
        self.disciplines.choices = [SelectChoice(each.value, each.label) for each in disciplines]
        if not self.is_submitted():
            self.disciplines.data = list(disciplines)


class DismissForm(FlaskForm):  # type: ignore[misc]
    """Why a prompt is put aside."""

    reason = word_field(
        "Why", DismissReason, empty="Choose one", validators=[required("Choose why this is put aside.")]
    )
    words = text_field("In your words", 300, description="Needed only where the list has no fitting reason.")
