"""What is asked about who cares for a person, and of them."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from mdt.carers.rules import ASSESSMENT_MOVES, LONGEST_NOTE, LONGEST_WORDS, AgreementScope, SaidKind, Strain
from mdt.story.forms import as_truth, yes_no_field
from mdt.story.rules import CarerDetails, CarerRole, CarersAssessment
from network.plumbing.database import today
from network.plumbing.fields import DayField, choice_field, required, row_field, text_field, word_field


class CarerForm(FlaskForm):  # type: ignore[misc]
    """A carer in their own right."""

    name = text_field("Name", 120, "Enter the carer's name.")
    relation = text_field("Relation", 60, description="Such as daughter or neighbour.")
    phone = text_field("Phone", 30)
    role = word_field("How they take part", CarerRole)
    patient_agrees = yes_no_field("The person agrees to that")
    own_needs = text_field("What the carer needs", 1000)
    contingency = text_field("If the carer cannot", 500)

    @property
    def details(self) -> CarerDetails:
        return CarerDetails(
            name=self.name.data,
            relation=self.relation.data,
            phone=self.phone.data,
            role=self.role.data,
            patient_agrees=as_truth(self.patient_agrees.data),
            own_needs=self.own_needs.data,
            contingency=self.contingency.data,
        )


class SaidForm(FlaskForm):  # type: ignore[misc]
    """What a carer said of themselves."""

    kind = word_field("What it is about", SaidKind)
    strain = word_field("How caring is for them", Strain, empty="Not asked")
    words = text_field("In their words", LONGEST_WORDS)
    heard_on = DayField("When", [required("Enter the day.")], default=today)
    is_confidential = BooleanField("They said it in confidence")


class AgreementForm(FlaskForm):  # type: ignore[misc]
    """What a carer agrees to about themselves."""

    scope = word_field("What they were asked", AgreementScope)
    agrees: Any = choice_field(
        "What they said",
        "Choose what they said.",
        choices=[SelectChoice("yes", "They agree"), SelectChoice("no", "They do not agree")],
        default="yes",
    )
    how = text_field("How they said so", 200, "Enter how they said so, such as 'on the phone'.")
    on_day = DayField("When", [required("Enter the day.")], default=today)


class AssessmentForm(FlaskForm):  # type: ignore[misc]
    """The next step of a carer's own assessment."""

    state: Any = choice_field(
        "What happened", "Choose what happened.", lambda value: CarersAssessment(value) if value else None
    )
    on_day = DayField("When", [required("Enter the day.")], default=today)
    organisation_id: Any = row_field("Who has to do it", "Choose who has to do it from the list.")
    note = text_field("Note", LONGEST_NOTE)

    def offer(self, now: CarersAssessment) -> None:
        """Offer what can follow where the assessment stands."""
        moves = ASSESSMENT_MOVES[now]
        self.state.choices = [
            SelectChoice(each.value, each.label) for each in CarersAssessment if each in moves
        ]
