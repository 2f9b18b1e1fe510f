"""Sending a repair: published at once, and told to those whom it touches and nobody else."""

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, db, now
from network.plumbing.queue import enqueue
from network.plumbing.refusals import Invalid, NotFound, Refusal
from rota.drafts.commands import ChangedMeanwhile
from rota.edits.commands import note_edit, write_contents
from rota.edits.queries import contents_of
from rota.edits.records import Edit
from rota.edits.rules import Cell, Content, EditKind, kept, same_content
from rota.jobs.wording import summary_of
from rota.news.queries import News
from rota.notices.commands import Telling, tell
from rota.notices.tasks import send
from rota.planning.commands import assignment_row
from rota.planning.queries import planned_for
from rota.publishing.commands import make_current
from rota.repairs.commands import move_cover, take_case
from rota.repairs.queries import FallenOut
from rota.repairs.rules import MOST_OTHERS, SAID, WHY, Changes, CoverState, Wanted
from rota.repairs.wording import left_said
from rota.roster.rules import local
from rota.rotas.commands import copy_version, lock
from rota.rotas.queries import find_chosen_version, find_ordinary_draft
from rota.rotas.records import DemandLine, RotaPeriod, RotaVersion
from rota.rotas.rules import AssignmentSource
from rota.solver.staff_rota import Placement, Plan, breaches
from rota.solver.staff_rota.absence import gaps_left


class NoRepair(Refusal):
    """The changes would break a rule that the rota keeps now."""


@command
def send_repair(actor: Actor, absence_id: uuid.UUID, wanted: Sequence[Wanted], seen: str) -> list[str]:
    """Publish a repair and tell those whom it touches, nobody else; give their names.

    `seen` marks the version that the repair was made for.
    """
    case = take_case(actor, absence_id, fresh=True)
    if case.fallen is None:
        raise ChangedMeanwhile("Nothing stands open any more: somebody has covered it, or it is over.")
    current = take_current(case.fallen.version.period)
    if not seen == case.fallen.mark == str(current.id):
        raise ChangedMeanwhile("The rota was published anew since you looked. Look at the repairs again.")
    after = _plan_with(case.fallen, wanted)
    _refuse_worse(case.fallen, wanted, after)
    changes = _changes(case.fallen, wanted)
    ill = {absence.member.engagement.person_id for absence in case.fallen.absences}
    edit, people = publish_changes(actor, current, changes, WHY, ill)
    left = gaps_left(case.fallen.problem, case.fallen.plan, after, case.fallen.away)
    for absence in case.fallen.absences:
        state = CoverState.COVERED if left.are_none else CoverState.ACCEPTED
        # Whoever sends may be among those covered along with it: that decides nothing about their leave.
        cover = move_cover(actor, absence.id, absence.state, state)
        cover.edit_id, cover.reason = edit.id, left_said(left)
    record(actor, "send_repair", "rota_version", edit.version_id, cells=len(changes), people=len(people))
    return people


def take_current(period: RotaPeriod) -> RotaVersion:
    """Return the version that people were told of last; until the end nobody publishes another."""
    current = find_chosen_version(lock(period).id)
    if current is None:
        raise ChangedMeanwhile("No rota is published for these weeks any more.")
    return current


def _changes(fallen: FallenOut, wanted: Sequence[Wanted]) -> Changes:
    """Give what each cell holds and is to hold: those who fell out are taken off, others as is wanted."""
    before = contents_of(fallen.version.id)
    after: dict[Cell, Content] = {fallen.cell_of(each): None for each in fallen.lost}
    after |= {each.cell: _content(fallen, each) for each in wanted}
    return {cell: (before.get(cell), content) for cell, content in after.items()}


def _content(fallen: FallenOut, wanted: Wanted) -> Content:
    if wanted.line_id is None:
        return None
    planned = fallen.planned
    line = planned.places[planned.number_of[wanted.line_id]]
    if not isinstance(line, DemandLine):
        raise NotFound
    row = assignment_row(planned, planned.members[wanted.cell.member_id], line)
    return kept({**row, "source": AssignmentSource.SOLVER, "is_pinned": True})


def _refuse_worse(fallen: FallenOut, wanted: Sequence[Wanted], after: Plan) -> None:
    """Refuse what asks too many, is over, or breaks a rule that was kept before."""
    if len({each.cell.member_id for each in wanted}) > MOST_OTHERS:
        raise Invalid(f"A repair changes the day of at most {MOST_OTHERS} others.")
    known, moment = fallen.problem.duty_by_number, local(now())
    if any(known[each.duty].ends <= moment for each in fallen.rest.placements ^ after.placements):
        raise ChangedMeanwhile("Part of this repair is over already. Look at the repairs again.")
    before = Counter(each.said for each in breaches(fallen.problem, fallen.rest))
    found = breaches(fallen.problem, after)
    worse = Counter(each.said for each in found) - before
    for each in found:
        if each.said in worse:
            # Whoever covers may ask for anybody, and need not know why somebody cannot come.
            raise NoRepair(f"{each.said_to_peers} Look at the repairs again.")


def _is_here(fallen: FallenOut, wanted: Wanted) -> bool:
    """Say whether a change is of somebody still there, in a session of this rota, to a line of it."""
    member_id, *session = wanted.cell
    planned = fallen.planned
    if member_id not in planned.members or str(member_id) in fallen.away:
        return False
    if tuple(session) not in planned.session_of:
        return False
    if wanted.line_id is None:
        return True
    number = planned.number_of.get(wanted.line_id)
    return (
        number is not None
        and planned.problem.duty_by_number[number].session
        == planned.session_of[wanted.cell.day, wanted.cell.kind].number
    )


def _plan_with(fallen: FallenOut, wanted: Sequence[Wanted]) -> Plan:
    """Give the plan that a repair comes to; what is about nothing here is not found."""
    if len({each.cell for each in wanted}) < len(wanted) or not all(
        _is_here(fallen, each) for each in wanted
    ):
        raise NotFound
    planned, known = fallen.planned, fallen.problem.duty_by_number
    moved = {(str(each.cell.member_id), planned.session_of[each.cell[1:]].number) for each in wanted}
    stay = {each for each in fallen.rest.placements if (each.person, known[each.duty].session) not in moved}
    new = {
        Placement(str(each.cell.member_id), planned.number_of[each.line_id])
        for each in wanted
        if each.line_id is not None
    }
    return Plan(frozenset(stay | new))


def publish_changes(
    actor: Actor, current: RotaVersion, changes: Changes, why: str, untold: Collection[uuid.UUID]
) -> tuple[Edit, list[str]]:
    """Publish a copy in which cells hold something else, and tell those whose they are, but for some."""
    version = db.session.get_one(RotaVersion, copy_version(actor, current.id))
    edit = _write(actor, version, changes, why)
    planned = planned_for(version)
    news = [each for each in News(actor, version, current, planned).people() if each.person_id not in untold]
    make_current(actor, version)
    version.summary = {**asdict(summary_of(planned.problem, planned.plan)), "is_stale": False}
    told = (
        Telling(person.person_id, tuple(line.change for line in person.lines), person.must_be_rung)
        for person in news
    )
    tell(version.id, list(told), is_first=False)
    enqueue(send, network_id=current_network(), version_id=version.id)
    _carry_over(actor, version, changes, why)
    return edit, [person.name for person in news]


def _write(actor: Actor, version: RotaVersion, changes: Changes, why: str) -> Edit:
    write_contents(version.id, {cell: after for cell, (_, after) in changes.items()})
    return note_edit(actor, version.id, EditKind.CHANGE, changes, SAID, why)


def _carry_over(actor: Actor, version: RotaVersion, changes: Changes, why: str) -> None:
    """Change the draft at work alike, where it stands as people were told: published, it would undo it."""
    draft_id = find_ordinary_draft(version.period_id)
    if draft_id is None:
        return
    draft = lock(db.session.get_one(RotaVersion, draft_id))
    standing = contents_of(draft.id)
    same = {cell: pair for cell, pair in changes.items() if same_content(standing.get(cell), pair[0])}
    if same:
        _write(actor, draft, same, why)
