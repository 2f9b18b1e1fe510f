"""The question of a new email address."""

from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import Email, Length

from network.plumbing.fields import required


class NewEmailForm(FlaskForm):  # type: ignore[misc]
    """The address that somebody wants to sign in with."""

    email = EmailField(
        "New email address",
        [
            required("Enter the new email address."),
            Email("Enter an email address, such as name@example.org."),
            Length(max=254, message="Enter an address of at most 254 characters."),
        ],
        filters=[lambda text: (text or "").strip()],
    )
