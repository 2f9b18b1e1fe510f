"""The questions of a working pattern: one plain select for each session of the cycle."""

from datetime import date
from functools import cache
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectField, SubmitField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from network.organisations.rules import WEEK_ROWS, WEEKDAYS
from network.plumbing.fields import DayField, required
from network.vocabulary import Activity
from rota.staff.rules import LONGEST_CYCLE, Availability, Choices, Pattern, PatternChoice, PatternSlot
from rota.staff.wording import choice_said

ANSWERS: dict[str, PatternChoice | None] = {
    "": None,
    "available": PatternChoice(Availability.AVAILABLE),
    "preferred": PatternChoice(Availability.PREFERRED),
    "never": PatternChoice(Availability.NEVER),
    **{f"fixed:{activity}": PatternChoice(Availability.FIXED, activity) for activity in Activity},
}
CODES = {choice: code for code, choice in ANSWERS.items()}


class PatternForm(FlaskForm):  # type: ignore[misc]
    """A working pattern: from when, over how many weeks, and what each session holds."""

    drawn = 0
    starts_on = DayField("From", [required("Enter the first day of the pattern.")])
    cycle_weeks = SelectField(
        "Repeats every",
        coerce=int,
        choices=[
            SelectChoice(str(weeks), f"{weeks} weeks" if weeks > 1 else "week")
            for weeks in range(1, LONGEST_CYCLE + 1)
        ],
        invalid_choice_message="Choose how often it repeats.",  # type: ignore[call-arg]
        invalid_value_message="Choose how often it repeats.",
    )
    draw = SubmitField("Draw these weeks")
    copy_first = SubmitField("Make all weeks like week 1")

    @property
    def wants_other_weeks(self) -> bool:
        """Say whether the weeks are to be drawn again; nothing is saved that was not seen."""
        return self.draw.data or self.copy_first.data or self.cycle_weeks.data not in (None, self.drawn)

    @property
    def questions(self) -> dict[PatternSlot, Any]:
        """The question of each session that is drawn."""
        return {slot: self[_name(slot)] for slot in _slots(self.drawn)}

    @property
    def weeks(self) -> list[tuple[int, list[tuple[str, list[Any]]]]]:
        """The questions as weeks are drawn."""
        asked = self.questions
        return [
            (
                week,
                [
                    (
                        WEEKDAYS[weekday],
                        [asked[PatternSlot(week, weekday, kind)] if kind else None for kind in kinds],
                    )
                    for weekday, kinds in WEEK_ROWS
                ],
            )
            for week in range(1, self.drawn + 1)
        ]

    @property
    def pattern(self) -> Choices:
        """What was chosen, session by session."""
        # Weeks are drawn again before anything is checked.
        answers = {slot: ANSWERS.get(field.data) for slot, field in self.questions.items()}
        return {slot: choice for slot, choice in answers.items() if choice}

    def fill(self, choices: Choices) -> None:
        """Start from these choices."""
        for slot, field in self.questions.items():
            field.data = CODES[choices.get(slot)]


@cache
def form_of_weeks(weeks: int) -> type[PatternForm]:
    """Make the form that asks for a pattern of so many weeks."""
    options = [SelectChoice(code, _option(choice)) for code, choice in ANSWERS.items()]
    questions = {
        _name(slot): SelectField(
            slot.said,
            choices=options,
            default="",
            invalid_choice_message=f"Choose one from the list for {slot.said}.",  # type: ignore[call-arg]
        )
        for slot in _slots(weeks)
    }
    return type("PatternOfWeeksForm", (PatternForm,), {"drawn": weeks, **questions})


def sent_pattern(drawn: int | None) -> PatternForm:
    """Read a form that was sent with so many weeks."""
    return form_of_weeks(_drawable(drawn))()


def pattern_from(start: Pattern | None, starts_on: date) -> PatternForm:
    """Ask for a pattern from a day on, starting from one that is known."""
    form = form_of_weeks(start.cycle_weeks if start else 1)()
    form.starts_on.data, form.cycle_weeks.data = starts_on, form.drawn
    form.fill(start.choices if start else {})
    return form


def redrawn(form: PatternForm, *, like_the_first: bool) -> PatternForm:
    """Draw the form again with the weeks that were asked for: all like the first, or the old ones in turn."""
    weeks = _drawable(form.cycle_weeks.data or form.drawn)
    again = form_of_weeks(weeks)(formdata=None)
    again.starts_on.data, again.cycle_weeks.data = form.starts_on.data, weeks
    again.fill(stretched(form.pattern, 1 if like_the_first else form.drawn, weeks))
    return again


def _drawable(weeks: int | None) -> int:
    return min(max(weeks or 1, 1), LONGEST_CYCLE)


def stretched(choices: Choices, cycle_weeks: int, weeks: int) -> Choices:
    """Take the first weeks of a pattern into a cycle of another length, repeated in turn."""
    return {
        slot: choice
        for slot in _slots(weeks)
        if (choice := choices.get(slot._replace(week=(slot.week - 1) % cycle_weeks + 1)))
    }


def _slots(weeks: int) -> list[PatternSlot]:
    return [
        PatternSlot(week, weekday, kind)
        for week in range(1, weeks + 1)
        for weekday, kinds in WEEK_ROWS
        for kind in kinds
        if kind
    ]


def _name(slot: PatternSlot) -> str:
    return f"cell_{slot.week}_{slot.weekday}_{slot.kind}"


def _option(choice: PatternChoice | None) -> str:
    return f"Fixed: {choice_said(choice)}" if choice and choice.activity else choice_said(choice)
