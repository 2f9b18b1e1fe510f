"""The questions that evidence answers, each with its page, and what is written of one to a file. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mdt.reports.rules import Row, Shown, Spread

WITHHELD = "under 5 or withheld"
HEADINGS = ("Period", "Question", "By", "Group", "What", "Number", "Of", "Percent", "For each 1,000")
Line = Sequence[str | int | float | None]


@dataclass(frozen=True)
class Question:
    """One question of the index; `about` is the part of the index it stands in."""

    name: str
    title: str
    about: str


SAFE, FAIR, PERSON, FLOW, MEETING = (
    "Safe: is it done?",
    "Fair: for whom?",
    "What people say and agree",
    "Does it flow?",
    "Meetings",
)
QUESTIONS = (
    Question("implementation", "Done or not done", SAFE),
    Question("told", "Told in time", SAFE),
    Question("referrals", "Referrals", FAIR),
    Question("plans", "Plans in date", PERSON),
    Question("goals", "Goals", PERSON),
    Question("outcomes", "People's own answers", PERSON),
    Question("support", "Support offered and taken up", PERSON),
    Question("waits", "Waits", FLOW),
    Question("leaving", "Leaving the caseload", FLOW),
    Question("meetings", "What happens in meetings", MEETING),
)
BY_NAME = {question.name: question for question in QUESTIONS}


@dataclass(frozen=True)
class Answer:
    """One question, answered for one period."""

    question: Question
    shown: tuple[Shown, ...]
    spreads: tuple[Spread, ...]

    @property
    def hides(self) -> bool:
        return any(each.hides for each in self.shown) or any(
            each.values and not each.is_shown for each in self.spreads
        )


def lines_of(period: str, answers: Iterable[Answer]) -> list[Line]:
    """Write every number that the pages show, and none that they do not."""
    found: list[Line] = []
    for answer in answers:
        for each in answer.shown:
            said = "as things stand today" if each.tally.is_standing else period
            found += _lines(said, each.tally.title, "", each.tally.parts, each.headline)
            for table in each.tables:
                for row in table.rows:
                    found += _lines(said, each.tally.title, table.title, table.heads, row)
        found += [line for spread in answer.spreads for line in _spread(period, spread)]
    return found


def _lines(period: str, title: str, by: str, heads: Sequence[str], row: Row) -> list[Line]:
    found: list[Line] = []
    for place, (head, number) in enumerate(zip(heads, row.numbers, strict=True)):
        share = round(100 * row.share, 1) if place == 0 and row.share is not None else None
        rate = row.per_thousand if place == 0 else None
        of = None if len(heads) == 1 else _written(row.of)
        found.append((period, title, by, row.label, head, _written(number), of, share, rate))
    return found


def _spread(period: str, spread: Spread) -> list[Line]:
    if not spread.is_shown:
        number = WITHHELD if spread.values else 0
        return [(period, spread.title, "", "All", spread.unit, number, None, None, None)]
    low, high = spread.middle_half
    figures = {"median": spread.median, "from": low, "to": high, "mean": spread.mean}
    return [
        (period, spread.title, "", "All", f"{spread.unit}, {name}", round(each, 1), spread.number, None, None)
        for name, each in figures.items()
    ]


def _written(number: int | None) -> str | int:
    return WITHHELD if number is None else number
