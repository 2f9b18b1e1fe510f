"""What employers lent each other before a plan: the search goes on from there."""

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased

from network.organisations.records import Organisation, Site
from network.people.records import Engagement
from network.plumbing.database import db
from rota.hosts.records import PlacementHost, PlacementOffer
from rota.learners.records import Learner
from rota.rotations.records import Placement, RotationVersion
from rota.rotations.rules import PlacementState, PlanVersionState, Stretch
from rota.staff.records import RotaMember


def lent_before(day: date, employers: Collection[str]) -> dict[str, int]:
    """Return the weeks that each employer lent the others more than it borrowed, as learners were told."""
    lender, borrower = aliased(Organisation), aliased(Organisation)
    rows = db.session.execute(
        select(lender.short_name, borrower.short_name, Placement.starts_on, Placement.ends_on)
        .join(Placement.version)
        .join(Placement.learner)
        .join(Learner.member)
        .join(RotaMember.engagement)
        .join(lender, lender.id == Engagement.employer_id)
        .join(Placement.offer)
        .join(PlacementOffer.host)
        .join(PlacementHost.site)
        .join(borrower, borrower.id == Site.organisation_id)
        .where(
            RotationVersion.state == PlanVersionState.CHOSEN,
            Placement.state != PlacementState.HOST_DECLINED,
            Placement.starts_on < day,
            lender.id != borrower.id,
        )
    )
    left: Counter[str] = Counter()
    for owner, user, starts_on, ends_on in rows:
        weeks = Stretch(starts_on, min(ends_on, day - timedelta(1))).weeks
        if owner in employers and user in employers:
            left[owner] += weeks
            left[user] -= weeks
    return {employer: left[employer] for employer in sorted(employers)}
