"""A person's care web as one reader may know of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mdt.care_picture.rules import narrow_picture, wide_picture
from mdt.care_web.rules import Finding, findings, week_of
from mdt.care_web.wording import Drawing, drawing_of
from mdt.involvements.queries import team_seen
from mdt.involvements.rules import Tie, Visit
from mdt.sharing.queries import Access
from network.plumbing.database import today


@dataclass(frozen=True)
class CareWeb:
    """Who is around a person: as a list, as pictures, over the week, and what it shows."""

    ties: Sequence[Tie]
    findings: Sequence[Finding]
    week: Mapping[Visit, Sequence[Tie]]
    wide: Drawing
    narrow: Drawing
    is_whole: bool


def web_for(access: Access) -> CareWeb:
    """Put a care web together for somebody who may know of the person."""
    ties = team_seen(access)
    # Gaps are judged by all who are around: of a part of them, nobody may conclude that anybody is missing.
    is_whole = access.standing.is_clinical
    return CareWeb(
        ties,
        findings(ties, today()) if is_whole else (),
        week_of(ties, today()),
        drawing_of(ties, wide_picture),
        drawing_of(ties, narrow_picture),
        is_whole,
    )
