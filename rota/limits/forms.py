"""The questions of a limit."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from network.plumbing.fields import WholeNumberField, choice_field, required
from network.vocabulary import JobRole, RoleGroup
from rota.limits.rules import Group
from rota.limits.wording import group_value

GROUPS: dict[str, Group] = {group_value(each): each for each in (*RoleGroup, *JobRole)}


class LimitForm(FlaskForm):  # type: ignore[misc]
    """How many of whom may be away on a day, and where."""

    place = choice_field("Where", "Choose an employer or a site from the list.")
    group = choice_field("Of whom", "Choose a group or a role from the list.")
    most = WholeNumberField("Away on one day at most", [required("Enter how many may be away at most.")])

    def __init__(self, places: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(**given)
        self.place.choices = [SelectChoice(value, said) for value, said in places]
        self.group.choices = [
            SelectChoice(value, f"{each.label}{'s' if isinstance(each, RoleGroup) else ' (role)'}")
            for value, each in GROUPS.items()
        ]

    @property
    def where(self) -> tuple[uuid.UUID, uuid.UUID | None]:
        organisation_id, _, site_id = str(self.place.data).partition(".")
        return uuid.UUID(organisation_id), uuid.UUID(site_id) if site_id else None

    @property
    def whom(self) -> Group:
        return GROUPS[str(self.group.data)]
