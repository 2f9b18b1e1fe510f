"""How learners are told."""

from collections.abc import Iterable
from datetime import date

from rota.learners.rules import LearnerDesign, falls_short
from rota.programmes.rules import ProgrammeDesign, RequirementDesign


def state_of(starts_on: date, ends_on: date, left_on: date | None, today: date) -> tuple[str, str, str]:
    """Say where in their training somebody is: words, tone and mark."""
    if left_on is not None and left_on < ends_on:
        return "Left early", "plain", "–"
    if ends_on < today:
        return "Finished", "done", "✓"
    return ("To begin", "draft", "◌") if starts_on > today else ("In training", "good", "✓")


def way_said(learner: LearnerDesign) -> str:
    """Say how somebody travels, and how far."""
    limit = f", up to {learner.longest_minutes} minutes" if learner.longest_minutes else ""
    return f"{learner.travel.label}{limit}"


def sessions_said(learner: LearnerDesign) -> str:
    """Name the half-days kept for learning beside the programme's."""
    return ", ".join(session.said for session in learner.protected) or "None"


def progress_of(
    requirements: Iterable[RequirementDesign], done: dict[str, int]
) -> list[tuple[str, int, int]]:
    """Say of each requirement how many full-time weeks were done before, and how many it asks at least."""
    return [(each.name, done.get(each.key, 0), each.least_weeks) for each in requirements]


def short_said(learner: LearnerDesign, programme: ProgrammeDesign) -> str:
    """Say that somebody's dates are too short for the programme, or nothing."""
    short = falls_short(learner, programme)
    if not short:
        return ""
    weeks = "1 week" if short == 1 else f"{short} weeks"
    return (
        f"These dates are {weeks} short of {programme.name} at {learner.percent}% of full time. "
        "Weeks done before may make up for it."
    )
