"""What is asked when a case is closed, opened again, or to be looked at again."""

from flask_wtf import FlaskForm
from wtforms.validators import Optional

from mdt.closing.rules import LONGEST_WHY, ClosedWhy
from network.plumbing.fields import DayField, required, text_field, word_field


class CloseForm(FlaskForm):  # type: ignore[misc]
    """Why it is over."""

    why = word_field("Why is it over?", ClosedWhy, validators=[required("Choose why the case is over.")])
    words = text_field("What the record should say", LONGEST_WHY)


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    """Why it is taken back."""

    reason = text_field("Why it is withdrawn", LONGEST_WHY, "Enter why the case is withdrawn.")


class ReopenForm(FlaskForm):  # type: ignore[misc]
    """Why it is opened again."""

    reason = text_field("Why it is opened again", LONGEST_WHY, "Enter why the case is opened again.")


class ReviewForm(FlaskForm):  # type: ignore[misc]
    """When it is looked at again."""

    day = DayField(
        "To be looked at again on", [Optional()], description="Leave it empty if no review is needed."
    )
