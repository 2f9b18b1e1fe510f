"""What is asked when a network adds a question of its own."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length, Optional

from mdt.panels.rules import FieldKind
from network.plumbing.fields import text_field, word_field


class QuestionForm(FlaskForm):  # type: ignore[misc]
    """One more question of a discipline's panel."""

    label = text_field("Question", 120, "Enter the question.")
    hint = text_field("Help with it", 200)
    kind = word_field("How it is answered", FieldKind)
    choices = TextAreaField(
        "Answers to choose from",
        [Optional(), Length(max=1000, message="Shorten this to 1,000 characters.")],
        description="For a list: each answer on a line of its own",
    )
