"""What the data shows of who is around somebody, in sentences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mdt.care_picture.rules import Card, Picture, fitted
from mdt.care_web.rules import WEEKEND, Finding, FindingKind
from mdt.involvements.rules import Coming, Rhythm, Ring, Tie
from mdt.involvements.wording import DAYS, day_said, purpose_word, purposes_said

F = FindingKind
NUMBERS = ("nobody", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MOST_DAYS = 5

# So many stand in the picture; the list has all.
MOST_DRAWN = 18
ON_A_LINE = 20
RINGS = {ring: place for place, ring in enumerate(Ring)}


@dataclass(frozen=True)
class DrawnCard:
    """One card of the picture with its words, broken into lines."""

    tie: Tie
    card: Card
    name: tuple[str, ...]
    what: str
    often: str
    line: str


@dataclass(frozen=True)
class Drawing:
    """The picture with its words, and how many stand in the list alone."""

    picture: Picture
    cards: tuple[DrawnCard, ...]
    left_out: int


def drawing_of(ties: Sequence[Tie], place: Callable[[Sequence[int]], Picture]) -> Drawing:
    """Draw who is around somebody: the closest, where there are too many to be read."""
    drawn = ties[:MOST_DRAWN]
    picture = place([RINGS[tie.ring] for tie in drawn])
    cards = tuple(
        DrawnCard(
            tie,
            card,
            fitted(tie.name, ON_A_LINE, 2),
            "".join(fitted(purposes_said(tie), ON_A_LINE + 1, 1)),
            often_short(tie.coming),
            line_of(tie.coming),
        )
        for tie, card in zip(drawn, picture.cards, strict=True)
    )
    return Drawing(picture, cards, len(ties) - len(drawn))


def finding_said(finding: Finding) -> str:
    """Say something that the data shows."""
    number, names = counted(len(finding.names)), listed(finding.names)
    match finding.kind:
        case F.MANY:
            return f"{number} services come on {DAYS[finding.weekdays[0]]}: {names}."
        case F.SAME_TIME:
            part = finding.part.label.lower() if finding.part else ""
            return f"{number} services come on {DAYS[finding.weekdays[0]]} {part}: {names}."
        case F.SAME_PURPOSE:
            purpose = purpose_word(finding.purpose) if finding.purpose else ""
            return f"{number} services for the same purpose, {purpose}: {names}."
        case F.NOBODY:
            return f"Nobody comes {days_said(finding.weekdays)}."
        case F.ENDS:
            return f"{names} ends on {day_said(finding.day)}." if finding.day else ""
        case F.NONE_VALUED:
            return "Nobody the person values is involved."
        case F.NOT_ASKED:
            return "Nobody has asked the person whom they value."
        case F.ALL_PAID:
            return "Everybody around the person is there as part of their work."
        case F.NOT_KNOWN:
            return f"How often they come is not known: {names}."


def days_said(weekdays: Sequence[int]) -> str:
    """Say days of a week: at the weekend, on Monday and Thursday."""
    days = set(weekdays)
    if len(days) == len(DAYS):
        return "on any day of the week"
    said = [DAYS[day] for day in sorted(days - WEEKEND if days >= WEEKEND else days)]
    at_end = ["at the weekend"] if days >= WEEKEND else []
    return " or ".join([f"on {listed(said, 'or')}"] * bool(said) + at_end)


def often_short(coming: Coming) -> str:
    """Say in a few words how often somebody comes, for a card of the picture."""
    days = len(coming.weekdays)
    if coming.rhythm is Rhythm.WEEKLY:
        if days == len(DAYS):
            return "Every day"
        return "Once a week" if days == 1 else f"{counted(days)} days a week"
    if coming.rhythm is Rhythm.EVERY_WEEKS:
        return f"Every {coming.every_weeks} weeks"
    if coming.rhythm is Rhythm.ONCE and coming.until:
        return f"On {coming.until.day} {coming.until:%b}"
    return "When needed" if coming.rhythm is Rhythm.AS_NEEDED else "How often?"


def line_of(coming: Coming) -> str:
    """Name the line that is drawn to somebody: the stronger, the more often they come."""
    if not coming.is_in_the_week:
        return "unknown" if coming.rhythm is Rhythm.NOT_KNOWN else "seldom"
    if coming.rhythm is Rhythm.EVERY_WEEKS:
        return "seldom"
    return "daily" if len(coming.weekdays) >= MOST_DAYS else "weekly"


def picture_said(ties: Sequence[Tie]) -> str:
    """Say in a sentence what the picture shows, for who does not see it."""
    valued = [tie.name for tie in ties if tie.is_valued]
    said = f"{counted(len(ties))} around the person."
    return f"{said} The person values {listed(valued)}." if valued else said


def counted(number: int) -> str:
    """Say a number at the beginning of a sentence."""
    return (NUMBERS[number] if number < len(NUMBERS) else str(number)).capitalize()


def listed(names: Sequence[str], word: str = "and") -> str:
    """Say names one after the other."""
    return f" {word} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
