"""What the members of a team are asked, and what is asked of whoever asks them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from mdt.self_assessment.rules import LONGEST_WORDS, STEPS, Questionnaire
from network.plumbing.database import today
from network.plumbing.fields import DayField, choice_field, required, row_field, text_field

THREE_WEEKS, A_QUARTER = timedelta(days=21), timedelta(days=91)


class StatementsForm(FlaskForm):  # type: ignore[misc]
    """One row of radio buttons for each statement."""

    def sheet(self, asked: Questionnaire) -> dict[str, int]:
        """Return what was answered; what somebody left out is not there."""
        return {each.name: int(said) for each in asked.statements if (said := self[each.name].data)}


class AskForm(FlaskForm):  # type: ignore[misc]
    """Which team is asked, and until when."""

    series_id = row_field("Which meeting", "Choose a meeting.", validators=[required("Choose a meeting.")])
    closes_on = DayField(
        "Until which day", [required("Enter the last day.")], default=lambda: today() + THREE_WEEKS
    )


class ImprovementForm(FlaskForm):  # type: ignore[misc]
    """What the team wants to do."""

    statement = choice_field("About", "Choose a statement.")
    words = text_field("What will you do?", LONGEST_WORDS, "Enter what you will do about it.")
    owner_id = row_field(
        "Who sees to it", "Choose who sees to it.", validators=[required("Choose who sees to it.")]
    )
    due_on = DayField("By when", [required("Enter a day.")], default=lambda: today() + A_QUARTER)

    def offer(self, asked: Questionnaire, team: Iterable[tuple[Any, str]]) -> None:
        self.statement.choices = [SelectChoice(each.name, each.short) for each in asked.statements]
        self.owner_id.choices = [SelectChoice(str(account_id), name) for account_id, name in team]


def statements_form(asked: Questionnaire) -> StatementsForm:
    """Make the form that asks all statements."""
    fields = {
        each.name: RadioField(
            each.words,
            [Optional()],
            choices=[SelectChoice(str(step), said) for step, said in STEPS.items()],
            invalid_choice_message=f"{each.short}: choose one of the answers.",  # type: ignore[call-arg]
        )
        for each in asked.statements
    }
    made: StatementsForm = type("Asked", (StatementsForm,), fields)()
    return made
