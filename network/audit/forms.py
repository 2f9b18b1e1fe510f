"""What an investigator may look for."""

import uuid
from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from network.audit.wording import deed
from network.plumbing.fields import DayField, row_choices, row_field


class SearchForm(FlaskForm):  # type: ignore[misc]
    """Narrow the trail down. It only reads, so it is sent with GET and carries no token."""

    class Meta:
        csrf = False

    account_id = row_field("Person", "Choose somebody from the list.")
    verb = SelectField("What was done", validate_choice=False)
    starts_on = DayField("From")
    ends_on = DayField("To")

    def offer(self, actors: Iterable[tuple[uuid.UUID, str]], verbs: Iterable[str]) -> None:
        """Fill the lists with what the trail holds."""
        self.account_id.choices = row_choices(actors, empty="Everybody")
        self.verb.choices = [
            SelectChoice("", "Anything"),
            *(SelectChoice(verb, deed(verb)) for verb in verbs),
        ]
