"""The questions about contract premises."""

from flask_wtf import FlaskForm

from network.plumbing.fields import required, row_field, text_field, word_field
from rota.premises.rules import LICENSED, LONGEST_CONTRACT


class PremisesForm(FlaskForm):  # type: ignore[misc]
    """Where a contract lets a discipline work."""

    discipline = word_field("Discipline", LICENSED)
    site_id = row_field("Site", "Choose a site from the list.", validators=[required("Choose a site.")])
    contract = text_field("Contract", LONGEST_CONTRACT, description="Its name or number.")
