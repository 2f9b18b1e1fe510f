"""What happened to a cell, in sentences."""

from collections.abc import Mapping

from rota.desk.wording import content_said
from rota.edits.rules import Content, EditKind


def change_said(
    kind: EditKind, before: Content, after: Content, names: Mapping[str, str], by: str, why: str
) -> str:
    """Tell a change of a cell: 'Surgery at Elm Surgery, was empty. By A Manager.'"""
    now, was = content_said(after, names), content_said(before, names)
    how = "" if kind is EditKind.CHANGE else f"{kind.label}: "
    return f"{how}{now}, was {was}. By {by}.{f' {why}' if why else ''}"
