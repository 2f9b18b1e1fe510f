"""What is asked when a carer is to do something."""

from datetime import timedelta
from typing import Any

from flask_wtf import FlaskForm

from mdt.actions.rules import USUAL_DAYS
from mdt.carer_actions.rules import LONGEST_WORDS, ToldHow
from network.plumbing.database import today
from network.plumbing.fields import DayField, required, row_field, text_field, word_field


class AskForm(FlaskForm):  # type: ignore[misc]
    """What a carer is asked to do, and by when."""

    case_id: Any = row_field("For which case", "Choose a case from the list.")
    words = text_field(
        "What they are asked to do",
        LONGEST_WORDS,
        "Enter what they are asked to do.",
        description="They read it as you write it: nothing that the person has not told them.",
    )
    due_on = DayField(
        "By when", [required("Enter the day.")], default=lambda: today() + timedelta(days=USUAL_DAYS)
    )


class ToldForm(FlaskForm):  # type: ignore[misc]
    """How a carer was told."""

    how = word_field("How they were told", ToldHow)
    told_on = DayField("When", [required("Enter the day.")], default=today)
