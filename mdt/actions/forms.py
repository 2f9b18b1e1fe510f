"""What the pages of actions ask."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from mdt.actions.rules import LONGEST_NOTE, LONGEST_WORDS, USUAL_DAYS, NotDone, Owner
from mdt.actions.wording import listed_owners
from network.plumbing.database import today
from network.plumbing.fields import DayField, choice_field, required, text_field, word_field


class OwnerForm(FlaskForm):  # type: ignore[misc]
    """Who does it."""

    who = choice_field("Who does it", "Choose who does it from the list.")

    def offer(self, owners: Iterable[Owner], empty: str = "Choose one") -> None:
        """Offer those who can be asked."""
        offered = [SelectChoice(value, said) for value, said in listed_owners(owners)]
        self.who.choices = [SelectChoice("", empty), *offered]

    @property
    def owner(self) -> dict[str, uuid.UUID]:
        """Give the choice as commands take it; nobody chosen is nobody found."""
        kind, _, value = (self.who.data or "").partition(" ")
        return {f"{kind}_id": uuid.UUID(value)} if value else {}


class HandOverForm(OwnerForm):
    """To whom, and what they should know."""

    note = text_field("What they should know", LONGEST_NOTE)


class NewActionForm(OwnerForm):
    """Who does what, by when."""

    words = text_field("What is to be done", LONGEST_WORDS, "Enter what is to be done.")
    due_on = DayField("By when", [required("Enter the day by which it is done.")])

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        if not self.is_submitted():
            self.due_on.data = today() + timedelta(days=USUAL_DAYS)


class DueForm(FlaskForm):  # type: ignore[misc]
    """Another day."""

    due_on = DayField("By when", [required("Enter the day by which it is done.")])


class CancelForm(FlaskForm):  # type: ignore[misc]
    """Why it is not wanted any more."""

    reason = text_field("Why", LONGEST_NOTE, "Enter why it is not wanted any more.")


class UndoneForm(FlaskForm):  # type: ignore[misc]
    """Why it was not done."""

    reason = word_field("Why was it not done?", NotDone, validators=[required("Choose why it was not done.")])
    note = text_field("Note", LONGEST_NOTE)
