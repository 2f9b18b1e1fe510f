"""The prompts that are open for cases, as far as the viewer may read what is clinical."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import select

from mdt.cases.queries import CaseSeen, cases_for, cases_known
from mdt.cases.records import Case
from mdt.cases.rules import OPEN
from mdt.contributions.queries import latest_of
from mdt.contributions.records import Contribution
from mdt.contributions.rules import ANSWERED
from mdt.facts.queries import facts_of_all, may_read, pack
from mdt.facts.rules import Fact
from mdt.panels.rules import YesNo
from mdt.prompts.records import PromptAnswer, PromptSetting
from mdt.prompts.rules import (
    MOST_OPEN,
    NOT_MET,
    Prompt,
    PromptRule,
    RuleChoice,
    Strength,
    as_rules,
    prompts_of,
    wrong_with_choice,
)
from mdt.prompts.wording import StrengthTag, because_said, strength_tag
from mdt.sharing.queries import objections_of
from mdt.sharing.records import ObjectionRecord
from mdt.sharing.rules import ObjectionScope
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.plumbing.database import ENGLAND, db, today
from network.plumbing.refusals import Invalid, NotFound
from network.vocabulary import Discipline

PACK = Path(__file__).parent / "packs" / "prompts.yaml"


@dataclass(frozen=True)
class PromptSeen:
    """A prompt as a page shows it: what it asks, of whom, and because of which facts."""

    code: str
    title: str
    asks: str
    action: str
    because: str
    strength: Strength
    tag: StrengthTag
    disciplines: tuple[Discipline, ...]
    asides: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class AnswerSeen:
    """What became of a prompt."""

    answer: PromptAnswer
    title: str


@dataclass(frozen=True)
class OpenPrompts:
    """The few prompts that are open for a case, and how many wait behind them."""

    shown: tuple[PromptSeen, ...] = ()
    waiting: int = 0


@cache
def rules() -> tuple[PromptRule, ...]:
    """Read the pack once; one that is wrong in itself stops the start."""
    return as_rules(yaml.safe_load(PACK.read_text()), pack().specs)


def rule_of(code: str) -> PromptRule:
    """Return one rule of the pack."""
    for rule in rules():
        if rule.code == code:
            return rule
    raise NotFound


def open_prompts(viewer: Actor, case: Case) -> OpenPrompts:
    """Return the prompts that are open for one case: the strongest few, and none to who is not clinical."""
    return prompts_seen(cases_known(viewer, [case]).values()).get(case.id, OpenPrompts())


def prompts_seen(seen: Iterable[CaseSeen]) -> dict[uuid.UUID, OpenPrompts]:
    """Return the open prompts of cases that the viewer may know of, at one go."""
    readable = [each for each in seen if each.access.standing.is_clinical]
    found = _fired(readable, choices(), answered_codes({each.case.patient_id for each in readable}))
    return {
        case_id: OpenPrompts(
            tuple(_as_seen(each) for each in prompts[:MOST_OPEN]), max(0, len(prompts) - MOST_OPEN)
        )
        for case_id, prompts in found.items()
    }


def would_fire(viewer: Actor, code: str, choice: RuleChoice) -> list[tuple[CaseSeen, str]]:
    """Return the open cases in which a rule would come up today as it is chosen, each with its reasons.

    What was put aside counts too: the numbers are tried, not what became of the prompts.
    """
    require(viewer.may(Permission.BUILD_LISTS))
    rule, seen = rule_of(code), cases_for(viewer)
    if wrong := wrong_with_choice(rule, choice.thresholds):
        raise Invalid(wrong)
    readable = [each for each in seen if each.access.standing.is_clinical]
    found = _fired(readable, {code: choice}, {}, (rule,))
    return [(each, _because(found[each.case.id][0])) for each in readable if found.get(each.case.id)]


def choices() -> dict[str, RuleChoice]:
    """Return what the network has chosen, by the code of the rule."""
    rows = db.session.scalars(select(PromptSetting))
    return {row.code: RuleChoice(row.is_on, row.thresholds) for row in rows}


def find_setting(code: str) -> PromptSetting | None:
    """Return what the network has chosen for one rule, None where it keeps to the pack."""
    return db.session.scalars(select(PromptSetting).where(PromptSetting.code == code)).one_or_none()


def answers_seen(seen: CaseSeen) -> list[AnswerSeen]:
    """Return what became of prompts about a case's person, the latest first; to clinical readers only."""
    if not seen.access.standing.is_clinical:
        return []
    rows = db.session.scalars(
        select(PromptAnswer)
        .where(PromptAnswer.patient_id == seen.case.patient_id, PromptAnswer.taken_back_at.is_(None))
        .order_by(PromptAnswer.answered_at.desc())
    )
    titles = {rule.code: rule.title for rule in rules()}
    # In another case of theirs the viewer need not have a part.
    return [
        AnswerSeen(row, titles.get(row.code, row.code)) for row in rows if seen.access.knows_of(row.case_id)
    ]


def answered_codes(patient_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    """Return which prompts stay away for now, by person: what one case has answered no other asks again."""
    rows = db.session.execute(
        select(PromptAnswer.patient_id, PromptAnswer.code).where(
            PromptAnswer.patient_id.in_(patient_ids),
            PromptAnswer.taken_back_at.is_(None),
            PromptAnswer.quiet_until >= today(),
        )
    )
    found: dict[uuid.UUID, set[str]] = {}
    for patient_id, code in rows:
        found.setdefault(patient_id, set()).add(code)
    return found


def asks_to_meet(patient_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return about whom a list may say that nobody has met them: the network asks, and nobody answered."""
    if not choices().get(NOT_MET, RuleChoice()).is_on:
        return set()
    answered = answered_codes(patient_ids)
    return {each for each in patient_ids if NOT_MET not in answered.get(each, ())}


def _fired(
    seen: Collection[CaseSeen],
    chosen: Mapping[str, RuleChoice],
    quiet: Mapping[uuid.UUID, Collection[str]],
    asked: Sequence[PromptRule] | None = None,
) -> dict[uuid.UUID, list[Prompt]]:
    """Work out what comes up: nothing once somebody has died, has objected to all, or the case is over."""
    patient_ids = {each.case.patient_id for each in seen}
    objections = objections_of(patient_ids)
    living = [each for each in seen if _is_asked_about(each, objections.get(each.case.patient_id, ()))]
    facts = facts_of_all(patient_ids)
    met = _met_in({each.case.id for each in living})
    return {
        each.case.id: prompts_of(
            rules() if asked is None else asked,
            [fact for fact in facts[each.case.patient_id] if may_read(each.access, pack().specs[fact.key])]
            + met.get(each.case.id, []),
            today(),
            choices=chosen,
            quiet=quiet.get(each.case.patient_id, ()),
            shut_out=_shut_out(objections.get(each.case.patient_id, ())),
        )
        for each in living
    }


def _is_asked_about(seen: CaseSeen, objections: Iterable[ObjectionRecord]) -> bool:
    is_refused = any(each.scope is ObjectionScope.ALL for each in objections)
    return seen.case.state in OPEN and seen.access.patient.died_on is None and not is_refused


def _shut_out(objections: Iterable[ObjectionRecord]) -> set[Discipline]:
    return {each.discipline for each in objections if each.discipline is not None}


def _met_in(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Fact]]:
    """Say of cases that somebody has answered whether one of them has met the person."""
    answers: dict[uuid.UUID, list[Contribution]] = {}
    for row in latest_of(case_ids):
        if row.state in ANSWERED and row.given_at is not None:
            answers.setdefault(row.case_id, []).append(row)
    return {
        case_id: [
            Fact(
                "met",
                (YesNo.YES if any(row.has_met for row in rows) else YesNo.NO).value,
                max(row.given_at for row in rows if row.given_at).astimezone(ENGLAND).date(),
                "the contributions",
            )
        ]
        for case_id, rows in answers.items()
    }


def _as_seen(prompt: Prompt) -> PromptSeen:
    return PromptSeen(
        code=prompt.rule.code,
        title=prompt.rule.title,
        asks=prompt.rule.asks,
        action=prompt.rule.action,
        because=_because(prompt),
        strength=prompt.strength,
        tag=strength_tag(prompt.strength),
        disciplines=prompt.disciplines,
        asides=prompt.asides,
        source=prompt.rule.source,
    )


def _because(prompt: Prompt) -> str:
    return because_said(prompt.facts, pack().specs, today())
