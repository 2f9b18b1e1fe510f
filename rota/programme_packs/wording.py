"""How packs of programmes, and what a later one says otherwise, are told."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from network.organisations.rules import WeeklySession
from rota.programme_packs.rules import WHOLE, Pack, PackDifference
from rota.programmes.rules import RequirementDesign, Window
from rota.programmes.wording import weeks_said

WORDS = {
    "weeks": "Weeks at full time",
    "effective_from": "Holds from",
    "source": "Source",
    "notes": "Notes",
    "block_weeks": "Weeks of a block",
    "intake_months": "Months of intake",
    "notice_weeks": "Notice of the placement, weeks",
    "rota_notice_weeks": "Notice of the rota, weeks",
    "duty_notice_weeks": "Notice of the duty roster, weeks",
    "has_fixed_base": "Done in one place",
    "needs_approval": "Hosts must be approved",
    "wants_peers": "Learners together",
    "supervisors": "Supervisors who must be different people",
    "least_percent": "Least share of full time, percent",
    "breadth": "Different disciplines to see",
    "disciplines": "Disciplines by name",
    "exposure_weekly": "Half-days each week",
    "exposure_total": "Half-days in all",
    "protected": "Half-days kept for learning",
    "windows": "Weeks that a move must not split",
    "local_settings": "What is a local choice",
    "name": "Name",
    "settings": "Fulfilled in",
    "least_weeks": "Least weeks",
    "most_weeks": "Most weeks",
    "shortest_run": "Shortest stay, weeks",
    "longest_run": "Longest stay, weeks",
    "once_per_host": "One stay at each host",
    "is_hard": "Required",
    "after": "Comes after",
    "not_after": "Not right after",
    "next_must_be": "Followed by",
    "is_local": "A local choice",
}


def pack_said(pack: Pack) -> str:
    """Say in a line what a programme asks."""
    design = pack.design
    moves = "done in one place" if design.has_fixed_base else f"blocks of {design.block_weeks} weeks"
    return f"{design.weeks} weeks, {moves}. {design.source}."


def difference_said(difference: PackDifference, names: Mapping[str, str]) -> tuple[str, str, str]:
    """Say a difference: what it is about, as the network has it, and as the product has it."""
    about = "" if difference.where == WHOLE else names.get(difference.where, difference.where)
    what = ": ".join(filter(None, (about, WORDS.get(difference.name, ""))))
    return what, value_said(difference.mine), value_said(difference.theirs)


def value_said(value: Any) -> str:
    """Say a value of a programme."""
    if value is None:
        return "Not required"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, RequirementDesign):
        return weeks_said(value.least_weeks, value.most_weeks)
    if isinstance(value, Window):
        return f"{value.name}, week {value.first_week} to {value.last_week}"
    if isinstance(value, WeeklySession):
        return value.said
    if isinstance(value, Enum):
        return str(getattr(value, "label", value))
    if isinstance(value, tuple):
        return ", ".join(map(_part, value)) or "None"
    return str(value) if value != "" else "None"


def _part(value: Any) -> str:
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], int):
        return f"{value[1]} weeks of {value[0]}"
    return (
        WORDS.get(value, value)
        if isinstance(value, str) and not isinstance(value, Enum)
        else value_said(value)
    )
