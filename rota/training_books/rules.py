"""The workbook of training: its sheets, and what each row of them says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from network.vocabulary import Discipline
from rota.learners.rules import LONGEST_JOURNEY, Travel
from rota.programmes.rules import LEAST_PERCENT, MOST_WEEKS, Setting
from rota.tables.rules import Cells, Column, Place, Template, columns_of, words_of
from rota.workbook.rules import Readers

MOST_ROWS = 500
MOST_PLACES, MOST_MINUTES = 50, 2400


class TrainingSheet(StrEnum):
    """The sheets, in the order in which they are written."""

    REQUIREMENTS = "Requirements"
    LEARNERS = "Learners"
    DONE = "Done before"
    OFFERS = "Offers"


@dataclass(frozen=True)
class RequirementLine:
    """What a programme requires. None and empty text stand for cells that were left empty."""

    place: Place
    programme: str
    name: str
    settings: tuple[Setting, ...]
    least_weeks: int
    most_weeks: int
    shortest_run: int | None
    longest_run: int | None
    once_per_host: bool | None
    is_hard: bool | None
    source: str


@dataclass(frozen=True)
class LearnerLine:
    """Somebody in training."""

    place: Place
    given_name: str
    family_name: str
    email: str
    employer: str
    programme: str
    stage: str
    percent: int | None
    starts_on: date
    ends_on: date | None
    base: str
    travel: Travel | None
    longest_minutes: int | None

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True)
class DoneLine:
    """Weeks that a learner did before."""

    place: Place
    name: str
    requirement: str
    weeks: int
    host: str
    ended_on: date


@dataclass(frozen=True)
class OfferLine:
    """Places with a host."""

    place: Place
    site: str
    name: str
    discipline: Discipline
    programmes: tuple[str, ...]
    settings: tuple[Setting, ...]
    opens_on: date
    closes_on: date | None
    least: int | None
    most: int
    minutes: int | None
    notes: str


def read_requirement(cells: Cells) -> RequirementLine | None:
    """Read a row of the sheet of requirements."""
    line = {
        "programme": cells.text("programme"),
        "name": cells.text("name"),
        "settings": _settings(cells),
        "least_weeks": cells.whole("least_weeks", 0, MOST_WEEKS),
        "most_weeks": cells.whole("most_weeks", 1, MOST_WEEKS),
        "shortest_run": cells.whole("shortest_run", 1, MOST_WEEKS),
        "longest_run": cells.whole("longest_run", 1, MOST_WEEKS),
        "once_per_host": cells.yes_or_no("once_per_host"),
        "is_hard": cells.yes_or_no("is_hard"),
        "source": cells.text("source"),
    }
    # Where all is good, nothing that is required is missing.
    return RequirementLine(cells.place, **line) if cells.is_good else None  # type: ignore[arg-type]


def read_learner(cells: Cells) -> LearnerLine | None:
    """Read a row of the sheet of learners."""
    email = cells.text("email")
    if email and ("@" not in email or " " in email):
        cells.wrong("email", "Enter an email address, such as a.example@example.org.")
    line = {
        "given_name": cells.text("given_name"),
        "family_name": cells.text("family_name"),
        "email": email,
        "employer": cells.text("employer"),
        "programme": cells.text("programme"),
        "stage": cells.text("stage"),
        "percent": cells.whole("percent", LEAST_PERCENT, 100),
        "starts_on": cells.day("starts_on"),
        "ends_on": cells.day("ends_on"),
        "base": cells.text("base"),
        "travel": cells.word("travel", Travel, "travels"),
        "longest_minutes": cells.whole("longest_minutes", 1, LONGEST_JOURNEY),
    }
    return LearnerLine(cells.place, **line) if cells.is_good else None  # type: ignore[arg-type]


def read_done(cells: Cells) -> DoneLine | None:
    """Read a row of the sheet of what was done before."""
    line = {
        "name": cells.text("name"),
        "requirement": cells.text("requirement"),
        "weeks": cells.whole("weeks", 1, MOST_WEEKS),
        "host": cells.text("host"),
        "ended_on": cells.day("ended_on"),
    }
    return DoneLine(cells.place, **line) if cells.is_good else None  # type: ignore[arg-type]


def read_offer(cells: Cells) -> OfferLine | None:
    """Read a row of the sheet of offers."""
    programmes = cells.text("programmes")
    line = {
        "site": cells.text("site"),
        "name": cells.text("name"),
        "discipline": cells.word("discipline", Discipline, "disciplines"),
        # Names of programmes may hold commas.
        "programmes": tuple(name.strip() for name in programmes.split(";") if name.strip()),
        "settings": _settings(cells),
        "opens_on": cells.day("opens_on"),
        "closes_on": cells.day("closes_on"),
        "least": cells.whole("least", 0, MOST_PLACES),
        "most": cells.whole("most", 1, MOST_PLACES),
        "minutes": cells.whole("minutes", 0, MOST_MINUTES),
        "notes": cells.text("notes"),
    }
    return OfferLine(cells.place, **line) if cells.is_good else None  # type: ignore[arg-type]


READERS: Readers = {
    TrainingSheet.REQUIREMENTS: read_requirement,
    TrainingSheet.LEARNERS: read_learner,
    TrainingSheet.DONE: read_done,
    TrainingSheet.OFFERS: read_offer,
}


def as_template(raw: Mapping[str, Any]) -> Template:
    """Check the template as it was read from its pack; what does not fit is an error."""
    sheets: dict[str, dict[str, Column]] = {
        TrainingSheet(sheet): columns_of(columns) for sheet, columns in raw["sheets"].items()
    }
    if list(sheets) != list(TrainingSheet):
        raise ValueError("The template has other sheets than the workbook.")
    return Template(sheets, words_of(raw["words"]), tuple(raw["read_me"]))


def _settings(cells: Cells) -> tuple[Setting, ...]:
    some = ", ".join(setting.label for setting in list(Setting)[:3])
    return cells.parts(
        "settings",
        lambda part: cells.meant(part, Setting, "settings"),
        f"Enter settings that Quorate knows, such as: {some}.",
    )
