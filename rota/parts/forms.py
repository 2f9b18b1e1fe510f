"""What filling a part of a rota asks."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import Optional

from network.plumbing.fields import DayField, row_choices, row_field, word_field
from network.vocabulary import RoleGroup
from rota.planning.rules import Ask


class PartForm(FlaskForm):  # type: ignore[misc]
    """Which part of a rota is to be filled; what is left open is no limit."""

    site = row_field("Site", "Choose a site from the list.")
    role_group = word_field("Who", RoleGroup, empty="Everybody")
    starts_on = DayField("First day", [Optional()])
    ends_on = DayField("Last day", [Optional()])
    only_empty = BooleanField("Only empty cells: move nobody")

    def __init__(self, sites: Iterable[tuple[uuid.UUID, str]], **given: Any) -> None:
        super().__init__(**given)
        self.site.choices = row_choices(sites, "All sites")

    @property
    def ask(self) -> Ask:
        """The part that a valid form names."""
        return Ask(
            self.site.data,
            self.role_group.data,
            self.starts_on.data,
            self.ends_on.data,
            self.only_empty.data,
        )
