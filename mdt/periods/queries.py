"""The period that somebody has chosen."""

from mdt.periods.rules import Period, periods_until, quarter_of
from network.plumbing.database import today
from network.plumbing.refusals import Invalid


def get_period(value: str) -> Period:
    """Return the period that was chosen; the quarter under way where none was."""
    if not value:
        return quarter_of(today())
    for each in periods_until(today()):
        if each.value == value:
            return each
    raise Invalid("Choose a quarter or a year from the list.")
