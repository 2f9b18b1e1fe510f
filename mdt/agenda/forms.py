"""What the pages of building a list ask."""

import uuid
from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from mdt.agenda.rules import Arranged
from network.plumbing.fields import NumberField, required, row_field, text_field
from network.plumbing.refusals import Invalid
from network.vocabulary import Discipline


class ArrangeForm(FlaskForm):  # type: ignore[misc]
    """How one case is to be discussed."""

    minutes = NumberField("Minutes", [Optional()])
    presenter = text_field("Who presents it", 120)
    invited = SelectMultipleField(
        "Disciplines it needs",
        [Optional()],
        choices=[
            SelectChoice(each.value, each.label)
            for each in Discipline
            if each is not Discipline.ADMINISTRATION
        ],
    )

    @property
    def arranged(self) -> Arranged:
        return Arranged(self.minutes.data, self.presenter.data or "", frozenset(self.invited.data or ()))


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why something is done that others planned for."""

    reason = text_field("Why", 300, "Enter why.")


class ChooseForm(FlaskForm):  # type: ignore[misc]
    """Which meeting discusses a case."""

    meeting_id = row_field(
        "Meeting", "Choose a meeting from the list.", validators=[required("Choose a meeting.")]
    )
    reason = text_field("Why it cannot wait", 300)


def ids_in(sent: Iterable[str]) -> list[uuid.UUID]:
    """Read the ids that a page sent."""
    try:
        return [uuid.UUID(each) for each in sent]
    except ValueError:
        raise Invalid("We could not read what the browser sent. Go back and try again.") from None


def position_in(sent: str) -> int:
    """Read the place on a list that a page sent."""
    if not sent.isdecimal() or len(sent) > 4:
        raise Invalid("Choose a place on the list.")
    return int(sent)
