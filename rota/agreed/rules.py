"""What may be agreed with people on how they work, and what can be wrong with it."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from network.vocabulary import SessionKind, Word
from rota.solver.staff_rota import Cadence, Pairing, WorkTerms

LONGEST = 14
MOST = 60
MOST_HOURS = 2000
LONGEST_WHY = 200
MOST_DAYS = 366
MOST_OTHERS = Cadence.MOST - 2


class PairingKind(Word):
    APART = "apart", "Are kept apart: never at one site in the same session"
    BESIDE = "beside", "Works only at sites and in sessions where the other does"
    MEETS = "meets", "Are at one site together at least every so many days"


@dataclass(frozen=True)
class WorkAgreement:
    """One person's numbers, None where nothing was agreed; the day from which they opted out of 48 hours."""

    opted_out_on: date | None = None
    longest_run: int | None = None
    shortest_run: int | None = None
    shortest_break: int | None = None
    most_weekends: int | None = None
    most_evenings: int | None = None
    least_hours: int | None = None
    most_hours: int | None = None

    @property
    def terms(self) -> WorkTerms:
        """The numbers as the solver takes them."""
        evenings = {} if self.most_evenings is None else {SessionKind.EVENING.value: self.most_evenings}
        return WorkTerms(
            self.longest_run,
            self.shortest_run,
            self.shortest_break,
            self.most_weekends,
            evenings,
            least_minutes=None if self.least_hours is None else 60 * self.least_hours,
            most_minutes=None if self.most_hours is None else 60 * self.most_hours,
        )


NOTHING_AGREED = WorkAgreement()


@dataclass(frozen=True)
class PairingMade:
    """A pairing as the solver knows it: two people, or more where they meet, and when all last did."""

    kind: PairingKind
    one: str
    other: str
    days: int
    is_firm: bool
    why: str
    last: date | None = None
    # Who meets beside the two.
    others: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        return self.one, self.other, *self.others

    @property
    def ids(self) -> tuple[uuid.UUID, ...]:
        """All members."""
        return tuple(map(uuid.UUID, self.people))


def wrong_with_agreement(agreed: WorkAgreement) -> str:
    """Say what is wrong with somebody's numbers, or nothing."""
    runs = (agreed.longest_run, agreed.shortest_run, agreed.shortest_break)
    if any(days is not None and not 1 <= days <= LONGEST for days in runs):
        return f"Enter runs of 1 to {LONGEST} days, or leave them empty."
    if agreed.longest_run and agreed.shortest_run and agreed.shortest_run > agreed.longest_run:
        return "The shortest run of working days cannot be longer than the longest."
    if any(
        most is not None and not 0 <= most <= MOST for most in (agreed.most_weekends, agreed.most_evenings)
    ):
        return f"Enter a number of weekends and evenings from 0 to {MOST}, or leave them empty."
    hours = (agreed.least_hours or 0, MOST_HOURS if agreed.most_hours is None else agreed.most_hours)
    if not 0 <= hours[0] <= hours[1] <= MOST_HOURS:
        return f"Enter hours from 0 to {MOST_HOURS}, the least no more than the most."
    return ""


def wrong_with_pairing(kind: PairingKind | None, days: int | None, why: str, others: int = 0) -> str:
    """Say what is wrong with a pairing, or nothing; `others` is how many there are beside the two."""
    if kind is None:
        return "Choose what holds between the two."
    if others and kind is not PairingKind.MEETS:
        return "Only those who meet can be more than two: agree on anything else two by two."
    if others > MOST_OTHERS:
        return f"Choose at most {MOST_OTHERS} people beside the two."
    if kind is PairingKind.MEETS and (days is None or not 1 <= days <= MOST_DAYS):
        return f"Enter how many days may pass at most until they meet, from 1 to {MOST_DAYS}."
    return f"Shorten the reason to {LONGEST_WHY} characters." if len(why) > LONGEST_WHY else ""


def pairings_among(made: Iterable[PairingMade], posts_of: Mapping[str, Sequence[str]]) -> tuple[Pairing, ...]:
    """Give those who are kept apart or work together, as the solver takes them.

    `posts_of` names the members that are the same human: two who are kept apart are so under every post.
    """
    return tuple(
        Pairing(one, other, each.kind is PairingKind.APART, each.is_firm, each.why)
        for each in made
        for one, other in _under_posts(each, posts_of)
        if each.kind is not PairingKind.MEETS
    )


def _under_posts(each: PairingMade, posts_of: Mapping[str, Sequence[str]]) -> Iterable[tuple[str, str]]:
    if each.kind is not PairingKind.APART:
        return [(each.one, each.other)]
    return product(posts_of.get(each.one, (each.one,)), posts_of.get(each.other, (each.other,)))


def cadences_among(made: Iterable[PairingMade]) -> tuple[Cadence, ...]:
    """Give those who meet every so often, as the solver takes them. Their reason stays with managers."""
    return tuple(
        Cadence(f"At least every {each.days} days", each.people, each.days, each.last)
        for each in made
        if each.kind is PairingKind.MEETS
    )
