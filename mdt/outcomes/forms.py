"""The questions of instruments as a form, and what is asked of whoever writes answers down."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from mdt.instruments.rules import Answers, Instrument, Item
from mdt.outcomes.rules import LONGEST_CORRECTION, LONGEST_HELPER, How, Skipped
from mdt.outcomes.wording import RATHER_NOT
from network.plumbing.database import today
from network.plumbing.fields import DayField, required, text_field, word_field

# What is sent where somebody would rather not say.
UNSAID = "unsaid"


class QuestionsForm(FlaskForm):  # type: ignore[misc]
    """One set of radio buttons for each question of some instruments."""

    def given(self, instrument: Instrument) -> dict[str, int | None]:
        """Return what was answered to one instrument; what was left out is not there."""
        return {
            item.name: None if said == UNSAID else int(said)
            for item in instrument.items
            if (said := self[field_name(instrument, item)].data)
        }

    def question(self, instrument: Instrument, item: Item) -> Any:
        return self[field_name(instrument, item)]


class WrittenForm(QuestionsForm):
    """Answers as somebody else writes them down."""

    how = word_field("Who answered", How, sentence="Choose who answered.")
    helper = text_field("Who helped, or which carer", LONGEST_HELPER)
    answered_on = DayField("On which day", [required("Enter the day on which they answered.")], default=today)


class CorrectedForm(WrittenForm):
    """Answers that take the place of earlier ones."""

    correction = text_field(
        "Why the earlier answers are put right",
        LONGEST_CORRECTION,
        "Enter why the earlier answers are put right. They are kept.",
    )


class SkipForm(FlaskForm):  # type: ignore[misc]
    """Why somebody is not asked this time."""

    why = word_field("Why they are not asked this time", Skipped, sentence="Choose why.")


def field_name(instrument: Instrument, item: Item) -> str:
    """Name the field of a question; no two instruments of one page share one."""
    return f"{instrument.code}_{item.name}"


def questions_form(
    asked: Sequence[Instrument],
    kind: type[QuestionsForm] = QuestionsForm,
    said: Answers | None = None,
    answered_on: date | None = None,
) -> QuestionsForm:
    """Make the form that asks the questions of some instruments, with answers of before filled in."""
    fields = {
        field_name(instrument, item): RadioField(
            item.words,
            [Optional()],
            choices=_choices(instrument),
            invalid_choice_message=f"{item.short}: choose one of the answers.",  # type: ignore[call-arg]
        )
        for instrument in asked
        for item in instrument.items
    }
    before: dict[str, Any] = {
        field_name(instrument, item): UNSAID if said[item.name] is None else str(said[item.name])
        for instrument in asked
        for item in instrument.items
        if said and item.name in said
    }
    if answered_on is not None:
        before["answered_on"] = answered_on
    made: QuestionsForm = type("Asked", (kind,), fields)(data=before)
    return made


def _choices(instrument: Instrument) -> list[Any]:
    steps = [SelectChoice(str(step), instrument.scale.said(step)) for step in instrument.scale.steps]
    return [*steps, SelectChoice(UNSAID, RATHER_NOT)]
