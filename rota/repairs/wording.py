"""How repairs are told: budgets, changes, and the states of cover."""

from collections.abc import Sequence
from typing import NamedTuple

from network.plumbing.templating import listed, plural
from rota.repairs.rules import OPEN, CoverState, Opens
from rota.solver.staff_rota.absence import Gaps
from rota.solver.staff_rota.repair import BEST_COVER, NOBODY_MOVES, ONE_MOVES, Budget

TITLES = {
    NOBODY_MOVES: "Nobody else moves",
    ONE_MOVES: "One person moves",
    BEST_COVER: "Best cover",
}
WORDS = {
    NOBODY_MOVES: "Those who are free, and the bank, are called in.",
    ONE_MOVES: "One person leaves a duty that they were told of; others who are free may be called in.",
    BEST_COVER: "Up to three people change, wherever that helps most.",
}


class StateTag(NamedTuple):
    """A state's word, its tone, and the mark that says the same without colour."""

    text: str
    tone: str
    mark: str


TAGS = {
    CoverState.REPORTED: ("bad", "!"),
    CoverState.COVERING: ("warning", "?"),
    CoverState.COVERED: ("good", "\N{CHECK MARK}"),
    CoverState.ACCEPTED: ("plain", "\N{EN DASH}"),
    CoverState.ENDED: ("done", "\N{CHECK MARK}"),
}


OPEN_TAGS = {Opens.NOTHING: ("plain", "\N{EN DASH}"), Opens.NO_GAP: ("good", "\N{CHECK MARK}")}


def cover_tag(state: CoverState, opens: Opens) -> StateTag:
    """Tell how far cover has come; while nobody has sent any, that there is nothing to cover comes first."""
    if state in OPEN and opens is not Opens.GAPS:
        return StateTag(opens.label, *OPEN_TAGS[opens])
    return StateTag(state.label, *TAGS[state])


def title_of(budget: Budget) -> str:
    return TITLES[budget]


def words_of(budget: Budget) -> str:
    return WORDS[budget]


def covered_said(covered: int, gaps: int) -> str:
    """Say how much a repair covers: 'Covers 2 of 3 gaps', 'Covers all 3 gaps'."""
    if not gaps:
        return "Nothing to cover"
    if covered == gaps:
        return f"Covers {'the gap' if gaps == 1 else f'all {gaps} gaps'}"
    return f"Covers {covered} of {plural(gaps, 'gap')}" if covered else "Covers no gap"


def left_said(gaps: Gaps) -> str:
    """Say what a repair leaves open, for the board."""
    found = [*(each.said for each in gaps.unsupervised), *(each.said for each in gaps.short)]
    return "" if not found else found[0] if len(found) == 1 else f"{found[0]} And {len(found) - 1} more."


def reported_said(covers: bool) -> str:
    """Say that somebody is reported, and who looks after the gaps where one does not oneself."""
    if covers:
        return "The absence is reported."
    return "The absence is reported. Whoever publishes the rota sees it on their board and looks for cover."


def taken_back_said(people: Sequence[str]) -> str:
    """Say who was told that somebody is there after all."""
    if not people:
        return "It is taken back. Nobody has to be told."
    hear = "hears" if len(people) == 1 else "hear"
    return f"It is taken back. {listed(people)} {hear} that they are not needed."


def sent_said(people: Sequence[str]) -> str:
    """Say who was told of a repair that was sent."""
    if not people:
        return "The rota is published without them. Nobody else changes."
    return f"Sent. {listed(people)} {'is' if len(people) == 1 else 'are'} being told; nobody else is."
