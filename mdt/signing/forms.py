"""What the pages of signing ask."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from mdt.decisions.rules import LONGEST_ADDENDUM
from mdt.signing.rules import LONGEST_REASON
from network.plumbing.fields import TextField, required


class SignForm(FlaskForm):  # type: ignore[misc]
    """The chair's name under everything; why, where the quorum was not met."""

    seen = StringField(widget=HiddenInput())
    # Asked only where the quorum was not met, and must be answered there.
    why_without_quorum = TextField(
        "Why the decisions hold without the quorum",
        [Length(max=LONGEST_REASON, message=f"Shorten this to {LONGEST_REASON} characters.")],
    )

    def show_version(self, version: str) -> None:
        """Send the version that the page shows now, whatever was sent before."""
        self.seen.data, self.seen.raw_data = version, None


class AddendumForm(FlaskForm):  # type: ignore[misc]
    """What is added to a decision that was signed."""

    words = TextAreaField(
        "What is to be added",
        [required("Enter what is to be added to the decision.")],
        description=f"At most {LONGEST_ADDENDUM:,} characters.",
    )
    is_person_to_be_told = BooleanField("The person needs to be told of this", default=True)
