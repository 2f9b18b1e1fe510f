"""What the search knows of half-days with other disciplines: those chosen, and those that hosts offer."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from rota.exposure_sessions.queries import all_exposure_offers, booked_between
from rota.exposure_sessions.records import ExposureOffer
from rota.exposure_sessions.rules import Booked
from rota.solver.rotation_plan import Learner, Offer, Problem

# Nobody trains longer: what a learner was given before the plan counts.
LONG_AGO, FAR_OFF = date(2000, 1, 1), date(2200, 1, 1)


def with_exposure(problem: Problem, starts_on: date) -> Problem:
    """Tell a problem which half-days learners have chosen, and what a stay with each host can give."""
    chosen: dict[str, list[Booked]] = {}
    for each in booked_between(LONG_AGO, FAR_OFF):
        chosen.setdefault(str(each.learner_id), []).append(each)
    offered: dict[str, list[ExposureOffer]] = {}
    for row in all_exposure_offers(starts_on):
        offered.setdefault(row.host.site.code, []).append(row)
    return replace(
        problem,
        learners=tuple(_learner(each, chosen.get(each.key, ())) for each in problem.learners),
        offers=tuple(_offer(each, offered) for each in problem.offers),
    )


def _learner(learner: Learner, chosen: Iterable[Booked]) -> Learner:
    half_days = list(chosen)
    seen = learner.seen | {each.discipline.value for each in half_days}
    return replace(learner, exposed=len(half_days), seen=seen) if half_days else learner


def _offer(offer: Offer, offered: Mapping[str, list[ExposureOffer]]) -> Offer:
    rows = offered.get(offer.site, ())
    others = [row for row in rows if row.discipline.value != offer.discipline]
    if not others:
        return offer
    return replace(offer, exposure=len(others), shows=offer.shows | {row.discipline.value for row in others})
