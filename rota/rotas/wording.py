"""How the life of a rota is put into words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from network.plumbing.templating import full_date
from rota.rotas.rules import PeriodState, Stage, stage_of

TONES = {
    Stage.COLLECTING: ("warning", ""),
    Stage.DRAFTING: ("draft", ""),
    Stage.PROPOSED: ("warning", ""),
    Stage.PUBLISHED: ("good", "✓"),
    Stage.LIVE: ("good", "●"),
    Stage.CLOSED: ("done", "✓"),
}
MEANINGS = {
    Stage.COLLECTING: "Staff ask for sessions and days off. Nobody is placed yet.",
    Stage.DRAFTING: "Planners fill it and change it. Staff do not see it.",
    Stage.PROPOSED: "Each practice looks over its own people and sites. Staff do not see it.",
    Stage.PUBLISHED: "Staff see it. Every change from here on says what and why, and tells who it changes.",
    Stage.LIVE: "It is being worked. Every change says what and why, and tells who it changes.",
    Stage.CLOSED: "Payroll counts it as it stands. It is opened again with a reason only.",
}
OVER = "Its last day is over. Close it when what was worked is right: payroll then counts it."


@dataclass(frozen=True)
class StepView:
    """One step of a rota's life: behind, here, or ahead."""

    label: str
    place: str

    @property
    def said(self) -> str:
        """Say the step's place for those who do not see it."""
        return {"done": "done", "now": "now", "ahead": "still to come"}[self.place]


@dataclass(frozen=True)
class Life:
    """Where a rota is in its life on a day, ready to be drawn."""

    stage: Stage
    steps: tuple[StepView, ...]
    meaning: str
    tone: str
    mark: str
    is_over: bool
    is_late: bool


def life_of(
    state: PeriodState,
    starts_on: date,
    ends_on: date,
    requests_until: date | None,
    was_proposed: bool,
    today: date,
) -> Life:
    """Put a rota's place in its life into words."""
    stage = stage_of(state, starts_on, today)
    tone, mark = TONES[stage]
    return Life(
        stage=stage,
        steps=steps_of(stage, requests_until is not None, was_proposed),
        meaning=meaning_of(stage, requests_until, ends_on, today),
        tone=tone,
        mark=mark,
        is_over=stage is Stage.LIVE and ends_on < today,
        is_late=stage is Stage.COLLECTING and requests_until is not None and requests_until < today,
    )


def steps_of(stage: Stage, collected: bool, proposed: bool) -> tuple[StepView, ...]:
    """Give the steps of a rota's life, without those that it skipped."""
    passed = {Stage.COLLECTING: collected, Stage.PROPOSED: proposed}
    order = list(Stage)
    steps = [each for each in order if passed.get(each, True) or order.index(each) >= order.index(stage)]
    here = steps.index(stage)

    def placed() -> Iterator[StepView]:
        for number, step in enumerate(steps):
            yield StepView(step.label, "done" if number < here else "now" if number == here else "ahead")

    return tuple(placed())


def meaning_of(stage: Stage, requests_until: date | None, ends_on: date, today: date) -> str:
    """Say what a stage means on this day."""
    if stage is Stage.LIVE and ends_on < today:
        return OVER
    if stage is Stage.COLLECTING and requests_until:
        if requests_until < today:
            return f"The last day for requests was {full_date(requests_until)}. Begin drafting."
        return f"{MEANINGS[stage]} The last day for requests is {full_date(requests_until)}."
    return MEANINGS[stage]
