"""The questions about one clinic."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm

from network.plumbing.fields import DayField, required, row_choices, row_field, text_field, word_field
from network.vocabulary import SessionKind
from rota.clinic_series.rules import LONGEST_REASON, Place

Rows = Iterable[tuple[uuid.UUID, str]]


class PlaceForm(FlaskForm):  # type: ignore[misc]
    """Where and when."""

    site = row_field("Site", "Choose a site.")
    day = DayField("Day", [required("Enter the day.")])
    kind = word_field("Session", SessionKind, sentence="Choose a session.", default=SessionKind.MORNING)

    def __init__(self, sites: Rows, **given: Any) -> None:
        super().__init__(**given)
        self.site.choices = row_choices(sites)

    @property
    def place(self) -> Place:
        """The place of a valid form."""
        return Place(self.site.data, self.day.data, self.kind.data)


class AddForm(PlaceForm):
    """A clinic beside any series."""

    clinic_type = row_field("Clinic", "Choose a clinic.")
    neighbourhood = row_field("For the people of", "Choose a neighbourhood.")

    def __init__(self, types: Rows, neighbourhoods: Rows, sites: Rows, **given: Any) -> None:
        super().__init__(sites, **given)
        self.clinic_type.choices = row_choices(types)
        self.neighbourhood.choices = row_choices(neighbourhoods)


class MoveForm(PlaceForm):
    """Another place, and why."""

    why = text_field(
        "Why is it moved?",
        LONGEST_REASON,
        "Say why, so that whoever asks can be told.",
        description="Its people read this. Do not write who is ill.",
    )


class CloseForm(FlaskForm):  # type: ignore[misc]
    """Why a clinic is not held."""

    why = text_field(
        "Why is it closed?",
        LONGEST_REASON,
        "Say why, so that whoever asks can be told.",
        description="Its people read this. Do not write who is ill.",
    )
