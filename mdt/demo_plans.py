"""Goals and plans of the demo: one that holds and is on its way, one whose review is due, one draft."""

import uuid
from datetime import timedelta

from mdt.cases.queries import cases_for
from mdt.demo_members import Members
from mdt.goals.commands import review_goal, set_goal
from mdt.goals.rules import GoalDetails, Level
from mdt.plans.commands import agree_plan, begin_plan, write_plan
from mdt.plans.queries import find_draft, version_of
from mdt.plans.rules import AgreedHow, Agreement, Criterion, PlanWords, year_after
from network.plumbing.database import days_ago, today

OUTDOORS = (
    ("To get to the allotment again.", "Walks outdoors, looked at each month.", 3, 2),
    (
        "Stays indoors",
        "Walks to the garden gate",
        "Walks to the allotment with somebody",
        "Walks there alone",
        "Works there for an hour",
    ),
)
NIGHTS = (
    ("To sleep through the night.", "Nights without getting up, by the diary.", 2, 2),
    (
        "Up more than four times",
        "Up three or four times",
        "Up once or twice",
        "Up once, most nights",
        "Sleeps through most nights",
    ),
)
COMPANY = (
    ("Not to eat alone every day.", "Meals with others in a week.", 3, 1),
    ("Eats alone always", "With somebody once a week", "Twice a week", "Three times", "Most days"),
)
PLAN = PlanWords(
    own_part="I walk to the gate each morning.\nI write down how I slept.",
    others_part="The nurse looks in on Tuesdays.\nThe pharmacist goes through my tablets with me.",
    signs="I feel giddy two days running.\nI do not want to get up.",
    steps="Sit down and drink a glass of water.\nRing the first number.\nLeave the door on the latch.",
    contact="The team, 01632 960 001, weekdays 9 to 5.\nAt night and at weekends: 111.",
)


def plan_together(members: Members) -> None:
    """Set goals and agree plans with three people of the meeting of today."""
    found = [seen.case.patient_id for seen in cases_for(members.coordinator)]
    people = [each for each in dict.fromkeys(found) if _is_living(members, each)][:3]
    if len(people) < 3:
        return
    first, second, third = people
    with days_ago(84):
        walk, sleep = _goal(members, first, OUTDOORS), _goal(members, first, NIGHTS)
        _agree(members, first, year_after(today()) - today())
    for days, levels in ((56, (Level.LESS, Level.LESS)), (21, (Level.EXPECTED, Level.LESS))):
        with days_ago(days):
            for goal_id, level in zip((walk, sleep), levels, strict=True):
                review_goal(members.coordinator, goal_id, level, "", today())
    with days_ago(5):
        review_goal(members.coordinator, walk, Level.MORE, "I went by myself on Sunday!", today())
    with days_ago(200):
        _goal(members, second, COMPANY)
        _agree(members, second, timedelta(days=212), ticks=frozenset(Criterion) - {Criterion.SHAREABLE})
    _goal(members, third, COMPANY)
    begin_plan(members.coordinator, third)


def _is_living(members: Members, patient_id: uuid.UUID) -> bool:
    cases = cases_for(members.coordinator)
    return any(seen.case.patient_id == patient_id and not seen.access.patient.died_on for seen in cases)


def _goal(
    members: Members, patient_id: uuid.UUID, goal: tuple[tuple[str, str, int, int], tuple[str, ...]]
) -> uuid.UUID:
    (words, measure, importance, difficulty), levels = goal
    details = GoalDetails(words, "The person", measure, levels, -1, importance, difficulty)
    return set_goal(members.coordinator, patient_id, details)


def _agree(
    members: Members,
    patient_id: uuid.UUID,
    until: timedelta,
    ticks: frozenset[Criterion] = frozenset(Criterion),
) -> None:
    coordinator = members.coordinator
    plan_id = begin_plan(coordinator, patient_id)
    write_plan(coordinator, plan_id, PLAN, seen=1)
    draft = find_draft(patient_id)
    if draft is None:
        return
    agreement = Agreement(
        how=AgreedHow.PERSON,
        agreed_with="The person, at home",
        agreed_on=today(),
        next_review=today() + until,
        coordinator_id=coordinator.account_id,
        ticks=ticks,
        unticked_why="" if ticks == frozenset(Criterion) else "They get it in large print next week.",
    )
    agree_plan(coordinator, plan_id, agreement, seen=version_of(draft))
