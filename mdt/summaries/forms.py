"""What is asked about a pasted summary."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from mdt.summaries.rules import Noticed


class CheckForm(FlaskForm):  # type: ignore[misc]
    """Which of the counts and dates are right."""

    right = SelectMultipleField("Tick what is right", [Optional()])

    def offer(self, noticed: Iterable[Noticed]) -> None:
        self.right.choices = [SelectChoice(each.name, f"{each.name}: {each.said}") for each in noticed]
