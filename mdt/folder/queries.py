"""All that one reader may know of a case, gathered for its page."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from mdt.actions.queries import ActionSeen, actions_seen
from mdt.cases.queries import CaseSeen, get_case_for, history_of
from mdt.cases.records import CaseEvent
from mdt.contributions.queries import Tile, tiles_for
from mdt.decisions.queries import decisions_of
from mdt.decisions.records import Decision
from mdt.folder.rules import Step, steps_open_to
from mdt.huddles.queries import may_call
from mdt.learners.queries import may_let_in, visits_of
from mdt.learners.records import LearnerVisit
from mdt.learning.queries import may_teach
from mdt.letters.queries import TellingSeen, tellings_seen
from mdt.lists.queries import item_of_case
from mdt.lists.records import AgendaItem
from mdt.meetings.queries import meetings_for
from mdt.places.queries import BookingSeen, bookings_of, may_book
from mdt.prompts.queries import OpenPrompts, open_prompts
from mdt.sharing.queries import latest_sharing, objections_told
from mdt.sharing.records import SharingRecord
from mdt.story.queries import statements_of
from mdt.story.records import Statement
from network.access.rules import Actor, Permission


@dataclass(frozen=True)
class Folder:
    """A case as one reader sees it."""

    seen: CaseSeen
    statements: Sequence[Statement]
    tiles: Sequence[Tile]
    decisions: Sequence[Decision]
    actions: Sequence[ActionSeen]
    places: Sequence[BookingSeen]
    tellings: Sequence[TellingSeen]
    item: AgendaItem | None
    sharing: SharingRecord | None
    objections: Sequence[str]
    events: Sequence[CaseEvent]
    learners: Sequence[LearnerVisit]
    prompts: OpenPrompts
    steps: frozenset[Step]

    @property
    def is_clinical(self) -> bool:
        return self.seen.access.standing.is_clinical


def folder_for(viewer: Actor, case_id: uuid.UUID) -> Folder:
    """Gather a case for somebody who may know of it: who is not clinical reads no decision."""
    seen = get_case_for(viewer, case_id)
    case, is_clinical = seen.case, seen.access.standing.is_clinical
    return Folder(
        seen=seen,
        statements=statements_of(case.patient_id),
        tiles=tiles_for(viewer, case_id),
        decisions=decisions_of(case_id) if is_clinical else (),
        actions=actions_seen(viewer, case_id),
        places=bookings_of(viewer, case_id),
        tellings=tellings_seen(viewer, case_id),
        item=_listed(viewer, case_id),
        sharing=latest_sharing(case.patient_id),
        objections=[said for _, said in objections_told(seen.access)],
        events=history_of(case_id) if is_clinical else (),
        learners=[each for each in visits_of(case_id) if each.stands],
        prompts=open_prompts(viewer, case),
        steps=steps_open_to(
            case.state,
            is_own=case.referrer_id == viewer.account_id,
            coordinates=viewer.may(Permission.BUILD_LISTS),
            may_call=may_call(viewer, case_id),
            may_tell=viewer.may_somewhere(Permission.CONTRIBUTE),
            may_let_in=may_let_in(viewer, case_id),
            may_book=may_book(viewer, case),
            may_teach=may_teach(viewer, seen),
        ),
    )


def _listed(viewer: Actor, case_id: uuid.UUID) -> AgendaItem | None:
    item = item_of_case(case_id)
    return item if item is not None and item.meeting in meetings_for(viewer) else None
