"""The questions about people and their posts."""

import uuid
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import Email, Optional

from network.people.rules import FULL_TIME_MINUTES, Details, Terms, weekly_minutes
from network.plumbing.database import today
from network.plumbing.fields import (
    DayField,
    NumberField,
    WholeNumberField,
    required,
    row_field,
    text_field,
    word_field,
)
from network.vocabulary import ContractType, JobRole

SALARIED_SESSION = 250


class PersonForm(FlaskForm):  # type: ignore[misc]
    """Who somebody is and how to reach them."""

    title = text_field("Title", 20, description="Such as Dr.")
    given_name = text_field("Given name", 60, "Enter the given name.")
    family_name = text_field("Family name", 60, "Enter the family name.")
    email = text_field("Email address", 254)
    phone = text_field("Phone", 30)
    born_on = DayField(
        "Date of birth", [Optional()], description="Only to keep the rules for workers under 18."
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        shape = Email(message="Enter an email address such as name@example.org.")
        self.email.validators = [*self.email.validators, shape]

    @property
    def details(self) -> Details:
        return Details(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            title=self.title.data,
            email=self.email.data,
            phone=self.phone.data,
            born_on=self.born_on.data,
        )


class ChangePostForm(FlaskForm):  # type: ignore[misc]
    """The terms of a post."""

    role = word_field(
        "Role", JobRole, empty="Choose a role", validators=[required("Choose the role of this post.")]
    )
    contract = word_field(
        "Contract",
        ContractType,
        empty="Choose a contract",
        validators=[required("Choose the contract of this post.")],
        description="Working-time rules hang on this.",
    )
    sessions = NumberField("Sessions a week", [required("Enter the sessions a week.")])
    session_minutes = WholeNumberField(
        "Length of a session",
        [required("Enter the length of a session in minutes.")],
        default=SALARIED_SESSION,
    )
    full_time_hours = NumberField(
        "A full-time week",
        [required("Enter the hours of a full-time week.")],
        default=FULL_TIME_MINUTES / 60,
    )
    annualised = BooleanField("The hours are counted over the year")
    starts_on = DayField("First day", [required("Enter the first day.")], default=today)
    ends_on = DayField("Last day", [Optional()], description="Leave empty if no end is agreed.")

    def fill(self, post: Any) -> None:
        """Start from a post as it is."""
        self.sessions.data = post.weekly_minutes / post.session_minutes
        self.full_time_hours.data = post.full_time_minutes / 60

    def terms(self, employer_id: uuid.UUID) -> Terms:
        return Terms(
            employer_id=employer_id,
            role=self.role.data,
            contract=self.contract.data,
            weekly_minutes=weekly_minutes(self.sessions.data, self.session_minutes.data),
            session_minutes=self.session_minutes.data,
            full_time_minutes=round(self.full_time_hours.data * 60),
            annualised=self.annualised.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )


class NewPostForm(ChangePostForm):
    """A further post."""

    employer_id = row_field(
        "Employer", "Choose an employer from the list.", validators=[required("Choose the employer.")]
    )


class NewPersonForm(PersonForm, NewPostForm):
    """Somebody new, with their first post."""


class EndForm(FlaskForm):  # type: ignore[misc]
    """The last day of a post."""

    ends_on = DayField("Last day", [required("Enter the last day.")])
