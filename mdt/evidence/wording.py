"""How figures of evidence are said."""

from mdt.evidence.rules import WITHHELD, Answer
from mdt.reports.rules import Row, Shown, Spread

NOTHING = "Nothing to count"
TOO_FEW = "Withheld: too few to show"
MOST_LINES = 3


def percent_said(share: float | None) -> str:
    """Say a share: '83%'."""
    return "" if share is None else f"{100 * share:.0f}%"


def headline_said(shown: Shown) -> str:
    """Say the headline in words: '34 of 41 done (83%)'."""
    row = shown.headline
    if shown.is_empty:
        return NOTHING
    if row.of is None:
        return TOO_FEW
    said = f"{_said(row.numbers[0])} of {_said(row.of)} {shown.tally.parts[0]}"
    return f"{said} ({percent_said(row.share)})" if row.share is not None else said


def spread_said(spread: Spread) -> str:
    """Say how numbers lie: '5 minutes in the middle; half lie between 4 and 7 (23 counted)'."""
    if not spread.values:
        return NOTHING
    if not spread.is_shown:
        return TOO_FEW
    low, high = (f"{each:.1f}".removesuffix(".0") for each in spread.middle_half)
    median = f"{spread.median:.1f}".removesuffix(".0")
    return f"{median} {spread.unit} in the middle; half lie between {low} and {high}"


def index_said(answer: Answer) -> list[tuple[str, str]]:
    """Return the first figures of a question for the index, each with what it answers."""
    said = [(each.title, spread_said(each)) for each in answer.spreads if each.values]
    said += [(each.tally.title, headline_said(each)) for each in answer.shown if not each.is_empty]
    return said[:MOST_LINES]


def row_said(row: Row, parts: tuple[str, ...]) -> str:
    """Say a row in words, for whoever does not see its bar."""
    return ", ".join(f"{_said(number)} {part}" for number, part in zip(row.numbers, parts, strict=True))


def _said(number: int | None) -> str:
    return f"({WITHHELD})" if number is None else str(number)
