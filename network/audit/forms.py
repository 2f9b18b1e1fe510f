"""What an investigator may look for."""

import uuid
from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from network.audit.rules import DeedKind
from network.audit.wording import deed
from network.plumbing.fields import DayField, row_choices, row_field, text_field, word_field


class WhoseForm(FlaskForm):  # type: ignore[misc]
    """Whose data the entries are about. It is sent in the body, since addresses are kept by many."""

    words = text_field(
        "Whose data", 40, "Enter the reference of a case, such as C-0123, or a whole NHS number."
    )


class SearchForm(FlaskForm):  # type: ignore[misc]
    """Narrow the trail down. It only reads, so it is sent with GET and carries no token."""

    class Meta:
        csrf = False

    # Whose data: an id, put there by the page that asks for a reference or a number.
    about = HiddenField()
    account_id = row_field("Who did it", "Choose somebody from the list.")
    kind = word_field("What kind", DeedKind, empty="Any kind")
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
