"""What the triage of a referral asks."""

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from mdt.cases.rules import Risk, Stream
from network.plumbing.fields import required, row_field, word_field


class AcceptForm(FlaskForm):  # type: ignore[misc]
    """Taking a referral on."""

    coordinator_id = row_field(
        "Who coordinates",
        "Choose a coordinator from the list.",
        validators=[required("Choose who coordinates.")],
    )
    stream = word_field("How it is dealt with", Stream, default=Stream.DISCUSS)
    risks = SelectMultipleField(
        "Risks to keep in mind",
        [Optional()],
        choices=[SelectChoice(risk.value, risk.label) for risk in Risk],
        coerce=Risk,
    )
