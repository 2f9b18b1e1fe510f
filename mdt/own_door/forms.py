"""What is asked before somebody gets a link to their own page."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from mdt.own_door.rules import FOR_CARERS, Part
from mdt.own_door.wording import SHOWN_TO_CARERS
from network.plumbing.database import today
from network.plumbing.fields import DayField, choice_field, required, row_choices, row_field, text_field

USUALLY = timedelta(days=90)


class DoorForm(FlaskForm):  # type: ignore[misc]
    """Who gets a link, until when, and whether that is safe."""

    carer_id = row_field("Who gets the link?", "Choose who gets the link.")
    shows = SelectMultipleField("What does the person let this carer see?")
    is_safe = choice_field(
        "Is it safe to give them this link?",
        "Say whether it is safe to give them this link.",
        choices=[SelectChoice("yes", "Yes, it is safe"), SelectChoice("no", "No, or I am not sure")],
    )
    handed_over = text_field(
        "How does it reach them, and why is that safe?",
        300,
        "Enter how the link reaches them, and why that is safe.",
        description="Such as: read from the screen with her own phone, which nobody else uses.",
    )
    expires_on = DayField(
        "Until when does it work?",
        [required("Enter the day until which the link works.")],
        default=lambda: today() + USUALLY,
    )
    asks_birthday = BooleanField("Ask for the person's date of birth each time", default=True)

    def offer(self, carers: Iterable[tuple[uuid.UUID, str]]) -> None:
        """Offer the person and their carers."""
        self.carer_id.choices = row_choices(carers, empty="The person")
        self.shows.choices = [SelectChoice(part.value, SHOWN_TO_CARERS[part]) for part in FOR_CARERS]

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(Part(each) for each in self.shows.data or ())

    @property
    def safe(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.is_safe.data or "")


class LiftForm(FlaskForm):  # type: ignore[misc]
    """Why links may be made again."""

    why = text_field("What has changed, and who says so?", 500, "Enter what has changed, and who says so.")
