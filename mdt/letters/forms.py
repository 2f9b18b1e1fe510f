"""What the pages of letters ask."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.widgets import HiddenInput

from mdt.letters.rules import WAYS_TO_GIVE, Audience
from network.plumbing.fields import choice_field, required, text_field, word_field


class SeenForm(FlaskForm):  # type: ignore[misc]
    """Which version of a text somebody looked at."""

    seen = IntegerField(widget=HiddenInput())

    def show_version(self, version: int) -> None:
        """Send the version that the page shows now, whatever was sent before."""
        self.seen.data, self.seen.raw_data = version, None


class GiveForm(SeenForm):
    """How a letter goes to its person, and whether that is safe."""

    is_safe = choice_field(
        "Is it safe to send?",
        "Say whether it is safe to send this letter.",
        choices=[SelectChoice("yes", "Yes, it is safe"), SelectChoice("no", "No, or I am not sure")],
    )
    how = word_field("How it goes", WAYS_TO_GIVE[Audience.PERSON])


class HoldForm(SeenForm):
    """Why a letter is held back."""

    reason = text_field("Why it is not safe to send", 500, "Enter why it is not safe to send.")


class WordsForm(SeenForm):
    """The words of a text."""

    words = TextAreaField("The words", [required("Enter the words of the letter.")])
