"""The questions of a rule, which depend on the rule."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from network.plumbing.fields import DayField, WholeNumberField, choice_field, required, word_field
from network.vocabulary import ContractType, Word
from rota.rulebook.rules import CHOICES, PackRule, Parameter, ParameterKind, RuleEdit, Value, wrong_with_edit

PREFIX = "number_"


class RuleForm(FlaskForm):  # type: ignore[misc]
    """A rule as a network sets it; subclasses add the questions of one rule."""

    rule: PackRule

    contracts = SelectMultipleField("Contract types it binds")
    source = TextAreaField("Source", [required("Enter the law, contract or local decision behind the rule.")])
    effective_from = DayField("In force from", [required("Enter the day from which it is in force.")])
    row_version = HiddenField()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.contracts.choices = [SelectChoice(contract.value, contract.label) for contract in ContractType]

    @property
    def numbers(self) -> list[tuple[Parameter, Field]]:
        """The rule's own numbers and words, with the questions about them."""
        return [(parameter, self[PREFIX + parameter.name]) for parameter in self.rule.parameters]

    @property
    def edit(self) -> RuleEdit:
        """Give the answers as a setting; what is not asked of a fixed rule stays as it is."""
        chosen = frozenset(ContractType(value) for value in self.contracts.data or [])
        default, asked = self.rule.default, self._fields
        return RuleEdit(
            is_on=self["is_on"].data if "is_on" in asked else default.is_on,
            severity=self["severity"].data if "severity" in asked else default.severity,
            tier=self["tier"].data if "tier" in asked else default.tier,
            weight=self["weight"].data if "weight" in asked else default.weight,
            parameters={
                each.name: _value_of(each, self[PREFIX + each.name]) for each in self.rule.parameters
            },
            contracts=None if chosen == frozenset(ContractType) else chosen,
            source=self.source.data or "",
            effective_from=self.effective_from.data,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Put what the rules find wrong beside its question."""
        if not super().validate(extra_validators):
            return False
        for name, sentence in wrong_with_edit(self.rule, self.edit).items():
            field = self._fields.get(PREFIX + name) or self._fields.get(name)
            if field is None:
                self.form_errors.append(sentence)
            else:
                field.errors = [*field.errors, sentence]
        return not self.errors


def form_for(rule: PackRule) -> type[RuleForm]:
    """Make the form of one rule."""
    questions: dict[str, Any] = {"rule": rule}
    if not rule.is_fixed:
        questions["is_on"] = BooleanField("The rule is on")
        questions["weight"] = WholeNumberField("Weight", [required("Enter a weight, such as 10.")])
    if len(rule.may_be) > 1:
        questions["severity"] = word_field("How it holds", rule.may_be)
    if len(rule.tiers) > 1:
        questions["tier"] = word_field("What it stands for", rule.tiers)
    for parameter in rule.parameters:
        questions[PREFIX + parameter.name] = _question(parameter)
    return type("FormOfRule", (RuleForm,), questions)


def answers_of(rule: PackRule, edit: RuleEdit, row_version: int) -> dict[str, Any]:
    """Give the answers that make this setting."""
    contracts = frozenset(ContractType) if edit.contracts is None else edit.contracts
    answers = {**vars(edit), "contracts": [each.value for each in contracts], "row_version": row_version}
    for parameter in rule.parameters:
        value = edit.parameters[parameter.name]
        answers[PREFIX + parameter.name] = str(value).split(",") if parameter.takes_several else value
    return answers


def _question(parameter: Parameter) -> Any:
    if parameter.kind is ParameterKind.NUMBER:
        hint = f"From {parameter.low} to {parameter.high} {parameter.unit}"
        return WholeNumberField(
            parameter.label, [required(f"Enter a number: {hint.lower()}.")], description=hint
        )
    if parameter.kind is ParameterKind.SWITCH:
        return BooleanField(parameter.label)
    if parameter.kind is ParameterKind.ONE_OF:
        choices = [
            SelectChoice("", "None"),
            *(SelectChoice(word, label) for word, label in parameter.of.items()),
        ]
        return choice_field(parameter.label, "Choose one from the list.", choices=choices)
    if parameter.kind is ParameterKind.SEVERAL_OF:
        return SelectMultipleField(
            parameter.label, choices=[SelectChoice(*each) for each in parameter.of.items()]
        )
    words: type[Word] = CHOICES[parameter.kind]
    if parameter.kind is ParameterKind.SESSION:
        return word_field(parameter.label, words)
    return SelectMultipleField(
        parameter.label, choices=[SelectChoice(word.value, word.label) for word in words]
    )


def _value_of(parameter: Parameter, field: Field) -> Value:
    if parameter.kind in (ParameterKind.NUMBER, ParameterKind.SWITCH):
        return int(field.data)
    return (
        ",".join(field.data or [])
        if parameter.takes_several
        else str(getattr(field.data, "value", field.data))
    )
