"""The questions about people who need several disciplines in one visit."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from network.plumbing.fields import (
    DayField,
    WholeNumberField,
    required,
    row_choices,
    row_field,
    word_field,
)
from network.vocabulary import Discipline, Priority
from rota.bundles.rules import USUAL_MINUTES, Need

Rows = list[tuple[uuid.UUID, str]]


class BundleForm(FlaskForm):  # type: ignore[misc]
    """How many people need what. Nothing here has room for words about anybody."""

    neighbourhood_id = row_field(
        "Neighbourhood",
        "Choose a neighbourhood from the list.",
        validators=[required("Choose a neighbourhood.")],
    )
    count = WholeNumberField("How many people", [required("Enter how many people there are.")])
    clinic_type_id = row_field("Clinic", "Choose a clinic from the list.")
    disciplines = SelectMultipleField("Disciplines they need", [Optional()])
    priority = word_field("Priority", Priority, default=Priority.ROUTINE)
    due_on = DayField("To be seen by", [Optional()])
    longest_minutes = WholeNumberField(
        "Longest journey", [required("Enter how many minutes they can travel.")], default=USUAL_MINUTES
    )
    needs_step_free = BooleanField("They need a site without steps")

    def __init__(
        self, neighbourhoods: Rows, types: Rows, disciplines: Iterable[Discipline], **given: Any
    ) -> None:
        super().__init__(**given)
        offered = set(disciplines)
        self.disciplines.choices = [
            SelectChoice(each.value, each.label) for each in Discipline if each in offered
        ]
        self.neighbourhood_id.choices = row_choices(neighbourhoods, "Choose a neighbourhood")
        self.clinic_type_id.choices = row_choices(types, "Any that has the disciplines below")

    @classmethod
    def answers_of(cls, need: Need, count: int) -> dict[str, Any]:
        """Give the answers that make this bundle."""
        return {**vars(need), "disciplines": sorted(need.disciplines), "count": count}

    @property
    def need(self) -> Need:
        return Need(
            neighbourhood_id=self.neighbourhood_id.data,
            clinic_type_id=self.clinic_type_id.data,
            disciplines=frozenset(map(Discipline, filter(None, self.disciplines.data or ()))),
            priority=self.priority.data,
            due_on=self.due_on.data,
            needs_step_free=self.needs_step_free.data,
            longest_minutes=self.longest_minutes.data,
        )
