"""Which differences of a later version are taken."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from network.plumbing.fields import WholeNumberField


class DifferencesForm(FlaskForm):  # type: ignore[misc]
    """The differences that are taken, and of which version they were looked at."""

    taken = SelectMultipleField("Take", [Optional()])
    version = WholeNumberField("", [Optional()], widget=HiddenInput())

    def __init__(self, keys: Iterable[str], **given: Any) -> None:
        super().__init__(**given)
        self.taken.choices = [SelectChoice(key, key) for key in keys]
