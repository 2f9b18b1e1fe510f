"""The questions about a neighbourhood."""

from flask_wtf import FlaskForm

from network.plumbing.fields import required, row_field, text_field
from rota.neighbourhoods.rules import LONGEST_NAME


class NeighbourhoodForm(FlaskForm):  # type: ignore[misc]
    """Name a neighbourhood and say from where its people travel."""

    name = text_field("Name of the neighbourhood", LONGEST_NAME, "Enter the name of the neighbourhood.")
    site_id = row_field(
        "Home site",
        "Choose a site from the list.",
        validators=[required("Choose a site.")],
        description="Its people's journeys are reckoned from here.",
    )
