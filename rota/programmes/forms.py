"""The questions about programmes and what they require."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from network.organisations.rules import WeeklySession, sessions_of_the_week
from network.plumbing.fields import (
    DayField,
    WholeNumberField,
    choice_field,
    required,
    text_field,
    word_field,
)
from network.vocabulary import LEARNER_ROLES, Discipline, JobRole, SessionKind
from rota.programmes.rules import (
    LONGEST_KEY,
    LONGEST_NAME,
    LONGEST_NOTES,
    LONGEST_SOURCE,
    MONTHS,
    ProgrammeDesign,
    RequirementDesign,
    Setting,
    SupervisorKind,
    Window,
    session_kept,
    session_read,
    wrong_with_programme,
    wrong_with_requirement,
)

WINDOWS, PREREQUISITES = 5, 2
DAYTIME = (SessionKind.MORNING, SessionKind.AFTERNOON)
HALF_DAYS = [session for session in sessions_of_the_week() if session.kind in DAYTIME]
NUMBERS = (
    "weeks",
    "block_weeks",
    "notice_weeks",
    "rota_notice_weeks",
    "duty_notice_weeks",
    "least_percent",
    "breadth",
    "exposure_weekly",
    "exposure_total",
)
PLAIN = (*NUMBERS, "role", "effective_from", "has_fixed_base", "needs_approval", "wants_peers")
RUNS = ("least_weeks", "most_weeks", "shortest_run", "longest_run")


def several(label: str, choices: Iterable[tuple[str, str]], sentence: str = "") -> SelectMultipleField:
    """Ask for any of several answers; with a sentence, for at least one."""
    offered = [SelectChoice(value, said) for value, said in choices]
    answer = DataRequired(sentence) if sentence else Optional()
    return SelectMultipleField(label, [answer], choices=offered)


def half_days(label: str) -> SelectMultipleField:
    """Ask for half-days of the week."""
    return several(label, [(session_kept(each), each.said) for each in HALF_DAYS])


def weeks_field(label: str, **options: Any) -> WholeNumberField:
    """Ask for a number of weeks."""
    return WholeNumberField(label, [required("Enter a number of weeks, or 0.")], **options)


class ProgrammeForm(FlaskForm):  # type: ignore[misc]
    """What a programme says of itself; its windows are asked one by one."""

    name = text_field("Name of the programme", LONGEST_NAME, "Enter the name of the programme.")
    role = word_field("For", [role for role in JobRole if role in LEARNER_ROLES])
    weeks = weeks_field("Weeks at full time")
    effective_from = DayField("These numbers hold from", [required("Enter a date.")])
    source = text_field("Where its numbers come from", LONGEST_SOURCE, description="Who gives them, and when")
    notes = TextAreaField(
        "What else its learners and supervisors should know",
        [Optional(), Length(max=LONGEST_NOTES, message=f"Shorten this to {LONGEST_NOTES} characters.")],
    )
    block_weeks = weeks_field("Weeks of a block", default=13)
    intake_months = several("Takes people in", [(str(at), name) for at, name in enumerate(MONTHS, start=1)])
    least_percent = WholeNumberField(
        "Least share of full time", [required("Enter a share in percent.")], default=50
    )
    notice_weeks = weeks_field("Of the placement", default=12)
    rota_notice_weeks = weeks_field("Of the rota", default=8)
    duty_notice_weeks = weeks_field("Of the duty roster", default=6)
    has_fixed_base = BooleanField("Done in one place: no moves, other disciplines by half-days")
    needs_approval = BooleanField("Hosts must be approved for it", default=True)
    wants_peers = BooleanField("Two or more learners together where it can be")
    supervisors = several(
        "Must be different people at each host", [(each.value, each.label) for each in SupervisorKind]
    )
    breadth = WholeNumberField("Different disciplines to see", [required("Enter a number, or 0.")], default=0)
    disciplines = several("These among them", [(each.value, each.label) for each in Discipline])
    exposure_weekly = WholeNumberField("Each week", [required("Enter a number, or 0.")], default=0)
    exposure_total = WholeNumberField("In all", [required("Enter a number, or 0.")], default=0)
    protected = half_days("Half-days of the week kept for learning")
    row_version = WholeNumberField("", [Optional()], widget=HiddenInput())

    @classmethod
    def answers_of(cls, design: ProgrammeDesign) -> dict[str, Any]:
        """Give the answers that make this programme."""
        windows = {
            f"window_{place}_{part}": getattr(window, part if part == "name" else f"{part}_week")
            for place, window in enumerate(design.windows[:WINDOWS])
            for part in ("name", "first", "last")
        }
        lists = {
            "intake_months": [str(month) for month in design.intake_months],
            "supervisors": [each.value for each in design.supervisors],
            "disciplines": [each.value for each in design.disciplines],
            "protected": [session_kept(each) for each in design.protected],
        }
        return {**vars(design), **lists, **windows}

    @property
    def windows(self) -> list[tuple[Field, Field, Field]]:
        """The questions about weeks that a move must not split."""
        return [
            (self[f"window_{place}_name"], self[f"window_{place}_first"], self[f"window_{place}_last"])
            for place in range(WINDOWS)
        ]

    @property
    def design(self) -> ProgrammeDesign:
        return ProgrammeDesign(
            name=self.name.data or "",
            source=self.source.data or "",
            notes=self.notes.data or "",
            intake_months=tuple(map(int, self.intake_months.data or ())),
            supervisors=tuple(map(SupervisorKind, self.supervisors.data or ())),
            disciplines=tuple(map(Discipline, self.disciplines.data or ())),
            protected=sessions_of(self.protected),
            windows=tuple(
                Window(name.data or "", first.data or 0, last.data or 0)
                for name, first, last in self.windows
                if name.data or first.data or last.data
            ),
            **{name: self[name].data for name in PLAIN},
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Put what the rules find wrong beside its question."""
        if not super().validate(extra_validators):
            return False
        for name, sentence in wrong_with_programme(self.design).items():
            field = self.windows[0][0] if name == "windows" else self[name]
            field.errors = [*field.errors, sentence]
        return not self.errors


for _place in range(WINDOWS):
    setattr(
        ProgrammeForm,
        f"window_{_place}_name",
        text_field(f"Window {_place + 1}", LONGEST_KEY),
    )
    for _part, _label in (("first", "First week"), ("last", "Last week")):
        setattr(ProgrammeForm, f"window_{_place}_{_part}", WholeNumberField(_label, [Optional()]))


class RequirementForm(FlaskForm):  # type: ignore[misc]
    """What a programme requires; what comes before is chosen of its other requirements."""

    name = text_field("What is required", LONGEST_NAME, "Enter what is required.")
    settings = several(
        "Fulfilled in",
        [(each.value, each.label) for each in Setting],
        "Choose at least one setting that fulfils it.",
    )
    least_weeks = weeks_field("Least in all")
    most_weeks = weeks_field("Most in all")
    shortest_run = weeks_field("Shortest at one host", default=1)
    longest_run = weeks_field("Longest at one host")
    once_per_host = BooleanField("At most one stay at each host")
    is_hard = BooleanField("Required: a plan without it says so first", default=True)
    not_after = SelectMultipleField("Must not come right after", [Optional()])
    next_must_be = choice_field("Must be followed by", "Choose one from the list.", default="")
    source = text_field("Where these numbers come from", LONGEST_SOURCE)

    def __init__(self, others: Mapping[str, str], **given: Any) -> None:
        super().__init__(**given)
        offered = [SelectChoice(key, name) for key, name in others.items()]
        self.not_after.choices = offered
        for field in (self.next_must_be, *(which for which, _ in self.prerequisites)):
            field.choices = [SelectChoice("", "Nothing"), *offered]

    @classmethod
    def answers_of(cls, design: RequirementDesign) -> dict[str, Any]:
        """Give the answers that make this requirement."""
        after = {
            f"after_{place}_{part}": value
            for place, (key, weeks) in enumerate(design.after[:PREREQUISITES])
            for part, value in (("key", key), ("weeks", weeks))
        }
        settings = [setting.value for setting in design.settings]
        return {**vars(design), "settings": settings, "not_after": list(design.not_after), **after}

    @property
    def prerequisites(self) -> list[tuple[SelectField, Field]]:
        """The questions about what comes first, and how many weeks of it."""
        return [(self[f"after_{place}_key"], self[f"after_{place}_weeks"]) for place in range(PREREQUISITES)]

    def design(self, key: str) -> RequirementDesign:
        """Give the requirement as answered, under its short name."""
        return RequirementDesign(
            key=key,
            name=self.name.data or "",
            settings=tuple(map(Setting, self.settings.data or ())),
            once_per_host=self.once_per_host.data,
            is_hard=self.is_hard.data,
            after=self._after(),
            not_after=tuple(self.not_after.data or ()),
            next_must_be=self.next_must_be.data or "",
            source=self.source.data or "",
            **{name: self[name].data for name in RUNS},
        )

    def _after(self) -> tuple[tuple[str, int], ...]:
        chosen = {which.data: weeks.data or 0 for which, weeks in self.prerequisites if which.data}
        return tuple(sorted(chosen.items()))

    def validate(self, extra_validators: Any = None) -> bool:
        """Put what the rules find wrong beside its question."""
        if not super().validate(extra_validators):
            return False
        for name, sentence in wrong_with_requirement(self.design("this")).items():
            field = self.prerequisites[0][1] if name == "after" else self[name]
            field.errors = [*field.errors, sentence]
        return not self.errors


for _place in range(PREREQUISITES):
    _which = choice_field("First", "Choose one from the list.", default="")
    setattr(RequirementForm, f"after_{_place}_key", _which)
    setattr(RequirementForm, f"after_{_place}_weeks", WholeNumberField("Weeks of it", [Optional()]))


def sessions_of(field: Field) -> tuple[WeeklySession, ...]:
    """Read the sessions that were chosen."""
    return tuple(map(session_read, field.data or ()))
