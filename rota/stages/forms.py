"""What the pages on the life of a rota ask."""

from flask_wtf import FlaskForm

from network.plumbing.fields import DayField, required, text_field


class CollectForm(FlaskForm):  # type: ignore[misc]
    """Up to which day requests are collected."""

    until = DayField("Last day for requests", [required("Enter the last day for requests.")])


class ReopenForm(FlaskForm):  # type: ignore[misc]
    """Why a closed rota is opened again."""

    why = text_field(
        "Why is it opened again?", 400, "Enter why the rota is opened again: payroll may have counted it."
    )
