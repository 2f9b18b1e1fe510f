"""Everything that stands on a person's own page; whoever calls has checked the link before."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from mdt.actions.queries import actions_of
from mdt.actions.records import Action
from mdt.actions.rules import TO_DO, ActionState
from mdt.cases.queries import open_cases_of
from mdt.cases.records import Case
from mdt.letters.queries import letter_head, tellings_of
from mdt.letters.records import LetterHead
from mdt.letters.rules import Audience
from mdt.lists.queries import item_of_case
from mdt.meetings.rules import MeetingState
from mdt.own_door.queries import CARER_BY_LINK, PERSON_BY_LINK, DoorSeen
from mdt.own_door.rules import Part
from mdt.own_page.rules import LOOK_BACK, Doing, Look, folded, in_turn, is_own_word, may_be_read
from mdt.own_page.wording import CARERS_LINK, DID, OWN_LINK
from mdt.patients.queries import names_of
from mdt.patients.records import Patient
from mdt.patients.rules import is_called
from mdt.seen.queries import ids_of
from mdt.story.queries import carers_of, statements_of
from mdt.story.records import Statement
from mdt.story.rules import CarerRole
from mdt.texts.queries import EASY, LARGE, greeting_of, topics_of
from network.access.rules import SYSTEM
from network.accounts.records import RoleGrant
from network.audit.queries import is_about
from network.audit.records import AuditEntry
from network.audit.rules import kind_of
from network.plumbing.database import ENGLAND, current_network, day_of, db, now, today
from network.plumbing.refusals import NotFound

OVER = frozenset({ActionState.DONE, ActionState.NOT_DONE})


@dataclass(frozen=True)
class Helper:
    """Somebody of the team: who, and what they are for."""

    name: str
    what_for: str
    reach: str = ""


@dataclass(frozen=True)
class OwnPage:
    """A person's own page, as far as its link shows it: a part that it does not show is empty."""

    seen: DoorSeen
    greeting: str
    is_large: bool
    is_easy: bool
    language: str
    head: LetterHead
    team: Sequence[Helper]
    doings: Sequence[Doing]
    # How much was agreed of which nobody has told the person yet.
    to_be_told: int
    talks: Sequence[datetime]
    statements: Sequence[Statement]
    looks: Sequence[Look]

    @property
    def is_carer(self) -> bool:
        return self.seen.is_for_carer


def own_page_of(seen: DoorSeen) -> OwnPage:
    """Gather what a link shows."""
    patient = seen.patient
    cases = open_cases_of(patient.id)
    topics = topics_of(patient.id) if seen.is_for_carer else []
    doings, untold = _doings(cases, topics) if seen.shows(Part.ACTIONS) else ([], 0)
    return OwnPage(
        seen=seen,
        greeting=greeting_of(patient),
        is_large=patient.letter_format in LARGE,
        is_easy=patient.letter_format in EASY,
        language=patient.language,
        head=letter_head(),
        team=_team(patient, cases) if seen.shows(Part.TEAM) else [],
        doings=doings,
        to_be_told=untold,
        talks=_talks(cases) if seen.shows(Part.ACTIONS) else [],
        statements=own_statements(seen, topics) if seen.shows(Part.WORDS) else [],
        looks=looks_at(patient.id) if seen.shows(Part.READERS) else [],
    )


def own_statements(seen: DoorSeen, topics: Collection[str] = ()) -> list[Statement]:
    """Return the person's own words that hold: what others said of them is not theirs to read here."""
    names = names_of(seen.patient)
    return [
        each
        for each in statements_of(seen.patient.id)
        if (is_own_word(each.said_by) or is_called(each.said_by, names)) and may_be_read(each.words, topics)
    ]


def get_own_statement(seen: DoorSeen, statement_id: uuid.UUID) -> Statement:
    """Return words of the person that they can correct: at their own link, not at a carer's."""
    if not seen.is_for_carer:
        for each in own_statements(seen):
            if each.id == statement_id:
                return each
    raise NotFound


def looks_at(patient_id: uuid.UUID) -> list[Look]:
    """Return who worked with somebody's record of late: by what they are and where, not by name."""
    day, alike = day_of(AuditEntry.at), (AuditEntry.account_id, AuditEntry.actor, AuditEntry.verb)
    rows = db.session.execute(
        select(day, *alike, func.count())
        .where(
            AuditEntry.network_id == current_network(),
            is_about(ids_of(patient_id)),
            AuditEntry.at >= now() - LOOK_BACK,
            AuditEntry.actor != SYSTEM.name,
        )
        .group_by(day, *alike)
    ).all()
    works = _works({account_id for _, account_id, *_ in rows if account_id})
    links = {PERSON_BY_LINK: OWN_LINK, CARER_BY_LINK: CARERS_LINK}
    return folded(
        Look(
            links.get(actor) or _works_said(works.get(account_id, ()) if account_id else (), on),
            DID[kind_of(verb)],
            times,
            on,
        )
        for on, account_id, actor, verb, times in rows
    )


def _works(account_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[RoleGrant]]:
    grants = select(RoleGrant).where(
        RoleGrant.account_id.in_(account_ids), RoleGrant.network_id == current_network()
    )
    found: dict[uuid.UUID, list[RoleGrant]] = {}
    for grant in db.session.scalars(grants.options(joinedload(RoleGrant.organisation))):
        found.setdefault(grant.account_id, []).append(grant)
    return found


def _works_said(grants: Collection[RoleGrant], day: date) -> str:
    held = {f"{each.role.label}, {each.organisation.name}" for each in grants if each.holds_on(day)}
    return " and ".join(sorted(held)) or "Somebody who works with the team"


def _doings(cases: Sequence[Case], topics: Collection[str]) -> tuple[list[Doing], int]:
    """Return what is done for the person, and count what was agreed and nobody has told them yet."""
    found, untold = [], 0
    for case in cases:
        told = {
            each.decision_id
            for each in tellings_of(case.id)
            if each.audience is Audience.PERSON and each.told_on is not None
        }
        for action in actions_of(case.id):
            if not _is_current(action) or not may_be_read(f"{action.words} {_owner(action)}", topics):
                continue
            # Nobody reads from a screen what somebody should first have told them.
            if action.decision_id is not None and action.decision_id not in told:
                untold += 1
                continue
            found.append(_doing(action))
    return in_turn(found), untold


def _is_current(action: Action) -> bool:
    ended_lately = action.ended_at is not None and action.ended_at >= now() - LOOK_BACK
    return action.state in TO_DO or (action.state in OVER and ended_lately)


def _doing(action: Action) -> Doing:
    return Doing(
        action.words,
        _owner(action),
        action.due_on,
        is_done=action.state is ActionState.DONE,
        is_undone=action.state is ActionState.NOT_DONE,
    )


def _owner(action: Action) -> str:
    place = action.organisation.short_name if action.organisation else ""
    return f"{action.owner}, {place}" if place and place != action.owner else action.owner


def _talks(cases: Sequence[Case]) -> list[datetime]:
    """Return when the person's care is talked about next, where that has been settled."""
    items = [item_of_case(case.id) for case in cases]
    return sorted(
        each.meeting.starts_at
        for each in items
        if each and each.meeting.state is MeetingState.PUBLISHED and _is_ahead(each.meeting.starts_at)
    )


def _is_ahead(at: datetime) -> bool:
    return at.astimezone(ENGLAND).date() >= today()


def _team(patient: Patient, cases: Sequence[Case]) -> list[Helper]:
    """Return who helps: who coordinates first, then who leads, the practice, and the carers who take part."""
    found = [Helper(case.coordinator, "Brings your care together. Ask them first.") for case in cases]
    found += [Helper(case.lead, "Leads on your care") for case in cases]
    if patient.practice is not None:
        found.append(Helper(patient.practice.name, "Your GP practice"))
    found += [
        Helper(each.name, each.relation.capitalize() or "Cares for you")
        for each in carers_of(patient.id)
        if each.role is CarerRole.PARTNER
    ]
    return list(dict.fromkeys(each for each in found if each.name))
