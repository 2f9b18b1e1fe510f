"""Sets of questions that people answer on how they fare, and what their answers come to. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from network.vocabulary import Word

# Item to number; None where somebody would rather not say; what was left out is not there.
Answers = Mapping[str, int | None]

LONGEST_SCALE = 11
# A score reads the same whatever the scale: 0 is the worst that can be answered, 100 the best.
BEST = 100
NOTHING_SAID = "Answer at least one question, or choose 'I would rather not say'."


class Scoring(Word):
    EACH = "each", "Each question stands for itself"
    MEAN = "mean", "The mean of the questions, from 0 to 100"


@dataclass(frozen=True)
class Scale:
    """The numbers that may be answered, and what the ends, or all of them, are called."""

    low: int
    high: int
    low_label: str
    high_label: str
    labels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 < len(self.steps) <= LONGEST_SCALE:
            raise ValueError(f"A scale has 2 to {LONGEST_SCALE} steps.")
        if self.labels and len(self.labels) != len(self.steps):
            raise ValueError("Name every step of a scale, or none.")

    @property
    def steps(self) -> range:
        return range(self.low, self.high + 1)

    def said(self, value: int) -> str:
        """Say an answer as it was offered."""
        return self.labels[value - self.low] if self.labels else str(value)


@dataclass(frozen=True)
class Item:
    """One question, word for word, and whether less is better."""

    name: str
    words: str
    short: str
    lower_is_better: bool = False

    def __post_init__(self) -> None:
        if not (self.name.isidentifier() and self.words.strip() and self.short.strip()):
            raise ValueError(f"A question needs a name, its words and a short form: {self.name!r}.")


@dataclass(frozen=True)
class Instrument:
    """A set of questions with its licence; a new wording is a new version."""

    code: str
    title: str
    version: str
    licence: str
    source: str
    introduction: str
    scale: Scale
    items: tuple[Item, ...]
    scoring: Scoring
    # Of how many answers at least a score is made.
    fewest: int = 0

    def __post_init__(self) -> None:
        names = [item.name for item in self.items]
        if not names or len(set(names)) < len(names):
            raise ValueError(f"{self.code}: give each question once, by a name of its own.")
        if not all((self.code.isidentifier(), self.title, self.version, self.introduction)):
            raise ValueError(f"{self.code}: say the code, title, version and introduction.")
        if not (self.licence and self.source):
            raise ValueError(f"{self.code}: say under which licence it may be used, and where it is from.")
        if (self.scoring is Scoring.MEAN) != (0 < self.fewest <= len(names)):
            raise ValueError(f"{self.code}: a mean, and nothing else, says of how many answers at least.")

    def item(self, name: str) -> Item | None:
        return next((item for item in self.items if item.name == name), None)


def as_instrument(raw: Mapping[str, Any]) -> Instrument:
    """Check a pack as it was read and give it as an instrument."""
    known = {*Instrument.__dataclass_fields__}
    if unknown := set(raw) - known:
        raise ValueError(f"An instrument has no {', '.join(sorted(unknown))}.")
    if missing := known - set(raw) - {"fewest"}:
        raise ValueError(f"An instrument needs {', '.join(sorted(missing))}.")
    scale = {**raw["scale"], "labels": tuple(raw["scale"].get("labels", ()))}
    return Instrument(
        **{
            **raw,
            "version": str(raw["version"]),
            "scale": Scale(**scale),
            "items": tuple(Item(**each) for each in raw["items"]),
            "scoring": Scoring(raw["scoring"]),
        }
    )


def wrong_with_answers(instrument: Instrument, answers: Answers) -> str:
    """Say what is wrong with answers, or nothing; whoever leaves questions out does nothing wrong."""
    if not answers:
        return NOTHING_SAID
    for name, value in answers.items():
        item = instrument.item(name)
        if item is None:
            return "One of these answers is to a question that is not asked. Open the page again."
        if value is not None and value not in instrument.scale.steps:
            scale = instrument.scale
            return f"{item.short}: choose from {scale.low} to {scale.high}, or 'I would rather not say'."
    return ""


def score_of(instrument: Instrument, answers: Answers) -> float | None:
    """Return the score, 0 the worst and 100 the best; None where there is none, or too few were answered."""
    if instrument.scoring is not Scoring.MEAN:
        return None
    found = [goodness(instrument, item, value) for item, value in _answered(instrument, answers)]
    return round(BEST * sum(found) / len(found), 1) if len(found) >= instrument.fewest else None


def goodness(instrument: Instrument, item: Item, value: int) -> float:
    """Return how good an answer is, from 0 to 1, whichever end of the scale is the better one."""
    scale = instrument.scale
    share = (value - scale.low) / (scale.high - scale.low)
    return 1 - share if item.lower_is_better else share


def _answered(instrument: Instrument, answers: Answers) -> list[tuple[Item, int]]:
    found = [(item, answers.get(item.name)) for item in instrument.items]
    return [(item, value) for item, value in found if value is not None]
