"""Personalised care and support plans: their states, what makes one, and its clock. Pure."""

from network.vocabulary import Word


class PlanState(Word):
    DRAFT = "draft", "Draft"
    DISCARDED = "discarded", "Thrown away"
    AGREED = "agreed", "Agreed"
    SUPERSEDED = "superseded", "Superseded"
    ENDED = "ended", "Ended"


PLAN_MOVES: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.AGREED, PlanState.DISCARDED}),
    PlanState.DISCARDED: frozenset({PlanState.DRAFT}),
    PlanState.AGREED: frozenset({PlanState.SUPERSEDED, PlanState.ENDED}),
    PlanState.SUPERSEDED: frozenset(),
    # Ended by a slip.
    PlanState.ENDED: frozenset({PlanState.AGREED}),
}


class AgreedHow(Word):
    PERSON = "person", "With the person"
    PERSON_AND_CARER = "person_and_carer", "With the person and those who care for them"
    BEST_INTERESTS = "best_interests", "In their best interests, with those who know them"
