"""What is said of somebody's place in a clinic: to those who coordinate, and in the history of a case."""

from collections.abc import Collection
from datetime import date, time
from typing import NamedTuple

from mdt.bookings.rules import HALF_DAYS, BookingState, Plan, Turn, part_of_day

B = BookingState
# What there is to tell the person of, as the list of who needs to be told says it.
WHEN_IT_IS = "when and where their clinic is"
THAT_IT_IS_CHANGED = "that their clinic has changed, and when and where it is now"
THAT_IT_IS_CLOSED = "that they cannot be seen in that clinic, and that we look for another"
THAT_IT_IS_GIVEN_BACK = "that their place in the clinic was given back"
TONES = {
    B.PROPOSED: ("draft", ""),
    B.AGREED: ("plain", ""),
    B.NOT_ASKED: ("bad", "▲"),
    B.ASKED: ("plain", ""),
    B.PLANNED: ("good", "✓"),
    B.CLOSED: ("bad", "▲"),
    B.CAME: ("done", "✓"),
    B.MISSED: ("warning", "▲"),
    B.GIVEN_BACK: ("plain", ""),
    B.DROPPED: ("plain", ""),
}


class BookingTag(NamedTuple):
    """How a state is shown: never by colour alone."""

    text: str
    tone: str
    mark: str


def booking_tag(state: BookingState) -> BookingTag:
    """Return how the state of a place is shown."""
    return BookingTag(state.label, *TONES[state])


def day_said(day: date) -> str:
    """Say a day: Tuesday 4 August."""
    return f"{day:%A} {day.day} {day:%B}"


def part_said(at: time) -> str:
    return part_of_day(at).label


def plan_said(plan: Plan) -> str:
    """Say where and when somebody has a place: Tuesday 4 August, morning, Elm, Place 3."""
    number = [f"Place {plan.number}"] if plan.number is not None else []
    return ", ".join([day_said(plan.day), part_said(plan.starts), plan.site, *number])


def clock_said(at: time) -> str:
    return f"{at:%H:%M}"


def standing_said(state: BookingState, clinic: str, plan: Plan | None) -> str:
    """Say in a sentence how somebody's place stands."""
    if state is B.PLANNED and plan is not None:
        return f"{clinic}. Planned: {plan_said(plan)}"
    said = {
        B.PROPOSED: f"Put down in the meeting: a place in {clinic}",
        B.AGREED: f"A place in {clinic} is asked for when the minutes are signed",
        B.NOT_ASKED: f"A place in {clinic} could not be asked for",
        B.ASKED: f"Asked for a place in {clinic}",
        B.PLANNED: f"Planned: a place in {clinic}",
        B.CLOSED: f"Their clinic was closed, or moved out of their reach ({clinic}): they need another",
        B.CAME: f"Came to {clinic}",
        B.MISSED: f"Did not come to {clinic}",
        B.GIVEN_BACK: f"The place in {clinic} was given back",
        B.DROPPED: f"Taken back in the meeting: a place in {clinic}",
    }[state]
    on = f", {day_said(plan.day)}" if plan is not None and state in (B.CAME, B.MISSED) else ""
    return f"{said}{on}"


def noticed_said(clinic: str, before: Plan | None, state: BookingState, plan: Plan | None) -> str:
    """Say in the history of a case what the rota did with a place."""
    if state is B.PLANNED and plan is not None:
        if before is not None:
            return f"The place in {clinic} was moved: now {plan_said(plan)}; before, {plan_said(before)}."
        return f"A place in {clinic} is planned: {plan_said(plan)}."
    if state is B.CLOSED:
        when = f" on {day_said(before.day)}" if before is not None else ""
        return f"{clinic}{when} was closed, or moved out of their reach: they need another place."
    when = f" of {day_said(before.day)}" if before is not None else ""
    return f"The place{when} in {clinic} is not planned any more: it is asked for again."


def unsuitable_said(unsuitable: Collection[str]) -> str:
    """Say which half-days do not suit somebody, in the order of the week: Monday morning, Friday."""
    found = []
    for morning, afternoon in zip(HALF_DAYS[::2], HALF_DAYS[1::2], strict=True):
        if {morning, afternoon} <= set(unsuitable):
            found.append(morning.split()[0])
        else:
            found += [each for each in (morning, afternoon) if each in unsuitable]
    return ", ".join(found)


TURNS = {
    Turn.CLOSED: ("The clinic was closed", "They need another place."),
    Turn.NOT_ASKED: ("Could not be asked for", "Ask again, or think of something else."),
    Turn.NOT_HELD: (
        "Held no more",
        "No more clinics of this kind are planned: take a place that is left, or give this one back.",
    ),
    Turn.LATE: ("Waiting too long", "The day by which they were to be seen has passed."),
    Turn.TO_TELL: ("To be told", "They have a place: tell them when and where."),
    Turn.OUTCOME: ("Did they come?", "The day of their clinic has passed: note who came."),
    Turn.WAITING: ("Waiting for a clinic", "Asked for; they have no place in a clinic yet."),
    Turn.TOLD: ("Told, and still to come", "They know when and where."),
}


def turn_said(turn: Turn) -> tuple[str, str]:
    """Return the heading of those for whom something has to be done, and what."""
    return TURNS[turn]
