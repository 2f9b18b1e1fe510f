"""What is asked where facts about a person are written down: a group, each of which may be left out."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from mdt.facts.rules import LONGEST_SOURCE, NEVER, FactSpec
from mdt.panels.rules import Answer, FieldKind, Value
from network.plumbing.database import today
from network.plumbing.fields import DayField, NumberField, choice_field, required, text_field

LEFT = SelectChoice("", "Leave as it is")
PREFIX, NEVER_WAS = "fact_", "_never"


class FactsForm(FlaskForm):  # type: ignore[misc]
    """As of when the facts hold and who said so; `form_of` adds the facts of a group."""

    specs: tuple[FactSpec, ...]

    as_at = DayField("Known on", [required("Enter the day on which this was known.")], default=today)
    source = text_field(
        "Who said so",
        LONGEST_SOURCE,
        "Enter who said so.",
        description="Such as the person, or the practice's record.",
    )

    @property
    def questions(self) -> Iterator[tuple[FactSpec, Any, Any]]:
        """Each fact, its field, and of a day the field for its never having been."""
        for each in self.specs:
            yield each, self[PREFIX + each.key], self._fields.get(PREFIX + each.key + NEVER_WAS)

    @property
    def facts(self) -> dict[str, Answer]:
        """What was filled in; the rest stays as it is known."""
        return {key: Answer(value, self.as_at.data) for key, value in self._values()}

    def _values(self) -> Iterator[tuple[str, Value]]:
        for spec, field, never in self.questions:
            if never is not None and never.data:
                yield spec.key, NEVER
            elif (value := _kept(field.data)) is not None:
                yield spec.key, value


def form_of(specs: Collection[FactSpec]) -> type[FactsForm]:
    """Make the form of a group of facts."""
    fields: dict[str, Any] = {"specs": tuple(specs)}
    for spec in specs:
        fields[PREFIX + spec.key] = _field_of(spec)
        if spec.field.kind is FieldKind.DAY:
            fields[PREFIX + spec.key + NEVER_WAS] = BooleanField(f"{spec.label}: never, or none on record")
    return type("FormOfFacts", (FactsForm,), fields)


def _field_of(spec: FactSpec) -> Any:
    label, hint = spec.label, spec.field.hint
    if spec.field.kind is FieldKind.DAY:
        return DayField(label, description=hint)
    if spec.field.kind is FieldKind.NUMBER:
        return NumberField(label, [], description=hint)
    if spec.field.kind is FieldKind.WORDS:
        return text_field(label, 60, description=hint)
    choices = [SelectChoice(value, said) for value, said in spec.field.words.items()]
    if spec.field.kind is FieldKind.YES_NO:
        return RadioField(label, choices=[*choices, LEFT], default="", description=hint)
    choices = [LEFT, *choices]
    return choice_field(label, "Choose one of the answers.", choices=choices, default="", description=hint)


def _kept(shown: Any) -> Value | None:
    if isinstance(shown, date):
        return shown.isoformat()
    if isinstance(shown, float) and shown.is_integer():
        return int(shown)
    return shown or None if isinstance(shown, str) else shown
