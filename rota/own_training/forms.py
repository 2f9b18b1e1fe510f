"""What a learner is asked about their training: where they would like to be."""

import uuid
from typing import Any

from flask_wtf import FlaskForm

from network.plumbing.fields import row_choices, row_field

SENTENCE = "Choose a place from the list."


class WishesForm(FlaskForm):  # type: ignore[misc]
    """Up to three places, the dearest first."""

    first = row_field("First wish", SENTENCE)
    second = row_field("Second wish", SENTENCE)
    third = row_field("Third wish", SENTENCE)

    def offer(self, rows: list[tuple[uuid.UUID, str]]) -> None:
        """Offer places."""
        for field in (self.first, self.second, self.third):
            field.choices = row_choices(rows, "None")

    @property
    def wished(self) -> list[uuid.UUID]:
        found: list[Any] = [self.first.data, self.second.data, self.third.data]
        return [each for each in found if each]
