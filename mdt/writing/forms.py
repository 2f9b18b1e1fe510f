"""What the page of who writes asks."""

from flask_wtf import FlaskForm

from network.plumbing.fields import text_field


class HeadForm(FlaskForm):  # type: ignore[misc]
    """Who writes to people, and whom they may ring."""

    team = text_field("Name of the team", 120, description="Stands at the top of each letter.")
    address = text_field("Address", 300, description="In one line, with commas.")
    phone = text_field("Phone", 40, "Enter a phone number: everybody who gets a letter may ring.")
    hours = text_field("When somebody answers", 120, description="Such as: Monday to Friday, 9am to 5pm.")
