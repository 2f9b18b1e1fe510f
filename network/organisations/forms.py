"""The questions about organisations and their belonging to a network."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms.validators import Optional

from network.plumbing.database import today
from network.plumbing.fields import DayField, WholeNumberField, required, text_field, word_field
from network.vocabulary import OrganisationKind

MEMBER_KINDS = [kind for kind in OrganisationKind if kind is not OrganisationKind.NETWORK]


class OrganisationForm(FlaskForm):  # type: ignore[misc]
    """Correct what is said of an organisation."""

    name = text_field("Name", 120, "Enter the name of the organisation.")
    short_name = text_field("Short name", 40, description="For narrow places, such as the rota.")
    ods_code = text_field("ODS code", 10, description="From the Organisation Data Service, such as Y99001.")
    list_size = WholeNumberField(
        "List size", [Optional()], description="Registered patients; GP practices only."
    )
    adjusted_list_size = WholeNumberField(
        "Adjusted list size",
        [Optional()],
        description="By age and need, as NHS England publishes it: Enhanced Access is owed to it.",
    )

    @property
    def answers(self) -> dict[str, Any]:
        names = ("name", "short_name", "ods_code", "list_size", "adjusted_list_size")
        return {name: self[name].data for name in names}


class NewOrganisationForm(OrganisationForm):
    """Add an organisation that no network knows yet."""

    kind = word_field(
        "Kind of organisation",
        MEMBER_KINDS,
        empty="Choose a kind",
        validators=[required("Choose the kind of organisation.")],
    )
    joined_on = DayField("Member from", [required("Enter the day on which it joins.")], default=today)

    @property
    def answers(self) -> dict[str, Any]:
        return {**super().answers, "kind": self.kind.data, "joined_on": self.joined_on.data}


class JoinForm(FlaskForm):  # type: ignore[misc]
    """Let an organisation that another network registered join this one too."""

    ods_code = text_field("ODS code", 10, "Enter the ODS code of the organisation.")
    joined_on = DayField("Member from", [required("Enter the day on which it joins.")], default=today)


class LeaveForm(FlaskForm):  # type: ignore[misc]
    """End a membership."""

    left_on = DayField(
        "No longer a member from", [required("Enter the day on which it leaves.")], default=today
    )
