"""The cases on a list as the room looks at them: the person, their words, what everybody says of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mdt.cases.queries import CaseSeen
from mdt.cases.rules import Urgency
from mdt.contributions.queries import Tile, tiles_of
from mdt.decisions.queries import decisions_of_cases
from mdt.decisions.records import Decision
from mdt.goals.queries import goals_of_all
from mdt.goals.rules import GoalSoFar
from mdt.lists.queries import ItemSeen, get_item_for, items_for
from mdt.prompts.queries import OpenPrompts, prompts_seen
from mdt.sharing.queries import latest_sharing
from mdt.sharing.records import SharingRecord
from mdt.sharing.wording import why_said
from mdt.story.queries import banners_for, statements_of
from mdt.story.records import Statement
from mdt.story.wording import Banner
from network.access.rules import Actor
from network.plumbing.database import ENGLAND


@dataclass(frozen=True)
class Pane:
    """One case as the room looks at it."""

    item_id: uuid.UUID
    case_id: uuid.UUID
    ref: str
    question: str
    wants: str
    why_not_asked: str
    banner: Banner
    statements: Sequence[Statement]
    goals: Sequence[GoalSoFar]
    tiles: Sequence[Tile]
    # Names of those who have met the person.
    met: Sequence[str]
    sharing: SharingRecord | None
    objections: Sequence[str]
    why: str
    # Days and words of what was decided at other meetings.
    earlier: Sequence[tuple[date, str]]
    is_clinical: bool
    prompts: OpenPrompts
    # Cannot wait for a meeting that is weeks away.
    is_urgent: bool


def panes_for(viewer: Actor, meeting_id: uuid.UUID) -> list[Pane]:
    """Return the cases on a list that the viewer may know of, each with all that the room looks at."""
    return _panes(viewer, items_for(viewer, meeting_id))


def pane_for(viewer: Actor, item_id: uuid.UUID) -> Pane:
    """Return one case on a list with all that the room looks at."""
    (pane,) = _panes(viewer, [get_item_for(viewer, item_id)])
    return pane


def _panes(viewer: Actor, found: Sequence[ItemSeen]) -> list[Pane]:
    tiles = tiles_of(viewer, [CaseSeen(each.case, each.access) for each in found])
    banners = banners_for([each.access.patient for each in found])
    decided = decisions_of_cases([each.case.id for each in found])
    prompts = prompts_seen(CaseSeen(each.case, each.access) for each in found)
    goals = goals_of_all([each.access.patient.id for each in found])
    return [
        _pane(
            each,
            banners[each.access.patient.id],
            tiles[each.case.id],
            decided.get(each.case.id, []),
            prompts.get(each.case.id, OpenPrompts()),
            goals.get(each.access.patient.id, ()),
        )
        for each in found
    ]


def _pane(
    seen: ItemSeen,
    banner: Banner,
    tiles: Sequence[Tile],
    decided: Sequence[Decision],
    prompts: OpenPrompts,
    goals: Sequence[GoalSoFar],
) -> Pane:
    case, patient, is_clinical = seen.case, seen.access.patient, seen.access.standing.is_clinical
    return Pane(
        item_id=seen.item.id,
        case_id=case.id,
        ref=case.ref,
        question=case.question,
        wants=case.wants,
        why_not_asked=case.why_not_asked,
        banner=banner,
        statements=statements_of(patient.id),
        goals=goals,
        tiles=tiles,
        met=[f"{each.who}, {each.organisation}" for each in tiles if each.has_met],
        sharing=latest_sharing(patient.id),
        objections=banner.objections,
        why=why_said(seen.access),
        earlier=[
            (each.confirmed_at.astimezone(ENGLAND).date(), each.words)
            for each in decided
            if is_clinical and each.item_id != seen.item.id
        ],
        is_clinical=is_clinical,
        prompts=prompts,
        is_urgent=case.urgency is Urgency.THIS_WEEK,
    )
