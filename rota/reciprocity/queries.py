"""Weeks lent and borrowed between employers, in what learners were told or in a version of a plan."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for
from network.plumbing.refusals import NotFound
from rota.reciprocity.rules import Balance, Exchanged, balances_of, pairs_of
from rota.rotations.queries import PlanView, get_version_for, placements_of, plans_for
from rota.rotations.records import Placement, RotationVersion

SEE = Permission.SEE_ROTATIONS


@dataclass(frozen=True)
class Exchange:
    """The balances of one version of a plan, and the plans there are to choose from."""

    version: RotationVersion | None
    versions: tuple[tuple[uuid.UUID, str], ...]
    balances: tuple[Balance, ...]
    pairs: tuple[tuple[str, str, int], ...]


def exchange_for(viewer: Actor, version_id: uuid.UUID | None = None) -> Exchange:
    """Return what employers lend each other in a version, by default the one that is current."""
    # Between whom weeks are owed is for those who see all of the network's plans.
    if not viewer.may(SEE):
        raise NotFound
    plans = plans_for(viewer)
    version = get_version_for(viewer, version_id) if version_id else _current(plans)
    names = {each.id: each.short_name for each in organisations_for(viewer)}
    placed = list(_exchanged(placements_of(version.id), names)) if version else []
    return Exchange(
        version=version,
        versions=tuple((each.id, _said(view, each)) for view in plans for each in view.versions),
        balances=tuple(balances_of(placed)),
        pairs=tuple(pairs_of(placed)),
    )


def _current(plans: Iterable[PlanView]) -> RotationVersion | None:
    return next((found for found in (view.published or view.current for view in plans) if found), None)


def _exchanged(placements: Iterable[Placement], names: dict[uuid.UUID, str]) -> Iterable[Exchanged]:
    for each in placements:
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
