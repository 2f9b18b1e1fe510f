"""What is asked of whoever looks at those whom lists found, or sets the rule by which they are looked at."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from mdt.casefinding.rules import MOST_COUNTS, Criterion, Rule
from mdt.findings.rules import Column, CountsWhen, Kind, Who
from network.plumbing.fields import DayField, NumberField, WholeNumberField, required, text_field

LONGEST_WHY = 300


class BeginForm(FlaskForm):  # type: ignore[misc]
    """Who somebody is, where the list did not say all of it."""

    given_name = text_field("Given name", 80)
    family_name = text_field("Family name", 80)
    born_on = DayField("Date of birth", [Optional()])

    @property
    def who(self) -> Who:
        return Who(
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            born_on=self.born_on.data,
        )


class LaterForm(FlaskForm):  # type: ignore[misc]
    """When to look again, and why not now."""

    until = DayField("Look again on", [required("Enter a day to look again.")])
    why = text_field("Why not now", LONGEST_WHY, "Enter why not now.")


class NoForm(FlaskForm):  # type: ignore[misc]
    """Why somebody is left alone."""

    reason = text_field("Why not", LONGEST_WHY, "Enter why not.")


class TakeOutForm(FlaskForm):  # type: ignore[misc]
    """What a list with names is for."""

    reason = text_field(
        "What is the list for?",
        200,
        "Enter what the list is for.",
        description="Without names: this is kept with what lists say of each of these people.",
    )
    is_direct_care = BooleanField("I need it for the care of these people, which I am in charge of")


class RuleForm(FlaskForm):  # type: ignore[misc]
    """What counts, and how much is enough; what lists may say gives its other fields."""

    needs = WholeNumberField("How much is enough", [required("Enter how much is enough, such as 2.")])

    def rule_of(self, columns: Mapping[str, Column]) -> Rule:
        """Return the rule as it was filled in."""
        criteria = []
        for column in counting(columns):
            value = self[f"value_{column.key}"].data
            if value in (None, False, "", []):
                continue
            wanted = tuple(value) if isinstance(value, list) else value
            criteria.append(Criterion(column.key, wanted, int(self[f"counts_{column.key}"].data)))
        return Rule(tuple(criteria), self.needs.data or 0)


def counting(columns: Mapping[str, Column]) -> list[Column]:
    """Return the columns that may count."""
    return [column for column in columns.values() if column.counts_when is not None]


def rule_form(columns: Mapping[str, Column], rule: Rule) -> RuleForm:
    """Return the form of the rule, filled in with one."""
    fields: dict[str, Any] = {}
    filled: dict[str, Any] = {"needs": rule.needs}
    for column in counting(columns):
        fields[f"value_{column.key}"] = _value_field(column)
        fields[f"counts_{column.key}"] = SelectField(
            f"Counts: {column.label}",
            choices=[SelectChoice(str(number), f"{number}") for number in range(1, MOST_COUNTS + 1)],
            default="1",
        )
    for each in rule.criteria:
        filled[f"value_{each.key}"] = list(each.value) if isinstance(each.value, tuple) else each.value
        filled[f"counts_{each.key}"] = str(each.counts)
    made: type[RuleForm] = type("RuleOfColumnsForm", (RuleForm,), fields)
    return made(data=filled)


def _value_field(column: Column) -> Any:
    if column.kind is Kind.YES_NO:
        return BooleanField(column.label)
    if column.kind is Kind.CHOICE:
        choices = [SelectChoice(each, each.capitalize()) for each in column.choices]
        return SelectMultipleField(column.label, choices=choices)
    said = "months ago or more" if column.counts_when is CountsWhen.OLDER else column.counts_when
    label = f"{column.label}, {said.label if isinstance(said, CountsWhen) else said}"
    return NumberField(label, [])
