"""What the pages about a person ask."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]

from mdt.patients.rules import DECILES, Contact, EthnicCategory, Identity, LetterFormat, Sex
from mdt.story.rules import Heard, NeedKind, StatementKind
from network.plumbing.database import today
from network.plumbing.fields import (
    DayField,
    choice_field,
    required,
    row_field,
    text_field,
    word_field,
)

DECILE_CHOICES = (
    SelectChoice("", "Not Known"),
    SelectChoice("1", "1: the most deprived tenth of England"),
    *(SelectChoice(str(each), str(each)) for each in DECILES[1:-1]),
    SelectChoice("10", "10: the least deprived tenth"),
)
YES_NO = (SelectChoice("", "Not Known"), SelectChoice("yes", "Yes"), SelectChoice("no", "No"))


def yes_no_field(label: str, **options: Any) -> Any:
    """Ask what may also not be known."""
    return choice_field(label, "Choose one from the list.", choices=list(YES_NO), default="", **options)


def as_truth(answer: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(answer or "")


def from_truth(truth: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[truth]


class PatientForm(FlaskForm):  # type: ignore[misc]
    """Who somebody is and how to reach them."""

    seen = HiddenField()
    nhs_number = text_field("NHS number", 40)
    title = text_field("Title", 20)
    family_name = text_field("Family name", 80, "Enter the family name.")
    given_name = text_field("Given name", 80, "Enter the given name.")
    preferred_name = text_field("Likes to be called", 80)
    born_on = DayField("Date of birth", [required("Enter the date of birth.")])
    sex = word_field("Sex", Sex, default=Sex.UNKNOWN)
    practice_id = row_field("GP practice", "Choose a practice from the list.")
    address = text_field("Address", 300)
    postcode = text_field("Postcode", 10)
    phone = text_field("Phone", 30)
    email = text_field("Email address", 254)
    care_home = text_field("Care home", 120)
    language = text_field("Language", 60)
    letter_format = word_field("Letters", LetterFormat)
    lives_alone = yes_no_field("Lives alone")
    housebound = yes_no_field("Housebound")
    ethnicity = word_field(
        "Ethnic category", EthnicCategory, empty="Not Known", description="As they say it themselves."
    )
    imd_decile = choice_field(
        "Deprivation decile",
        "Choose one from the list.",
        lambda chosen: int(chosen) if chosen else None,
        choices=list(DECILE_CHOICES),
    )

    def fill(self, patient: Any) -> None:
        """Start from a person as they are."""
        self.seen.data = str(patient.row_version)
        self.lives_alone.data = from_truth(patient.lives_alone)
        self.housebound.data = from_truth(patient.housebound)
        self.ethnicity.data = patient.ethnic_category

    @property
    def typed(self) -> tuple[str, str, str, date | None]:
        """Return by what the person may be known already."""
        names = (self.family_name.data or "", self.given_name.data or "")
        return self.nhs_number.data or "", *names, self.born_on.data

    @property
    def identity(self) -> Identity:
        return Identity(
            family_name=self.family_name.data,
            given_name=self.given_name.data,
            born_on=self.born_on.data,
            nhs_number=self.nhs_number.data,
            title=self.title.data,
            preferred_name=self.preferred_name.data,
            sex=self.sex.data,
        )

    @property
    def contact(self) -> Contact:
        return Contact(
            address=self.address.data,
            postcode=self.postcode.data,
            phone=self.phone.data,
            email=self.email.data,
            care_home=self.care_home.data,
            letter_format=self.letter_format.data,
            language=self.language.data,
            lives_alone=as_truth(self.lives_alone.data),
            housebound=as_truth(self.housebound.data),
            ethnicity=self.ethnicity.data,
            imd_decile=self.imd_decile.data,
        )


class StatementForm(FlaskForm):  # type: ignore[misc]
    """What somebody said, in their words."""

    kind = word_field("What it is about", StatementKind)
    words = text_field("In their words", 2000, "Enter their words.")
    said_by = text_field(
        "Who said it", 120, "Enter who said it.", description="The person, or who speaks for them."
    )
    heard_on = DayField("When", [required("Enter the day.")], default=today)

    def heard(self, by: str) -> Heard:
        return Heard(self.kind.data, self.words.data, self.said_by.data, by, self.heard_on.data)


class NeedForm(FlaskForm):  # type: ignore[misc]
    """A communication need or a reasonable adjustment."""

    kind = word_field("Kind", NeedKind)
    words = text_field("What they need", 200, "Enter what the person needs, such as 'hearing loop'.")


class DeathForm(FlaskForm):  # type: ignore[misc]
    """The day of a death."""

    died_on = DayField("Day of death", [required("Enter the day.")])
