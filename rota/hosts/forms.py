"""What the pages of hosts and offers ask."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from network.plumbing.fields import DayField, WholeNumberField, required, row_field, text_field, word_field
from network.vocabulary import Discipline
from rota.hosts.rules import (
    LONGEST_EMAIL,
    LONGEST_LEAD,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_PHONE,
    LONGEST_REASON,
    Approved,
    Limit,
    Terms,
    Welcome,
    wrong_with_approval,
    wrong_with_limit,
    wrong_with_terms,
    wrong_with_welcome,
)
from rota.programmes.rules import Setting, SupervisorKind

Rows = Iterable[tuple[uuid.UUID, str]]
NUMBERS = ("least", "most", "floor", "minutes")


def _note(label: str, hint: str) -> TextAreaField:
    too_long = Length(max=LONGEST_NOTE, message=f"Shorten this to {LONGEST_NOTE} characters.")
    return TextAreaField(label, [Optional(), too_long], description=hint)


class _Ruled(FlaskForm):  # type: ignore[misc]
    """A form beside whose questions the rules put what they find wrong."""

    def wrong(self) -> dict[str, str]:
        """Say what rules find wrong with the answers, by the name of their question."""
        return {}

    def validate(self, extra_validators: Any = None) -> bool:
        """Put what the rules find wrong beside its question."""
        if not super().validate(extra_validators):
            return False
        for name, sentence in self.wrong().items():
            self[name].errors = [*self[name].errors, sentence]
        return not self.errors


class WelcomeForm(_Ruled):
    """Who answers for a host, and what learners read before their first day."""

    lead_name = text_field("Who answers for the host", LONGEST_LEAD)
    lead_email = EmailField(
        "Their email address",
        [Optional(), Length(max=LONGEST_EMAIL, message=f"Shorten this to {LONGEST_EMAIL} characters.")],
        description="Placements are sent here to be accepted or declined.",
    )
    contact_name = text_field(
        "Ask for", LONGEST_LEAD, description="Whom a learner asks for on the first day."
    )
    contact_phone = text_field("Phone on the day", LONGEST_PHONE)
    arrival = _note("Where and when to arrive", "Such as: reception at 08:30, staff entrance on the left.")
    dress = _note("What to wear", "Such as: bare below the elbow, no uniform.")
    parking = _note("Parking", "Such as: staff car park, ask reception for a permit.")
    travel = _note("Getting there", "Such as: bus 7 stops outside.")

    @property
    def welcome(self) -> Welcome:
        return Welcome(**{name: (self[name].data or "").strip() for name in Welcome.__dataclass_fields__})

    def wrong(self) -> dict[str, str]:
        return wrong_with_welcome(self.welcome)


class AddHostForm(WelcomeForm):
    """Which site becomes a host."""

    site_id = row_field("Site", "Choose a site from the list.", validators=[required("Choose a site.")])


class ChangeHostForm(WelcomeForm):
    """What a host says of itself, as it was seen."""

    row_version = WholeNumberField("", [Optional()], widget=HiddenInput())


class OfferForm(_Ruled):
    """What a host offers."""

    name = text_field("Name of the offer", LONGEST_NAME, "Enter a name for the offer.")
    discipline = word_field("Discipline", Discipline)
    programmes = SelectMultipleField(
        "For learners of", [required("Choose at least one programme whose learners may come.")]
    )
    settings = SelectMultipleField(
        "Counts as",
        [required("Choose at least one setting that a stay here counts as.")],
        choices=[SelectChoice(each.value, each.label) for each in Setting],
    )
    opens_on = DayField("First day", [required("Enter the first day of the offer.")])
    closes_on = DayField("Last day", [Optional()], description="Leave empty if it has none.")
    most = WholeNumberField(
        "Most learners at once", [required("Enter the most learners at once.")], default=1
    )
    least = WholeNumberField("Fewest at once", [required("Enter the fewest learners, or 0.")], default=0)
    floor = WholeNumberField(
        "Learners the service counts on", [required("Enter a number of learners, or 0.")], default=0
    )
    minutes = WholeNumberField(
        "Supervision a learner takes in a week",
        [Optional()],
        description="Leave empty to go by what the rota says of each learner.",
    )
    notes = _note("Notes", "Anything whoever plans rotations should know. Name no learner.")
    row_version = WholeNumberField("", [Optional()], widget=HiddenInput())

    def offer(self, programmes: Rows) -> None:
        """Offer programmes."""
        self.programmes.choices = [SelectChoice(str(row_id), said) for row_id, said in programmes]

    @classmethod
    def answers_of(cls, terms: Terms) -> dict[str, Any]:
        """Give the answers that make this offer."""
        return {
            **vars(terms),
            "programmes": [str(each) for each in terms.programmes],
            "settings": [each.value for each in terms.settings],
        }

    @property
    def terms(self) -> Terms:
        return Terms(
            name=self.name.data or "",
            discipline=self.discipline.data,
            programmes=tuple(uuid.UUID(each) for each in self.programmes.data or ()),
            settings=tuple(Setting(each) for each in self.settings.data or ()),
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
            notes=self.notes.data or "",
            **{name: self[name].data for name in NUMBERS},
        )

    def wrong(self) -> dict[str, str]:
        return wrong_with_terms(self.terms)


class LimitForm(_Ruled):
    """Another number of places for a time."""

    starts_on = DayField("From", [required("Enter the first day.")])
    ends_on = DayField("Until", [Optional()], description="Leave empty if it has no end.")
    most = WholeNumberField("Most learners", [required("Enter the most learners, or 0.")])
    least = WholeNumberField("Fewest learners", [required("Enter the fewest learners, or 0.")], default=0)
    stage = text_field(
        "Only learners of this stage", 20, description="Such as ST1. Leave empty for all learners together."
    )

    @property
    def limit(self) -> Limit:
        return Limit(self.starts_on.data, self.ends_on.data, self.least.data, self.most.data, self.stage.data)

    def wrong(self) -> dict[str, str]:
        return wrong_with_limit(self.limit)


class ApprovalForm(_Ruled):
    """Who approved a host, for which programme and how long."""

    programme_id = row_field(
        "Programme", "Choose a programme from the list.", validators=[required("Choose a programme.")]
    )
    regulator = text_field(
        "Approved by", LONGEST_NAME, "Enter who approved it, such as General Pharmaceutical Council."
    )
    reference = text_field("Reference", LONGEST_NAME)
    starts_on = DayField("From", [required("Enter the first day.")])
    ends_on = DayField("Until", [Optional()], description="Leave empty if it has no end.")

    @property
    def approved(self) -> Approved:
        return Approved(
            self.programme_id.data,
            self.regulator.data,
            self.starts_on.data,
            self.ends_on.data,
            self.reference.data,
        )

    def wrong(self) -> dict[str, str]:
        return wrong_with_approval(self.approved)


class SupervisorForm(FlaskForm):  # type: ignore[misc]
    """Who supervises the learners of an offer, and as what."""

    member_id = row_field("Who", "Choose somebody from the list.", validators=[required("Choose somebody.")])
    kind = word_field("As their", SupervisorKind)


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    """From when an offer is withdrawn, and why."""

    leaves_on = DayField(
        "No learners from", [required("Enter the first day on which nobody can come any more.")]
    )
    why = text_field(
        "Why",
        LONGEST_REASON,
        "Enter why it is withdrawn.",
        description="Only those who plan rotations read this, and no letter names it.",
    )
