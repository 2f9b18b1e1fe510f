"""What a learner reads of their placements, in words."""

from datetime import date

from rota.own_training.rules import Placed
from rota.rotations.rules import Stretch


def when_said(placed: Placed, today: date) -> str:
    """Say how far away a placement is, or how far it has come: 'Starts in 3 days', 'Week 3 of 13'."""
    stretch = placed.stretch
    if today > stretch.ends_on:
        return "Ended"
    if today >= stretch.starts_on:
        return f"You are there now: week {(today - stretch.starts_on).days // 7 + 1} of {stretch.weeks}"
    days = (stretch.starts_on - today).days
    if days == 1:
        return "Starts tomorrow"
    return f"Starts in {days} days" if days < 28 else f"Starts in {days // 7} weeks"


def weeks_said(stretch: Stretch) -> str:
    """Say how long a placement is: '13 weeks, to Sunday 7 March 2027'."""
    last = stretch.ends_on
    weeks = f"{stretch.weeks} {'week' if stretch.weeks == 1 else 'weeks'}"
    return f"{weeks}, to {last:%A} {last.day} {last:%B %Y}"


def span_said(stretch: Stretch) -> str:
    """Say some weeks where room is scarce: '7 Dec to 7 Mar 2027'."""
    first, last = stretch.starts_on, stretch.ends_on
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {first:%b}{year} to {last.day} {last:%b %Y}"
