"""Sentences about placing learners."""

from datetime import date


def short_notice_said(name: str, day: date, weeks: int) -> str:
    """Say that somebody would be moved nearer than their notice."""
    return (
        f"{name} was told otherwise for the week of {day.day} {day:%B}, which is nearer than their "
        f"{weeks} weeks of notice. Give a reason: it is kept for those who plan, and nobody else sees it."
    )
