"""How the part of a rota that is filled is put into words."""

from network.plumbing.templating import day, listed
from rota.planning.rules import Ask

# Where a version's figures keep why its last filling came to nothing.
GIVEN_UP = "given_up"


def ask_said(ask: Ask, site_name: str) -> str:
    """Say what is to be filled: 'Elm Surgery, GP, from Monday 7 December, empty cells only'."""
    parts = [site_name, ask.role_group.label if ask.role_group else "", _days(ask)]
    chosen = [part for part in parts if part]
    if ask.only_empty:
        chosen.append("empty cells only")
    return listed(chosen) if chosen else ""


def _days(ask: Ask) -> str:
    if ask.starts_on and ask.starts_on == ask.ends_on:
        return day(ask.starts_on)
    first = f"from {day(ask.starts_on)}" if ask.starts_on else ""
    last = f"to {day(ask.ends_on)}" if ask.ends_on else ""
    return " ".join(part for part in (first, last) if part)
