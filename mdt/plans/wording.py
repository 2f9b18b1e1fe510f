"""Words of plans: how a version stands, and the plan as its person reads it on paper."""

from datetime import date
from typing import NamedTuple

from mdt.goals.rules import GoalSoFar
from mdt.plans.rules import PlanState, PlanWords

TONES = {
    PlanState.DRAFT: ("draft", ""),
    PlanState.DISCARDED: ("plain", "✕"),
    PlanState.AGREED: ("good", "✓"),
    PlanState.SUPERSEDED: ("plain", ""),
    PlanState.ENDED: ("done", ""),
}


class PlanTag(NamedTuple):
    """How a state is shown: never by colour alone."""

    text: str
    tone: str
    mark: str


class Paper(NamedTuple):
    """What goes on paper besides the words of the plan."""

    matters: tuple[str, ...]
    agreed_with: str
    agreed_on: date
    next_review: date
    coordinator: str
    phone: str
    hours: str
    is_easy: bool


def plan_tag(state: PlanState, is_in_date: bool = True) -> PlanTag:
    """Return how a version is shown; an agreed one whose review is overdue says so."""
    if state is PlanState.AGREED and not is_in_date:
        return PlanTag("Review overdue", "bad", "▲")
    return PlanTag(state.label, *TONES[state])


def day_said(day: date) -> str:
    """Say a day as it stands in a letter."""
    return f"{day.day} {day:%B %Y}"


def paper_words(words: PlanWords, goals: tuple[GoalSoFar, ...], paper: Paper) -> str:
    """Write a plan for its person: their own words first, one thing in a line, who to ring last."""
    parts = [
        _part("What matters to me", [f"- “{each}”" for each in paper.matters]),
        _part("What I want to reach", [line for goal in goals for line in _goal(goal, paper.is_easy)]),
        _part("What I do", _lines(words.own_part)),
        _part("What others do", _lines(words.others_part)),
        _part("How I know that things go wrong", _lines(words.signs)),
        _part("What to do then", _lines(words.steps)),
        _part("Whom to ring, day and night", _lines(words.contact)),
        _part("Who agreed this", _agreed(paper)),
    ]
    return "\n\n".join(part for part in parts if part)


def _part(heading: str, lines: list[str]) -> str:
    # What is set off by a blank line stands by itself on paper.
    return f"# {heading}\n\n" + "\n".join(lines) if lines else ""


def _lines(words: str) -> list[str]:
    """Take each line as it was typed; several become a list."""
    lines = [line.strip().lstrip("#-• ").strip() for line in words.splitlines()]
    lines = [line for line in lines if line]
    return [f"- {line}" for line in lines] if len(lines) > 1 else lines


def _goal(goal: GoalSoFar, is_easy: bool) -> list[str]:
    words = f"- “{goal.details.words}”"
    if is_easy or not goal.details.is_scaled:
        return [words]
    return [f"{words} – it is as I hope when: {goal.details.levels[2]}"]


def _agreed(paper: Paper) -> list[str]:
    ring = f" Ring {paper.phone}{f', {paper.hours}' if paper.hours else ''}." if paper.phone else ""
    if paper.is_easy:
        return [
            f"- Agreed with {paper.agreed_with} on {day_said(paper.agreed_on)}.",
            f"- {paper.coordinator} helps me with this plan.{ring}",
            f"- We look at it again by {day_said(paper.next_review)}.",
            "- I can ask for that sooner.",
        ]
    return [
        f"We agreed this plan on {day_said(paper.agreed_on)}, with {paper.agreed_with}.",
        f"{paper.coordinator} coordinates my care.{ring}",
        f"We look at the plan again by {day_said(paper.next_review)}, and sooner whenever I ask.",
    ]
