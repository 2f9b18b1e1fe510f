"""The questions about members of the rota."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from network.plumbing.database import today
from network.plumbing.fields import (
    DayField,
    WholeNumberField,
    required,
    row_field,
    text_field,
    word_field,
)
from network.vocabulary import FundingStream, JobRole
from rota.staff.rules import Competency, CredentialKind, Planning


class FilterForm(FlaskForm):  # type: ignore[misc]
    """Narrow the list of staff; asked with an address, so it needs no token."""

    class Meta:
        csrf = False

    role = word_field("Role", JobRole, empty="All roles")
    site_id = row_field("Home site", "Choose a site from the list.")


class PlanningForm(FlaskForm):  # type: ignore[misc]
    """How a post is planned."""

    home_site_id = row_field("Home site", "Choose a site from the list.")
    planned_from = DayField("Planned from", [required("Enter the first day.")], default=today)
    planned_until = DayField("Planned until", [Optional()], description="Leave empty if no end is agreed.")
    tolerance_minutes = WholeNumberField(
        "Minutes a week over or under", [Optional()], default=0, description="How far a week may differ."
    )
    works_elsewhere_minutes = WholeNumberField(
        "Minutes a week for others",
        [Optional()],
        default=0,
        description="Declared work elsewhere; it counts towards the 48-hour week.",
    )

    @property
    def planning(self) -> Planning:
        return Planning(
            planned_from=self.planned_from.data,
            planned_until=self.planned_until.data,
            home_site_id=self.home_site_id.data,
            tolerance_minutes=self.tolerance_minutes.data or 0,
            works_elsewhere_minutes=self.works_elsewhere_minutes.data or 0,
        )


class LearnerForm(PlanningForm):
    """How a learner is planned."""

    stage = text_field("Stage of training", 20, description="Such as ST2.")
    supervision_minutes = WholeNumberField(
        "Supervision a session", [Optional()], description="Minutes of a supervisor in each clinical session."
    )
    most_clinical_minutes = WholeNumberField("Most clinical minutes a week", [Optional()])
    least_educational_minutes = WholeNumberField("Least educational minutes a week", [Optional()])

    @property
    def planning(self) -> Planning:
        return Planning(
            **vars(super().planning)
            | {
                "stage": self.stage.data,
                "supervision_minutes": self.supervision_minutes.data,
                "most_clinical_minutes": self.most_clinical_minutes.data,
                "least_educational_minutes": self.least_educational_minutes.data,
            }
        )


class NewMemberForm(LearnerForm):
    """Put a post on the rota."""

    engagement_id = row_field(
        "Who", "Choose somebody from the list.", validators=[required("Choose who joins the rota.")]
    )


class EndForm(FlaskForm):  # type: ignore[misc]
    """The last day on which somebody is planned."""

    planned_until = DayField("Last day on the rota", [required("Enter the last day.")])


class CompetencyForm(FlaskForm):  # type: ignore[misc]
    """A sign-off."""

    code = SelectField(
        "Competency",
        validators=[required("Choose a competency.")],
        invalid_choice_message="Choose a competency from the list.",  # type: ignore[call-arg]
    )
    signed_off_on = DayField("Signed off on", [required("Enter the day of the sign-off.")], default=today)
    signed_off_by = text_field("Signed off by", 120, description="Leave empty if it is you.")

    def offer(self, known: Iterable[Competency]) -> None:
        """Let one of these be chosen."""
        choices = [SelectChoice(one.code, one.label) for one in known]
        self.code.choices = [SelectChoice("", "Choose a competency"), *choices]


class CredentialForm(FlaskForm):  # type: ignore[misc]
    """A registration, check or cover."""

    kind = word_field(
        "What it is", CredentialKind, empty="Choose one", validators=[required("Choose what it is.")]
    )
    number = text_field("Number", 40)
    issued_on = DayField("Issued on", [Optional()])
    expires_on = DayField("Last day", [Optional()], description="The day on which it runs out.")


class InductionForm(FlaskForm):  # type: ignore[misc]
    """Being shown round a site."""

    site_id = row_field("Site", "Choose a site from the list.", validators=[required("Choose the site.")])
    inducted_on = DayField("Shown round on", [required("Enter the day.")], default=today)


class SupervisionForm(FlaskForm):  # type: ignore[misc]
    """An approval to supervise."""

    learner_role = word_field(
        "Kind of learner",
        [role for role in JobRole if role.is_learner],
        empty="Choose one",
        validators=[required("Choose the kind of learner.")],
    )
    minutes_per_session = WholeNumberField(
        "Minutes for learners in a session", [required("Enter the minutes a session.")], default=60
    )
    most_learners = WholeNumberField("Most learners at once", [required("Enter a number.")], default=1)
    starts_on = DayField("From", [required("Enter the first day.")], default=today)
    ends_on = DayField("Until", [Optional()])

    @property
    def approval(self) -> dict[str, Any]:
        names = ("minutes_per_session", "most_learners", "starts_on", "ends_on")
        return {name: self[name].data for name in names}


class SplitForm(FlaskForm):  # type: ignore[misc]
    """Who pays: a share for each stream, empty where a stream pays nothing."""

    @property
    def shares(self) -> dict[FundingStream, Any]:
        return {stream: self[stream.value] for stream in FundingStream}

    @property
    def split(self) -> dict[FundingStream, int]:
        return {stream: field.data for stream, field in self.shares.items() if field.data is not None}


for _stream in FundingStream:
    setattr(SplitForm, _stream.value, WholeNumberField(_stream.label))
