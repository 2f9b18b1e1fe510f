"""What is said where the rota cannot keep what a meeting needs."""

from collections.abc import Iterable
from datetime import datetime

from mdt.meetings.wording import when_said


def short_letter(name: str, starts_at: datetime, sentences: Iterable[str], page: str) -> tuple[str, str]:
    """Write to those who lead a meeting that its people may not be there; no patient is ever in it."""
    listed = "\n".join(f"- {each}" for each in sentences)
    return (
        f"{name}: the rota cannot keep everybody",
        f"As the rota is now, not everybody whom {name} needs can come.\n\nWhen: {when_said(starts_at)}\n\n"
        f"{listed}\n\nAsk for a deputy, choose another time, or speak to whoever plans the rota:\n{page}\n",
    )
