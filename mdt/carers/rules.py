"""Carers as people in their own right: what they say, agree to and are owed. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mdt.story.rules import CarerRole, CarersAssessment
from network.vocabulary import Word

A = CarersAssessment

# An offer without an answer is repeated, an assessment that was accepted is chased; both are our own choice.
ANSWER_WITHIN = timedelta(days=28)
DONE_WITHIN = timedelta(days=42)
# Source: Care and support statutory guidance, 13.32: a plan is looked at again within twelve months.
AGAIN_AFTER = timedelta(days=365)
# How carers do changes faster than their plan.
ASK_AGAIN_AFTER = timedelta(days=180)
LONGEST_WORDS = 1000
LONGEST_NOTE = 500

# Declined or done, it is offered again where a new need appears.
ASSESSMENT_MOVES: dict[CarersAssessment, frozenset[CarersAssessment]] = {
    A.NOT_OFFERED: frozenset({A.OFFERED}),
    A.OFFERED: frozenset({A.ACCEPTED, A.DECLINED}),
    A.ACCEPTED: frozenset({A.DONE, A.DECLINED}),
    A.DECLINED: frozenset({A.OFFERED}),
    A.DONE: frozenset({A.OFFERED}),
}


class SaidKind(Word):
    NEED = "need", "What I need for myself"
    STRAIN = "strain", "How caring is for me"
    CONTINGENCY = "contingency", "If I cannot care"
    OTHER = "other", "Something else"


class Strain(Word):
    """How caring is, in one question of our own: no scale that is licensed, and no score."""

    WELL = "well", "I manage well"
    JUST = "just", "I just about manage"
    STRUGGLING = "struggling", "I struggle"
    CANNOT = "cannot", "I cannot go on like this"


class AgreementScope(Word):
    """What a carer is asked about themselves: it is theirs to give, not the person's."""

    KEEP = "keep", "Keeping what they say about themselves"
    TEAM = "team", "Telling the team about their needs"
    COUNCIL = "council", "Passing their name to the council for an assessment"


class DutyKind(Word):
    OFFER = "offer", "Offer a carer's assessment"
    OFFER_AGAIN = "offer_again", "Offer a carer's assessment again"
    ASK_ANSWER = "ask_answer", "Ask whether they want the assessment"
    CHASE = "chase", "Ask the council when the assessment is done"
    LOOK_AGAIN = "look_again", "Look at the assessment again"
    STRAIN = "strain", "See to it that the carer is not left alone"
    CONTINGENCY = "contingency", "Agree what happens if they cannot care"
    AGREEMENT = "agreement", "Ask what they agree to"


# By law, the rest is our own rule.
BY_LAW = frozenset({DutyKind.OFFER, DutyKind.OFFER_AGAIN})
HARD = frozenset({Strain.STRUGGLING, Strain.CANNOT})


@dataclass(frozen=True)
class Duty:
    """Something that is owed to a carer, and since when where that is known."""

    kind: DutyKind
    since: date | None

    @property
    def is_by_law(self) -> bool:
        return self.kind in BY_LAW


@dataclass(frozen=True)
class CarerStands:
    """How things stand with a carer, as far as the duties depend on it."""

    role: CarerRole
    assessment: CarersAssessment
    stepped_on: date | None
    # When needs of their own were said, those without a day left out.
    needs_on: tuple[date, ...] = ()
    has_needs: bool = False
    strain: Strain | None = None
    strain_on: date | None = None
    has_contingency: bool = False
    agreements: frozenset[AgreementScope] = frozenset()


def duties_of(stands: CarerStands, today: date) -> tuple[Duty, ...]:
    """Say what is owed to a carer, what the law asks for first."""
    found = (
        _assessment_duty(stands, today),
        _strain_duty(stands),
        _contingency_duty(stands),
        _agreement_duty(stands),
    )
    return tuple(duty for duty in found if duty is not None)


def need_appeared_on(stands: CarerStands) -> date | None:
    """Return when a need of the carer's own appeared that no assessment has answered yet."""
    told = [*stands.needs_on]
    if stands.strain in HARD and stands.strain_on:
        told.append(stands.strain_on)
    is_answered = stands.assessment in {A.DONE, A.DECLINED} and stands.stepped_on is not None
    fresh = [day for day in told if not is_answered or day > (stands.stepped_on or day)]
    return min(fresh, default=None)


def has_need(stands: CarerStands) -> bool:
    """Say whether it appears that a carer may have needs. Source: Care Act 2014, section 10(1)."""
    return stands.has_needs or bool(stands.needs_on) or stands.strain in HARD


def may_move(now: CarersAssessment, to: CarersAssessment) -> bool:
    """Say whether an assessment can go on to that."""
    return to in ASSESSMENT_MOVES[now]


def is_to_be_asked(last_on: date | None, today: date) -> bool:
    """Say whether a carer should be asked how they are."""
    return last_on is None or today - last_on > ASK_AGAIN_AFTER


def may_read_confidence(*, coordinates: bool, is_author: bool, must_assess: bool) -> bool:
    """Say who reads what a carer told in confidence: who coordinates, wrote it down, or has to assess."""
    return coordinates or is_author or must_assess


def latest(days: Iterable[date]) -> date | None:
    return max(days, default=None)


def _assessment_duty(stands: CarerStands, today: date) -> Duty | None:
    state, since = stands.assessment, stands.stepped_on
    waited = today - since if since else timedelta(0)
    if state is A.NOT_OFFERED:
        return Duty(DutyKind.OFFER, need_appeared_on(stands)) if has_need(stands) else None
    if state is A.OFFERED:
        return Duty(DutyKind.ASK_ANSWER, since) if waited > ANSWER_WITHIN else None
    if state is A.ACCEPTED:
        return Duty(DutyKind.CHASE, since) if waited > DONE_WITHIN else None
    if fresh := need_appeared_on(stands):
        return Duty(DutyKind.OFFER_AGAIN, fresh) if since is not None else None
    if state is A.DONE and waited > AGAIN_AFTER:
        return Duty(DutyKind.LOOK_AGAIN, since)
    return None


def _strain_duty(stands: CarerStands) -> Duty | None:
    return Duty(DutyKind.STRAIN, stands.strain_on) if stands.strain is Strain.CANNOT else None


def _contingency_duty(stands: CarerStands) -> Duty | None:
    is_open = stands.role is CarerRole.PARTNER and not stands.has_contingency
    return Duty(DutyKind.CONTINGENCY, None) if is_open else None


def _agreement_duty(stands: CarerStands) -> Duty | None:
    is_open = AgreementScope.KEEP not in stands.agreements and stands.role is not CarerRole.NOT_INVOLVED
    return Duty(DutyKind.AGREEMENT, None) if is_open else None
