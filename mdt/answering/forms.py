"""What a panel asks, made from the panel's fields; and why something cannot be shared."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from mdt.contributions.rules import LONGEST_LINE, LONGEST_WORDS, Given, Visibility
from mdt.panels.rules import LONGEST_WORDS as LONGEST_ANSWER
from mdt.panels.rules import Answer, Field, FieldKind, Panel, Value, YesNo
from network.plumbing.database import today
from network.plumbing.fields import (
    DayField,
    NumberField,
    TextField,
    choice_field,
    text_field,
)
from network.vocabulary import Discipline

PREFIX = "fact_"
KNOWN_ON = "_known_on"
NOT_KNOWN = SelectChoice("", "Not known")


def lines_field(label: str, longest: int, **options: Any) -> TextAreaField:
    """Ask for some lines, which may be left out."""
    too_long = Length(max=longest, message=f"Shorten this to {longest:,} characters.")
    return TextAreaField(label, [too_long], **options)


def line_field(label: str, longest: int, **options: Any) -> TextField:
    """Ask for a line, which may be left out like all that a panel asks."""
    too_long = Length(max=longest, message=f"Shorten this to {longest} characters.")
    return TextField(label, [too_long], **options)


class PanelForm(FlaskForm):  # type: ignore[misc]
    """What every panel asks; `form_of` adds the questions of a discipline."""

    panel: Panel

    seen = HiddenField()
    has_met = RadioField(
        "Have you or a colleague met them?",
        choices=[*(SelectChoice(word.value, word.label) for word in YesNo), NOT_KNOWN],
        default="",
    )
    last_seen_on = DayField("Last seen")
    words = lines_field("What the team should know", LONGEST_WORDS)
    offer = lines_field("What we can offer", LONGEST_LINE)
    need = lines_field("What we need from others", LONGEST_LINE)
    visibility = RadioField(
        "Who may read this",
        choices=[SelectChoice(each.value, each.label) for each in Visibility],
        default=Visibility.CLINICAL.value,
    )
    named = SelectMultipleField(
        "Which disciplines",
        choices=[
            SelectChoice(each.value, each.label)
            for each in Discipline
            if each is not Discipline.ADMINISTRATION
        ],
    )
    told_by = line_field("Who told you this", 80)

    @property
    def questions(self) -> Iterator[tuple[Field, Any, Any]]:
        """Each question of the panel, its field, and where it is asked, the field for its date."""
        for each in self.panel.fields:
            yield each, self[PREFIX + each.name], self._fields.get(PREFIX + each.name + KNOWN_ON)

    @property
    def given(self) -> Given:
        return Given(
            answers=dict(self._answers()),
            words=self.words.data or "",
            offer=self.offer.data or "",
            need=self.need.data or "",
            has_met=None if not self.has_met.data else self.has_met.data == YesNo.YES.value,
            last_seen_on=self.last_seen_on.data,
            visibility=Visibility(self.visibility.data),
            named=tuple(Discipline(each) for each in self.named.data or ()),
        )

    def fill(self, given: Given) -> None:
        """Show what was given before, with the days as of which it was known."""
        for question, field, known_on in self.questions:
            if (answer := given.answers.get(question.name)) is None:
                continue
            field.data = _shown(question, answer.value)
            if known_on is not None:
                known_on.data = answer.as_at
        self.words.data, self.offer.data, self.need.data = given.words, given.offer, given.need
        self.has_met.data = {True: YesNo.YES.value, False: YesNo.NO.value, None: ""}[given.has_met]
        self.last_seen_on.data = given.last_seen_on
        self.visibility.data = given.visibility.value
        self.named.data = [each.value for each in given.named]

    def _answers(self) -> Iterator[tuple[str, Answer]]:
        for question, field, known_on in self.questions:
            if (value := _kept(field.data)) is not None:
                yield question.name, Answer(value, (known_on and known_on.data) or today())


def form_of(panel: Panel) -> type[PanelForm]:
    """Make the form of a panel."""
    fields: dict[str, Any] = {"panel": panel}
    for each in panel.fields:
        fields[PREFIX + each.name] = _field_of(each)
        if each.is_dated:
            fields[PREFIX + each.name + KNOWN_ON] = DayField(f"{each.title}: known on", default=today)
    return type("FormOfPanel", (PanelForm,), fields)


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why something cannot be shared."""

    reason = text_field("Why it cannot be shared", 300, "Enter why this cannot be shared.")


def _field_of(question: Field) -> Any:
    hint = question.hint
    if question.kind is FieldKind.WORDS:
        return line_field(question.label, LONGEST_ANSWER, description=hint)
    if question.kind is FieldKind.NUMBER:
        return NumberField(question.label, [_in_range(question)], description=hint)
    if question.kind is FieldKind.DAY:
        return DayField(question.label, [_in_range(question)], description=hint)
    choices = [*(SelectChoice(value, label) for value, label in question.words.items()), NOT_KNOWN]
    if question.kind is FieldKind.YES_NO:
        return RadioField(question.label, choices=choices, default="", description=hint)
    return choice_field(
        question.label, "Choose one of the answers.", choices=[NOT_KNOWN, *choices[:-1]], description=hint
    )


def _in_range(question: Field) -> Any:
    def check(form: Any, field: Any) -> None:
        if (value := _kept(field.data)) is not None and (wrong := question.wrong_with(value, today())):
            raise ValidationError(wrong)

    return check


def _kept(shown: Any) -> Value | None:
    if shown is None or (isinstance(shown, str) and not shown.strip()):
        return None
    if isinstance(shown, date):
        return shown.isoformat()
    if isinstance(shown, float) and shown.is_integer():
        return int(shown)
    return shown if isinstance(shown, int | float) else str(shown).strip()


def _shown(question: Field, value: Value) -> Any:
    return date.fromisoformat(str(value)) if question.kind is FieldKind.DAY else value
