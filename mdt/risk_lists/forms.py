"""What is asked of whoever brings a list in."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from mdt.risk_lists.rules import LONGEST_LIST_NAME
from network.plumbing.fields import DayField, required, row_field, text_field


class ListForm(FlaskForm):  # type: ignore[misc]
    """The file, whose people it names, and what it is."""

    practice_id = row_field(
        "Practice that these people belong to",
        "Choose the practice that these people belong to.",
        description="Used where a row has no practice_ods of its own.",
    )
    name = text_field(
        "What the list is called", LONGEST_LIST_NAME, "Enter what the list is called, such as Frailty search."
    )
    listed_on = DayField("Day of the search", [required("Enter the day of the search.")])
    file = FileField("List", [FileRequired("Choose the list: a CSV file.")])
    is_direct_care = BooleanField("My team is in charge of these people's care")
