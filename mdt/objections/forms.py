"""What the page of an objection asks."""

from flask_wtf import FlaskForm

from mdt.sharing.rules import ObjectionScope
from network.plumbing.fields import required, row_field, text_field, word_field
from network.vocabulary import Discipline


class ObjectionForm(FlaskForm):  # type: ignore[misc]
    """What somebody does not want shared."""

    scope = word_field(
        "They object to",
        ObjectionScope,
        sentence="Choose what they object to.",
        validators=[required("Choose what they object to.")],
    )
    organisation_id = row_field("Organisation", "Choose an organisation from the list.")
    discipline = word_field("Discipline", Discipline, empty="Choose one")
    topic = text_field("Topic", 120)
