"""What the pages of who is told ask."""

from typing import Any

from flask_wtf import FlaskForm

from mdt.letters.rules import ASK_WHETHER_SAFE, WAYS_OF_TELLING, Audience
from network.plumbing.database import today
from network.plumbing.fields import DayField, required, row_field, text_field, word_field


class ToldForm(FlaskForm):  # type: ignore[misc]
    """How somebody was told, and when."""

    how = word_field("How they were told", WAYS_OF_TELLING[Audience.OTHER])
    told_on = DayField("When", [required("Enter the day.")], default=today)


class PersonToldForm(ToldForm):
    """How the person was told: what is sent to them is checked with its letter."""

    how = word_field("How they were told", WAYS_OF_TELLING[Audience.PERSON], sentence=ASK_WHETHER_SAFE)


class TellingForm(FlaskForm):  # type: ignore[misc]
    """Who else needs to be told."""

    whom = text_field("Who", 160, description="Such as a relative, a neighbour or a service.")
    organisation_id: Any = row_field("Or an organisation of the network", "Choose one from the list.")
    due_on = DayField("By when", [required("Enter the day.")])
