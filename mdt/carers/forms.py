"""What is asked about who cares for a person."""

from flask_wtf import FlaskForm

from mdt.story.forms import as_truth, yes_no_field
from mdt.story.rules import CarerDetails, CarerRole, CarersAssessment
from network.plumbing.fields import text_field, word_field


class CarerForm(FlaskForm):  # type: ignore[misc]
    """A carer in their own right."""

    name = text_field("Name", 120, "Enter the carer's name.")
    relation = text_field("Relation", 60, description="Such as daughter or neighbour.")
    phone = text_field("Phone", 30)
    role = word_field("How they take part", CarerRole)
    patient_agrees = yes_no_field("The person agrees to that")
    own_needs = text_field("What the carer needs", 1000)
    assessment = word_field("Carer's assessment", CarersAssessment)
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
            assessment=self.assessment.data,
            contingency=self.contingency.data,
        )
