"""Who finds what: written down by itself, so that the pages can be held against it.

Three things decide, in this order: the permission of the page's guard, how far the role carries it, and the
relation to what the page is about. All examples are of Elm Surgery, where all of the cast work but the member
of the voluntary sector, who is of a charity, and the administrator, who is of the network itself.
"""

from collections.abc import Collection
from dataclasses import replace

from network.access.rules import TABLE, Actor, Grant, Permission, Role, Scope
from tests.cast import Cast

PLANNING = frozenset({Role.PRACTICE_MANAGER, Role.WORKFORCE_MANAGER})
COORDINATOR = frozenset({Role.CARE_COORDINATOR})
CHAIRING = COORDINATOR | {Role.CHAIR}
# Elm Surgery referred these people, so whoever meets patients there knows of them; a learner does not.
ELMS = CHAIRING | {Role.CLINICIAN, Role.SOCIAL_CARE_MEMBER}
REFERRED_BY_ELM = ELMS | {Role.VOLUNTARY_MEMBER}

# Permissions that by themselves let nobody know of a person: it takes a relation, or the coordinator's view.
BY_RELATION = {Permission.SEE_CASES, Permission.CONTRIBUTE, Permission.ACT, Permission.REFER_CASES}

# Who finds the example where the scope of their permission does not decide it, and why.
FINDS: dict[str, Collection[Role]] = {
    # What approval would do to leave is for those who approve; the example is nobody's own of the cast.
    "allowances.show": PLANNING,
    "leave.come_back": PLANNING,
    "requests.change": PLANNING,
    "requests.person": PLANNING,
    # A workbook that waits to be taken over is seen by whoever brought it.
    "intake.preview": {Role.WORKFORCE_MANAGER},
    # So is a list of people; the example was brought by the coordinator.
    "risk_lists.preview": COORDINATOR,
    "exchange.compare": COORDINATOR,
    # A rota that is not published is for those who plan it.
    "cells.gap": PLANNING,
    "cells.show": PLANNING,
    "grid.paper": PLANNING,
    "grid.show": PLANNING,
    "notices.show": PLANNING | {Role.STAFF},
    "rooms.show": PLANNING,
    "sheets.download": PLANNING,
    "stages.show": PLANNING,
    # A plan of rotations is of the whole network; hosts and clinical leads see their own learners elsewhere.
    "rotation_grid.cell": {Role.WORKFORCE_MANAGER, Role.ROTATION_LEAD},
    "rotation_grid.compare": {Role.WORKFORCE_MANAGER, Role.ROTATION_LEAD},
    "rotation_grid.show": {Role.WORKFORCE_MANAGER, Role.ROTATION_LEAD},
    # A draft, and a referral that came back, are their writer's.
    "drafts.go_on": COORDINATOR,
    "drafts.throwing_away": COORDINATOR,
    "referrals.again": COORDINATOR,
    # A meeting is known to those who lead it, prepare it or are expected.
    "dates.change": CHAIRING,
    "keeping.free": CHAIRING,
    "dates.hand_over": CHAIRING,
    "handout.show": CHAIRING,
    "huddles.call_off": CHAIRING | {Role.CLINICIAN},
    "meetings.answer": CHAIRING | {Role.CLINICIAN},
    "meetings.calendar": CHAIRING,
    "meetings.expect": CHAIRING,
    "meetings.show": CHAIRING,
    "run.owners": CHAIRING,
    "run.pane": CHAIRING,
    "run.pulse": CHAIRING,
    "run.show": CHAIRING,
    "signing.add": CHAIRING,
    "signing.show": CHAIRING,
    # The charity was asked, or has an action; its list is its own and the coordinator's.
    "answering.answer": REFERRED_BY_ELM,
    "answering.cannot": REFERRED_BY_ELM,
    "asking.one": REFERRED_BY_ELM,
    "asking.show": REFERRED_BY_ELM,
    "letters.organisation": COORDINATOR | {Role.VOLUNTARY_MEMBER},
    # The charity referred this person too: it reads and keeps goals, which are in the person's words.
    "goals.add": REFERRED_BY_ELM,
    "goals.change": REFERRED_BY_ELM,
    "goals.end": REFERRED_BY_ELM,
    "goals.review": REFERRED_BY_ELM,
    "plan_reviews.show": REFERRED_BY_ELM,
    "plans.agree": REFERRED_BY_ELM,
    "plans.end": REFERRED_BY_ELM,
    "plans.paper": REFERRED_BY_ELM,
    "plans.show": REFERRED_BY_ELM,
    "plans.version": REFERRED_BY_ELM,
    "plans.write": REFERRED_BY_ELM,
    "tellings.add": REFERRED_BY_ELM,
    "tellings.of_case": REFERRED_BY_ELM,
    # Whoever opened in an emergency says why themselves.
    "emergencies.explain": {Role.CHAIR},
    # The directory is about services, and about nobody; who coordinates keeps what no member runs.
    "services.change": COORDINATOR,
    # The team of the example is all who take part, the voluntary sector too.
    "self_assessment.answer": REFERRED_BY_ELM,
    "self_assessment.show": REFERRED_BY_ELM,
    "services.show": REFERRED_BY_ELM | {Role.LEARNER},
    "services.suggest": REFERRED_BY_ELM,
    # A panel is about a discipline, and about nobody.
    "panels.show": Role,
    # A prompt is a rule, about nobody.
    "prompts.show": Role,
}

# Who may touch, where others find the page but may only look.
TOUCHES: dict[str, Collection[Role]] = {
    "answering.answer": ELMS,
    "answering.cannot": ELMS,
    "asking.one": CHAIRING,
    "asking.show": CHAIRING,
    "handout.show": COORDINATOR,
    # Whoever knows of the case may act on a prompt; asking others is for who leads.
    "prompting.ask": CHAIRING,
    "letters.change": COORDINATOR,
    "letters.hold": COORDINATOR,
    # What a plan says besides is clinical.
    "plan_reviews.show": ELMS,
    "plans.agree": ELMS,
    "plans.end": ELMS,
    "plans.paper": ELMS,
    "plans.version": ELMS,
    "plans.write": ELMS,
    "tellings.add": ELMS,
    "tellings.told": COORDINATOR,
}

# Addresses that mean something of whichever network one is in: a rule, a funding group, a discipline, a
# question that one's own network is counted for.
OF_ANY_NETWORK = {
    "evidence.show",
    "funding.agree",
    "panels.show",
    "programme_packs.use",
    "prompts.show",
    "rulebook.change",
    "rulebook.reset",
    "rulebook.show",
}


def expected(role: Role, guard: Permission, endpoint: str) -> int:
    """Say what one of the cast gets of a page's example: the page, a refusal (403), or nothing (404)."""
    if guard not in TABLE[role]:
        return 403
    if not _finds(role, guard, endpoint):
        return 404
    return 200 if role in TOUCHES.get(endpoint, Role) else 403


def _finds(role: Role, guard: Permission, endpoint: str) -> bool:
    if endpoint in FINDS:
        return role in FINDS[endpoint]
    if guard in BY_RELATION:
        return role in ELMS
    return TABLE[role][guard] in {Scope.NETWORK, Scope.ORGANISATION}


def stranger_of(cast: Cast) -> Actor:
    """Return somebody who holds every role there is, in another network."""
    home = cast.stranger.grants[0].organisation_id
    return replace(cast.stranger, grants=tuple(Grant(role, home) for role in Role))
