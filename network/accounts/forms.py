"""The questions about accounts and the roles they hold."""

from flask_wtf import FlaskForm
from wtforms import BooleanField

from network.access.rules import Role
from network.accounts.rules import LONGEST_IDLE, SHORTEST_IDLE
from network.plumbing.database import today
from network.plumbing.fields import DayField, WholeNumberField, required, row_field, word_field


class RoleForm(FlaskForm):  # type: ignore[misc]
    """Give a role at one organisation, for a time."""

    role = word_field("Role", Role, empty="Choose a role", validators=[required("Choose the role.")])
    organisation_id = row_field("At", "Choose an organisation of the network.")
    starts_on = DayField("First day", [required("Enter the first day.")], default=today)
    ends_on = DayField(
        "Last day (leave empty if it is not known)",
        description="A learner needs one, six months after the first at the latest.",
    )


class LastDayForm(FlaskForm):  # type: ignore[misc]
    """End a role."""

    last_day = DayField("Last day", [required("Enter the last day on which the role holds.")], default=today)


class SignInRulesForm(FlaskForm):  # type: ignore[misc]
    """What the network asks of those who sign in."""

    idle_minutes = WholeNumberField(
        "Sign out after",
        [required("Enter the number of minutes.")],
        description=f"From {SHORTEST_IDLE} to {LONGEST_IDLE} minutes without typing or clicking.",
    )
    second_factor_for_patient_roles = BooleanField(
        "Ask for a second factor in roles that meet patients' data"
    )
    provider_factor_counts = BooleanField("Take a second factor that another service has asked for")
