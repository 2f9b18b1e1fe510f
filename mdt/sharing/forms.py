"""What the pages about sharing ask."""

from flask_wtf import FlaskForm

from mdt.sharing.rules import SharingBasis
from network.plumbing.database import today
from network.plumbing.fields import DayField, required, text_field, word_field


class BasisForm(FlaskForm):  # type: ignore[misc]
    """How somebody was informed."""

    basis = word_field("Why it may be shared", SharingBasis)
    how = text_field(
        "How they were informed", 300, "Enter how the person was informed, or why they could not be."
    )
    informed_by = text_field("By whom", 120)
    informed_on = DayField("When", [required("Enter the day.")], default=today)
