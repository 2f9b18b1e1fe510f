"""What the pages about sharing ask."""

from flask_wtf import FlaskForm

from mdt.sharing.rules import ObjectionScope, SharingBasis
from network.plumbing.database import today
from network.plumbing.fields import DayField, required, row_field, text_field, word_field
from network.vocabulary import Discipline


class BasisForm(FlaskForm):  # type: ignore[misc]
    """How somebody was informed."""

    basis = word_field("Why it may be shared", SharingBasis)
    how = text_field(
        "How they were informed", 300, "Enter how the person was informed, or why they could not be."
    )
    informed_by = text_field("By whom", 120)
    informed_on = DayField("When", [required("Enter the day.")], default=today)


class ObjectionForm(FlaskForm):  # type: ignore[misc]
    """What somebody does not want shared."""

    scope = word_field("They object to", ObjectionScope)
    organisation_id = row_field("Organisation", "Choose an organisation from the list.")
    discipline = word_field("Discipline", Discipline, empty="None")
    topic = text_field("Topic", 120)
