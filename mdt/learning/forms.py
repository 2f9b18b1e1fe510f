"""What is asked of whoever tells a case to others, and of whoever reads it second."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from mdt.learning.rules import LONGEST, Telling
from network.plumbing.fields import required, text_field
from network.vocabulary import Discipline

WHO_LEARN = [each for each in Discipline if each is not Discipline.ADMINISTRATION]


class TellForm(FlaskForm):  # type: ignore[misc]
    """A case as it is told: no names, no places, no dates."""

    title = text_field("Title", LONGEST["title"], "Enter a title, such as 'Falls after a change of glasses'.")
    vignette = TextAreaField(
        "What happened",
        [required("Tell what happened.")],
        description="Written afresh, never copied: no names, no places, no dates, an age in decades.",
    )
    lesson = TextAreaField("What can be learnt from it", [required("Enter what can be learnt from it.")])
    question = text_field("A question to talk about", LONGEST["question"])
    disciplines = SelectMultipleField(
        "Who learns from it",
        coerce=Discipline,
        choices=[SelectChoice(each.value, each.label) for each in WHO_LEARN],
    )

    @property
    def telling(self) -> Telling:
        return Telling(
            self.title.data or "",
            self.vignette.data or "",
            self.lesson.data or "",
            self.question.data or "",
            tuple(self.disciplines.data or ()),
        )


class ApproveForm(FlaskForm):  # type: ignore[misc]
    """What the second person looked for."""

    has_read = BooleanField(
        "I have read it all: nobody here or in the neighbourhood would know who it is about",
        [required("Say that you have read it all, or send it back.")],
    )


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why an example goes back, or goes."""

    reason = text_field("Why", 300, "Enter why.")
