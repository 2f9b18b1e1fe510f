"""How values of rows are said in previews, and what was probably meant."""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches

from network.plumbing.typed import plain
from network.vocabulary import Word

CLOSE_ENOUGH = 0.6


def said(value: object) -> str:
    """Say a value as a preview shows it; nothing is said of what is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Word):
        return value.label
    if isinstance(value, date):
        return f"{value.day} {value:%B} {value.year}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def all_new(values: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    """Say values where there were none before."""
    return {heading: ("", said(value)) for heading, value in values.items()}


def nearest_said(typed: str, known: Mapping[str, str]) -> str:
    """Ask whether one of the known was meant, by the name that is nearest to what was typed."""
    by_name = {plain(name): meant for name, meant in known.items()}
    found = get_close_matches(plain(typed), by_name, n=1, cutoff=CLOSE_ENOUGH)
    return f" Did you mean {by_name[found[0]]}?" if found else ""
