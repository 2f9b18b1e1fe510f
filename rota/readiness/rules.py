"""What is looked at before a rota is filled for the first time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from network.vocabulary import Word
from rota.staff.rules import CredentialKind, Pattern, pattern_on


class Check(Word):
    """What is checked; the label is the heading when something was found."""

    PATTERN = "pattern", "No working pattern: never asked"
    CREDENTIAL = (
        "credential",
        "Registration or another credential missing or running out: not asked from then on",
    )
    INDUCTION = "induction", "No induction at any site: not asked at sites"
    NOBODY = "nobody", "Cover that too few people can give"
    LEAVE = "leave", "Leave that waits for an answer"
    HOLIDAY = "holiday", "Bank holidays on which sites are open"
    CLOSED = "closed", "Sites that are closed"


# These leave holes in the rota; the others are to be known.
TO_MEND = frozenset({Check.PATTERN, Check.CREDENTIAL, Check.INDUCTION, Check.NOBODY, Check.LEAVE})


@dataclass(frozen=True)
class Lapse:
    """A credential that does not hold for all of a rota: `last` is its last good day, None without any."""

    kind: CredentialKind
    last: date | None


def lapses_in(
    required: Iterable[CredentialKind], latest: Mapping[CredentialKind, date | None], last_day: date
) -> list[Lapse]:
    """List what is required and does not hold up to the last day; None as an end means that it never ends."""
    found = []
    for kind in sorted(required):
        if kind not in latest:
            found.append(Lapse(kind, None))
        elif (expires := latest[kind]) is not None and expires < last_day:
            found.append(Lapse(kind, expires))
    return found


def has_pattern(patterns: Sequence[Pattern], days: Iterable[date]) -> bool:
    """Say whether a pattern that offers something holds on some day."""
    return any((pattern := pattern_on(patterns, day)) is not None and bool(pattern.choices) for day in days)
