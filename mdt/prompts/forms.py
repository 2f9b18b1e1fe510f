"""What is asked where a network chooses a prompt: on or off, and its numbers."""

from collections.abc import Iterator
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]

from mdt.prompts.rules import PromptRule, RuleChoice, Threshold
from network.plumbing.fields import NumberField, required

PREFIX = "number_"
ON, OFF = "on", "off"


class ChoiceForm(FlaskForm):  # type: ignore[misc]
    """Whether a prompt is used; `form_of` adds its numbers."""

    rule: PromptRule

    seen = HiddenField()
    use = RadioField(
        "Does our network use it?",
        choices=[SelectChoice(ON, "Yes"), SelectChoice(OFF, "No")],
        default=ON,
    )

    @property
    def numbers(self) -> Iterator[tuple[Threshold, Any]]:
        for each in self.rule.thresholds:
            yield each, self[PREFIX + each.name]

    @property
    def choice(self) -> RuleChoice:
        return RuleChoice(self.use.data == ON, {each.name: field.data for each, field in self.numbers})

    @property
    def version(self) -> int:
        """The version that was looked at; what no page of ours sends is none that there is."""
        sent = self.seen.data or ""
        return int(sent) if sent.isdecimal() and len(sent) < 9 else -1

    def fill(self, choice: RuleChoice, version: int) -> None:
        """Show what is chosen, and of which version it is."""
        self.use.data = ON if choice.is_on else OFF
        self.seen.data = str(version)
        for each, field in self.numbers:
            field.data = choice.thresholds.get(each.name, each.default)


def form_of(rule: PromptRule) -> type[ChoiceForm]:
    """Make the form of one rule."""
    fields = {PREFIX + each.name: _field_of(each) for each in rule.thresholds}
    return type("FormOfPrompt", (ChoiceForm,), {"rule": rule, **fields})


def _field_of(threshold: Threshold) -> NumberField:
    hint = f"From {threshold.low:g} to {threshold.high:g}; as it comes: {threshold.default:g}."
    return NumberField(threshold.label, [required(f"{threshold.label}: enter a number.")], description=hint)
