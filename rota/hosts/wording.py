"""How hosts and offers read."""

from datetime import date

from rota.hosts.rules import Terms

# Text, tone and mark of a tag.
Tag = tuple[str, str, str]


def offer_tag(terms: Terms, withdrawn_from: date | None, day: date) -> Tag:
    """Say how an offer stands on a day."""
    if withdrawn_from is not None:
        text = "Withdrawn" if withdrawn_from <= day else f"Withdrawn from {_said(withdrawn_from)}"
        return text, "bad", "\N{MULTIPLICATION SIGN}"
    if terms.closes_on is not None and terms.closes_on < day:
        return "Closed", "done", "\N{MULTIPLICATION SIGN}"
    if terms.opens_on > day:
        return f"Opens on {_said(terms.opens_on)}", "draft", ""
    return "Open", "good", "\N{CHECK MARK}"


def places_said(least: int, most: int) -> str:
    """Say how many learners can be there at once."""
    if least and least == most:
        return f"{most} at once"
    return f"{least} to {most} at once" if least else f"Up to {most} at once"


def supervision_said(own: int | None, minutes: int) -> str:
    """Say the supervision that a learner takes; `own` is what the offer says of it, if anything."""
    if own == 0:
        return "Not counted: whoever supervises is not in this network's rota"
    source = "" if own is not None else ", as the rota says of these learners"
    return f"{minutes} minutes each{source}" if minutes else f"None{source}"


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
