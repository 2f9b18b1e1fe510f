"""What is asked about who comes."""

from flask_wtf import FlaskForm

from mdt.meetings.rules import Answer
from network.plumbing.fields import required, row_field, text_field, word_field
from network.vocabulary import Discipline


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """Whether somebody comes."""

    answer = word_field("Answer", Answer, "Choose one", validators=[required("Choose one of the answers.")])
    deputy = text_field("Name of the deputy", 120, description="Only where a deputy comes instead.")


class ExpectForm(FlaskForm):  # type: ignore[misc]
    """Somebody to expect."""

    account_id = row_field(
        "Who", "Choose somebody from the list.", validators=[required("Choose who is to come.")]
    )
    discipline = word_field("Speaks for", Discipline, empty="Their own discipline")
