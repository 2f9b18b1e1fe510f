"""Sentences about cells: what they hold, and that somebody was faster."""

from collections.abc import Mapping
from datetime import datetime

from network.vocabulary import Activity
from rota.edits.rules import Content
from rota.roster.rules import local


def content_said(content: Content, names: Mapping[str, str]) -> str:
    """Say what a cell holds; `names` are those of the sites, by id."""
    if content is None:
        return "empty"
    where = f" at {names.get(content['site_id'], 'another site')}" if content["site_id"] else ", remote"
    pinned = "" if content["is_pinned"] else ", not pinned"
    return f"{Activity(content['activity']).label}{where}{pinned}"


def too_late(by: str, at: datetime | None, stands: str, wanted: str) -> str:
    """Tell somebody that a cell was changed while they looked at it, by whom and when."""
    when = f" at {local(at):%H:%M}" if at else ""
    return (
        f"{by or 'Somebody'} changed this{when}, while you looked at it. It is now: {stands}. "
        f"You wanted: {wanted}. Nothing was saved: choose again."
    )
