"""What the pages about entries made twice ask."""

import uuid
from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from mdt.merging.rules import LONGEST_REASON, Difference
from mdt.merging.wording import LABELS
from network.plumbing.fields import required, text_field

WHICH = "Enter the reference of a case, such as C-0123, or a whole NHS number."


class PairForm(FlaskForm):  # type: ignore[misc]
    """Which two entries to compare."""

    first = text_field("One entry", 40, WHICH)
    second = text_field("The other entry", 40, WHICH)


class MergeForm(FlaskForm):  # type: ignore[misc]
    """Which entry is kept, whose word counts, and why they are one person."""

    kept_id = RadioField(
        "Which entry is kept", coerce=str, validators=[required("Choose which entry is kept.")]
    )
    reason = TextAreaField(
        "How you know that they are one person",
        [
            required("Enter how you know that they are one person."),
            Length(max=LONGEST_REASON, message=f"Shorten this to {LONGEST_REASON} characters."),
        ],
    )
    has_compared = BooleanField("I have compared the two. They are one person")

    @property
    def taken(self) -> dict[str, uuid.UUID]:
        """Say of each difference whose word counts."""
        return {
            name.removeprefix("take_"): uuid.UUID(field.data)
            for name, field in self._fields.items()
            if name.startswith("take_")
        }


def merge_form(
    sides: Sequence[tuple[uuid.UUID, str]], found: Sequence[tuple[Difference, Sequence[str]]]
) -> MergeForm:
    """Make the form for two entries: the older is kept, and its word counts, unless it says nothing."""
    ids = [str(patient_id) for patient_id, _ in sides]

    class Asked(MergeForm):
        pass

    for difference, said in found:
        setattr(
            Asked,
            f"take_{difference.name}",
            RadioField(
                LABELS[difference.name],
                choices=[SelectChoice(key, words) for key, words in zip(ids, said, strict=True)],
                default=ids[difference.takes_second],
                coerce=str,
                validators=[required("Choose whose word counts.")],
            ),
        )
    form = Asked()
    form.kept_id.choices = [SelectChoice(str(patient_id), name) for patient_id, name in sides]
    if not form.is_submitted():
        form.kept_id.data = ids[0]
    return form
