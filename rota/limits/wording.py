"""How limits of leave are told."""

import uuid

from network.vocabulary import RoleGroup
from rota.limits.rules import Group

GROUP, ROLE = "group", "role"


def group_said(group: Group) -> str:
    """Name a group in the middle of a sentence: 'GP', 'healthcare assistant'."""
    label = group.label
    return label if label[:2].isupper() else label[0].lower() + label[1:]


def group_value(group: Group) -> str:
    """Give a group as a form sends it: a role group and a role may have the same word."""
    return f"{GROUP if isinstance(group, RoleGroup) else ROLE}.{group.value}"


def place_value(organisation_id: uuid.UUID, site_id: uuid.UUID | None) -> str:
    """Give an employer, or one of its sites, as a form sends it."""
    return f"{organisation_id}.{site_id}" if site_id else str(organisation_id)
