"""The questions about learners: who they are, their programme, what they did before and what they need."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from network.organisations.rules import WeeklySession, sessions_of_the_week
from network.people.rules import Details
from network.plumbing.fields import (
    DayField,
    WholeNumberField,
    choice_field,
    required,
    row_choices,
    row_field,
    text_field,
    word_field,
)
from network.vocabulary import SessionKind
from rota.learners.rules import (
    LONGEST_HOST,
    LONGEST_NEED,
    LONGEST_STAGE,
    Apart,
    Done,
    LearnerDesign,
    Needs,
    Travel,
)
from rota.programmes.rules import session_kept, session_read

DAYTIME = (SessionKind.MORNING, SessionKind.AFTERNOON)
HALF_DAYS = [session for session in sessions_of_the_week() if session.kind in DAYTIME]
PLAIN = ("programme_id", "starts_on", "ends_on", "percent", "base_site_id", "travel", "longest_minutes")

Rows = Iterable[tuple[uuid.UUID, str]]


class LearnerForm(FlaskForm):  # type: ignore[misc]
    """What is said of somebody in training."""

    programme_id = row_field("Programme", "Choose a programme.")
    stage = text_field("Stage", LONGEST_STAGE, description="Such as ST1 or year 2")
    percent = WholeNumberField("Share of full time", [required("Enter a share in percent.")], default=100)
    starts_on = DayField("First day", [required("Enter the first day.")])
    ends_on = DayField("Last day", [required("Enter the last day.")])
    base_site_id = row_field("Base", "Choose a site.")
    continuity = choice_field(
        "Half-day of each week kept at the base", "Choose one from the list.", default=""
    )
    travel = word_field("Travels", Travel)
    longest_minutes = WholeNumberField("Longest way to a placement", [Optional()])
    protected = SelectMultipleField(
        "Half-days kept for learning, beside those of the programme",
        [Optional()],
        choices=[SelectChoice(session_kept(each), each.said) for each in HALF_DAYS],
    )
    row_version = WholeNumberField("", [Optional()], widget=HiddenInput())

    def __init__(self, programmes: Rows, sites: Rows, **given: Any) -> None:
        super().__init__(**given)
        self.programme_id.choices = row_choices(programmes)
        self.base_site_id.choices = row_choices(sites, empty="None")
        kept = [SelectChoice(session_kept(each), each.said) for each in HALF_DAYS]
        self.continuity.choices = [SelectChoice("", "None"), *kept]

    @classmethod
    def answers_of(cls, design: LearnerDesign) -> dict[str, Any]:
        """Give the answers that make this learner."""
        return {
            **vars(design),
            "continuity": session_kept(design.continuity) if design.continuity else "",
            "protected": [session_kept(each) for each in design.protected],
        }

    @property
    def design(self) -> LearnerDesign:
        continuity: WeeklySession | None = None
        if self.continuity.data:
            continuity = session_read(self.continuity.data)
        return LearnerDesign(
            stage=self.stage.data or "",
            protected=tuple(map(session_read, self.protected.data or ())),
            continuity=continuity,
            **{name: self[name].data for name in PLAIN},
        )

    def tell(self, wrong: dict[str, str]) -> bool:
        """Put what the rules find wrong beside its question, and say whether nothing is."""
        for name, sentence in wrong.items():
            self[name].errors = [*self[name].errors, sentence]
        return not wrong


class NewLearnerForm(LearnerForm):
    """Somebody whom the network does not know yet."""

    given_name = text_field("Given name", 60, "Enter the given name.")
    family_name = text_field("Family name", 60, "Enter the family name.")
    email = EmailField("Email", [Optional(), Length(max=254, message="Shorten this to 254 characters.")])
    phone = text_field("Phone", 30)
    employer_id = row_field("Employer", "Choose the employer.")

    def __init__(self, programmes: Rows, sites: Rows, employers: Rows, **given: Any) -> None:
        super().__init__(programmes, sites, **given)
        self.employer_id.choices = row_choices(employers)

    @property
    def details(self) -> Details:
        return Details(
            self.given_name.data,
            self.family_name.data,
            email=self.email.data or "",
            phone=self.phone.data or "",
        )


class KnownLearnerForm(LearnerForm):
    """Somebody of the rota who comes onto a programme."""

    member_id = row_field("Who", "Choose who is on the programme.")

    def __init__(self, programmes: Rows, sites: Rows, members: Rows, **given: Any) -> None:
        super().__init__(programmes, sites, **given)
        self.member_id.choices = row_choices(members)


class NarrowForm(FlaskForm):  # type: ignore[misc]
    """Which learners are listed."""

    class Meta:
        csrf = False

    programme = row_field("Programme", "Choose a programme.")
    past = BooleanField("Also those who have finished")

    def __init__(self, programmes: Rows, **given: Any) -> None:
        super().__init__(**given)
        self.programme.choices = row_choices(programmes, empty="All programmes")


class DoneForm(FlaskForm):  # type: ignore[misc]
    """Weeks that were done before."""

    requirement_id = row_field("What", "Choose a requirement of the programme.")
    weeks = WholeNumberField("Weeks at full time", [required("Enter a number of weeks.")])
    ended_on = DayField("Last day", [required("Enter the last day.")])
    host = text_field("Where", LONGEST_HOST)

    def __init__(self, requirements: Rows, **given: Any) -> None:
        super().__init__(**given)
        self.requirement_id.choices = row_choices(requirements)

    @property
    def done(self) -> Done:
        return Done(self.requirement_id.data, self.weeks.data, self.ended_on.data, self.host.data or "")


class NeedsForm(FlaskForm):  # type: ignore[misc]
    """What a learner needs in every placement."""

    adjustments = TextAreaField(
        "Adjustments",
        [Optional(), Length(max=LONGEST_NEED, message=f"Shorten this to {LONGEST_NEED} characters.")],
    )
    needs_step_free = BooleanField("Only sites without steps")
    travel_is_hard = BooleanField("The longest way is never exceeded")

    @property
    def needs(self) -> Needs:
        return Needs(self.adjustments.data or "", self.needs_step_free.data, self.travel_is_hard.data)


class ApartForm(FlaskForm):  # type: ignore[misc]
    """With whom, or where, a learner is never placed."""

    member_id = row_field("Somebody", "Choose somebody from the list.")
    site_id = row_field("Or a site", "Choose a site from the list.")
    reason = TextAreaField(
        "Reason",
        [
            required("Enter the reason. Only those who plan placements see it."),
            Length(max=LONGEST_NEED, message=f"Shorten this to {LONGEST_NEED} characters."),
        ],
    )

    def __init__(self, members: Rows, sites: Rows, **given: Any) -> None:
        super().__init__(**given)
        self.member_id.choices = row_choices(members, empty="Nobody")
        self.site_id.choices = row_choices(sites, empty="None")

    @property
    def apart(self) -> Apart:
        return Apart(self.reason.data or "", self.member_id.data, self.site_id.data)
