"""Everything that stands on a person's own page; whoever calls has checked the link before."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mdt.actions.queries import actions_of
from mdt.actions.records import Action
from mdt.actions.rules import TO_DO, ActionState
from mdt.carer_actions.queries import agreed_by
from mdt.cases.queries import open_cases_of
from mdt.cases.records import Case
from mdt.goals.queries import goals_of
from mdt.involvements.queries import NAVIGATOR, team_of
from mdt.involvements.rules import Purpose, Tie
from mdt.involvements.wording import often_said, purposes_said
from mdt.letters.queries import letter_head, tellings_of
from mdt.letters.records import LetterHead
from mdt.letters.rules import Audience
from mdt.lists.queries import item_of_case
from mdt.meetings.rules import MeetingState
from mdt.outcomes.queries import MeasureSeen, waiting_for
from mdt.own_door.queries import DoorSeen
from mdt.own_door.rules import Part
from mdt.own_page.rules import Doing, in_turn, is_own_word, may_be_read
from mdt.own_page.wording import HELPS_FIND, PLAN_PARTS
from mdt.own_readers.queries import LOOK_BACK, readers_at
from mdt.own_readers.rules import Reader
from mdt.patients.queries import names_of
from mdt.patients.records import Patient
from mdt.patients.rules import is_called
from mdt.plans.queries import current_plan
from mdt.services.queries import Offered, navigator_of, offered_to
from mdt.services.rules import RUNNING
from mdt.story.queries import statements_of
from mdt.story.records import Statement
from mdt.texts.queries import EASY, LARGE, greeting_of, topics_of
from mdt.texts.rules import without_safeguarding
from network.plumbing.database import ENGLAND, now, today
from network.plumbing.refusals import NotFound

# The place of the lowest of a goal's five levels, which counts as two below what was hoped for.
BASE_LEVEL = 2
OVER = frozenset({ActionState.DONE, ActionState.NOT_DONE})


@dataclass(frozen=True)
class Helper:
    """Somebody of the team: who, and what they are for."""

    name: str
    what_for: str
    coming: str = ""
    reach: str = ""


@dataclass(frozen=True)
class PlanSaid:
    """A plan as its person reads it: each part with its heading."""

    parts: tuple[tuple[str, str], ...]
    contingency: tuple[tuple[str, str], ...]
    agreed_with: str
    agreed_on: date | None
    next_review: date | None


@dataclass(frozen=True)
class GoalSaid:
    """A goal in the person's words, and where it stands."""

    words: str
    now_is: str
    set_on: date


@dataclass(frozen=True)
class OwnPage:
    """A person's own page, as far as its link shows it: a part that it does not show is empty."""

    seen: DoorSeen
    greeting: str
    is_large: bool
    is_easy: bool
    language: str
    head: LetterHead
    plan: PlanSaid | None
    goals: Sequence[GoalSaid]
    team: Sequence[Helper]
    services: Sequence[Offered]
    questions: Sequence[MeasureSeen]
    # What a carer agreed to do themselves.
    carers_doings: Sequence[Doing]
    doings: Sequence[Doing]
    # How much was agreed of which nobody has told the person yet.
    to_be_told: int
    talks: Sequence[datetime]
    statements: Sequence[Statement]
    readers: Sequence[Reader]

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
        plan=_plan(seen, topics) if seen.shows(Part.PLAN) else None,
        goals=_goals(seen, topics) if seen.shows(Part.GOALS) else [],
        team=_team(patient, topics) if seen.shows(Part.TEAM) else [],
        services=_services(seen, topics) if seen.shows(Part.SERVICES) else [],
        questions=questions_for(seen),
        carers_doings=_carers_doings(seen),
        doings=doings,
        to_be_told=untold,
        talks=_talks(cases) if seen.shows(Part.ACTIONS) else [],
        statements=own_statements(seen, topics) if seen.shows(Part.WORDS) else [],
        readers=readers_at(patient.id) if seen.shows(Part.READERS) else [],
    )


def own_statements(seen: DoorSeen, topics: Collection[str] = ()) -> list[Statement]:
    """Return the person's own words that hold: what others said of them is not theirs to read here."""
    # Whoever wrote it down may have put the title before the name.
    names = f"{seen.patient.title} {names_of(seen.patient)}"
    return [
        each
        for each in statements_of(seen.patient.id)
        if (is_own_word(each.said_by) or is_called(each.said_by, names)) and may_be_read(each.words, topics)
    ]


def own_name(patient: Patient) -> str:
    """Return the name under which somebody's own words are kept: as elsewhere, without a title."""
    return f"{patient.given_name} {patient.family_name}"


def get_own_statement(seen: DoorSeen, statement_id: uuid.UUID) -> Statement:
    """Return words of the person that they can correct: at their own link, not at a carer's."""
    if not seen.is_for_carer:
        for each in own_statements(seen):
            if each.id == statement_id:
                return each
    raise NotFound


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


def _team(patient: Patient, topics: Collection[str]) -> list[Helper]:
    """Return who helps: who brings the care together first, then the others as near as they are."""
    # Whoever helps to find the way has a line of their own below.
    team = [each for each in team_of(patient.id) if each.key != NAVIGATOR]
    ties = sorted(team, key=lambda each: Purpose.COORDINATION not in each.purposes)
    found = [
        Helper(each.name, purposes_said(each), _coming_said(each), "" if each.is_unpaid else each.contact)
        for each in ties
        if may_be_read(f"{each.name} {each.words} {each.contact} {purposes_said(each)}", topics)
    ]
    navigator = navigator_of(patient.id)
    # Who somebody works for can tell as much as what they do.
    if navigator and may_be_read(f"{navigator.name} {navigator.organisation}", topics):
        found.append(Helper(navigator.name, HELPS_FIND, navigator.organisation, navigator.phone))
    return found


def _coming_said(tie: Tie) -> str:
    return often_said(tie.coming) if tie.coming.is_in_the_week else ""


def _plan(seen: DoorSeen, topics: Collection[str]) -> PlanSaid | None:
    """Return the plan that holds, without what must not be written where others in the house read."""
    plan = current_plan(seen.patient.id)
    if plan is None:
        return None
    parts = (
        (PLAN_PARTS["own_part"], plan.words.own_part),
        (PLAN_PARTS["others_part"], plan.words.others_part),
    )
    return PlanSaid(
        parts=_readable(parts, topics),
        contingency=_readable(plan.contingency, topics),
        agreed_with=plan.agreed_with,
        agreed_on=plan.agreed_on,
        next_review=plan.next_review,
    )


def _readable(parts: Iterable[tuple[str, str]], topics: Collection[str]) -> tuple[tuple[str, str], ...]:
    said = ((heading, without_safeguarding(words)) for heading, words in parts)
    return tuple((heading, words) for heading, words in said if words and may_be_read(words, topics))


def _goals(seen: DoorSeen, topics: Collection[str]) -> list[GoalSaid]:
    found = []
    for goal in goals_of(seen.patient.id):
        now_is = "" if goal.level is None else goal.details.levels[goal.level + BASE_LEVEL]
        if may_be_read(goal.details.words, topics):
            found.append(
                GoalSaid(goal.details.words, now_is if may_be_read(now_is, topics) else "", goal.set_on)
            )
    return found


def _services(seen: DoorSeen, topics: Collection[str]) -> list[Offered]:
    return [
        each
        for each in offered_to(seen.patient.id)
        if each.state in RUNNING
        and may_be_read(f"{each.name} {each.provider} {each.what} {each.access} {each.contact}", topics)
    ]


def _carers_doings(seen: DoorSeen) -> list[Doing]:
    """Return what a carer agreed to do: nobody has to let them see that."""
    if seen.row.carer_id is None:
        return []
    agreed = agreed_by(seen.row.carer_id)
    return in_turn(_doing(each) for each in agreed if _is_current(each) and may_be_read(each.words))


def questions_for(seen: DoorSeen) -> tuple[MeasureSeen, ...]:
    """Return the questions that wait for the person, at their own link."""
    return waiting_for(seen.patient.id) if seen.shows(Part.MEASURES) else ()
