"""Weeks lent and borrowed between employers, in what learners were told or in a version of a plan."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for
from network.plumbing.database import today
from rota.learners.rules import told_apart
from rota.reciprocity.rules import Balance, Exchanged, balances_of, pairs_of
from rota.rotations.queries import (
    PlanView,
    get_version_for,
    placements_of,
    plans_for,
    published_placements,
)
from rota.rotations.records import Placement, RotationVersion
from rota.rotations.rules import PlacementState

SEE = Permission.SEE_ROTATIONS
# A training year back and one ahead.
LOOKS = timedelta(weeks=52)


@dataclass(frozen=True)
class Exchange:
    """The balances of one version of a plan, and the plans there are to choose from."""

    version: RotationVersion | None
    versions: tuple[tuple[uuid.UUID, str], ...]
    balances: tuple[Balance, ...]
    pairs: tuple[tuple[str, str, int], ...]


def exchange_for(viewer: Actor, version_id: uuid.UUID | None = None) -> Exchange:
    """Return what employers lend each other in a version, by default the one that is current.

    Those who see the placements of some organisations alone get what these exchange, as learners were told.
    """
    names = told_apart({each.id: each.short_name for each in organisations_for(viewer)})
    reach = viewer.organisations_for(SEE)
    if reach is not None:
        placed = [each for each in _told() if reach & _between(each)]
        return _exchange(None, (), placed, names)
    plans = plans_for(viewer)
    version = get_version_for(viewer, version_id) if version_id else _current(plans)
    versions = tuple((each.id, _said(view, each)) for view in plans for each in view.versions)
    return _exchange(version, versions, placements_of(version.id) if version else (), names)


def _exchange(
    version: RotationVersion | None,
    versions: tuple[tuple[uuid.UUID, str], ...],
    placements: Iterable[Placement],
    names: dict[uuid.UUID, str],
) -> Exchange:
    placed = list(_exchanged(placements, names))
    return Exchange(version, versions, tuple(balances_of(placed)), tuple(pairs_of(placed)))


def _told() -> Iterable[Placement]:
    return published_placements(today() - LOOKS, today() + LOOKS)


def _between(placement: Placement) -> frozenset[uuid.UUID]:
    """Give who employs the learner and who hosts them."""
    employer = placement.learner.member.engagement.employer_id
    return frozenset({employer, placement.offer.host.site.organisation_id})


def _current(plans: Iterable[PlanView]) -> RotationVersion | None:
    return next((found for found in (view.published or view.current for view in plans) if found), None)


def _exchanged(placements: Iterable[Placement], names: dict[uuid.UUID, str]) -> Iterable[Exchanged]:
    for each in placements:
        if each.state is PlacementState.HOST_DECLINED:
            continue
        lender = each.learner.member.engagement.employer
        borrower_id = each.offer.host.site.organisation_id
        yield Exchanged(
            names.get(lender.id, lender.short_name),
            names.get(borrower_id, each.offer.host.site.organisation.short_name),
            each.stretch.weeks,
            each.learner.percent,
        )


def _said(view: PlanView, version: RotationVersion) -> str:
    label = f", {version.label}" if version.label else ""
    return f"{view.plan.name}, version {version.number}{label} ({version.state.label.lower()})"
