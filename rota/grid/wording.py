"""The grid in words."""

from collections.abc import Sequence
from datetime import date

from rota.views.rules import Look, Rows

ROWS_SAID = {Rows.PERSON: "people", Rows.SITE: "sites", Rows.ROOM: "rooms"}


def caption_of(look: Look, weeks: Sequence[date]) -> str:
    """Name a grid: 'Week of Monday 7 December, people by session'."""
    since = f"{weeks[0]:%A} {weeks[0].day} {weeks[0]:%B}"
    which = f"Week of {since}" if len(weeks) == 1 else f"{len(weeks)} weeks from {since}"
    return f"{which}, {ROWS_SAID[look.by]} by session"
