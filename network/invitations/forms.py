"""The questions of inviting and of accepting."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import Email, EqualTo

from network.access.rules import Role
from network.plumbing.fields import required, row_field, word_field


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Invite somebody into one role."""

    email = EmailField(
        "Email address",
        [required("Enter their email address."), Email("Enter an email address, such as name@example.org.")],
        filters=[lambda text: (text or "").strip()],
    )
    person_id = row_field("Person", "Choose somebody from the list.")
    role = word_field("Role", Role, empty="Choose a role", validators=[required("Choose the role.")])
    organisation_id = row_field("At", "Choose an organisation of the network.")


class AcceptForm(FlaskForm):  # type: ignore[misc]
    """Choose the password of a new account."""

    password = PasswordField("Password", [required("Choose a password.")])
    again = PasswordField("Password again", [EqualTo("password", "Enter the same password twice.")])
