"""The answers to the questions of evidence, for whoever may see them."""

from collections.abc import Callable, Mapping

from mdt.evidence.rules import BY_NAME, QUESTIONS, Answer
from mdt.implementation.queries import implementation_for
from mdt.meeting_counts.queries import meetings_counted_for
from mdt.periods.rules import Period
from mdt.plan_counts.queries import goals_for, outcomes_for, plans_in_date_for
from mdt.referral_counts.queries import referrals_for
from mdt.reports.rules import Report
from mdt.support_counts.queries import support_for
from mdt.timeliness.queries import leaving_for, told_for, waits_for
from mdt.withholding.rules import report_shown
from network.access.rules import Actor
from network.plumbing.refusals import NotFound

REPORTS: Mapping[str, Callable[[Actor, Period], Report]] = {
    "implementation": implementation_for,
    "told": told_for,
    "referrals": referrals_for,
    "plans": plans_in_date_for,
    "goals": goals_for,
    "outcomes": outcomes_for,
    "support": support_for,
    "waits": waits_for,
    "leaving": leaving_for,
    "meetings": meetings_counted_for,
}


def answer_for(viewer: Actor, name: str, period: Period) -> Answer:
    """Answer one question for a period."""
    if name not in BY_NAME:
        raise NotFound
    return Answer(BY_NAME[name], *report_shown(REPORTS[name](viewer, period), period))


def answers_for(viewer: Actor, period: Period) -> list[Answer]:
    """Answer every question for a period, in the order of the index."""
    return [answer_for(viewer, question.name, period) for question in QUESTIONS]
