"""What the sites of a network have for clinics, and as the solver takes it."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from network.access.rules import Actor, Permission
from network.organisations.queries import network_of, organisation_ids_in
from network.organisations.records import Equipment, Site
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline, EquipmentKind
from rota.premises.records import ContractPremises
from rota.premises.rules import LICENSED, Means, Premises
from rota.solver.staff_rota.clinics import Kit


def premises_for(viewer: Actor) -> Sequence[ContractPremises]:
    """Return where contracts let dental and sight-test work be done, by discipline and site."""
    _require_sight(viewer)
    return db.session.scalars(
        select(ContractPremises)
        .join(ContractPremises.site)
        .options(contains_eager(ContractPremises.site))
        .order_by(ContractPremises.discipline, Site.name)
    ).all()


def get_premises_for(viewer: Actor, premises_id: uuid.UUID) -> ContractPremises:
    """Return one of the network's contract premises."""
    _require_sight(viewer)
    row = db.session.get(ContractPremises, premises_id)
    if row is None:
        raise NotFound
    return row


def sites_with_premises(viewer: Actor) -> list[Premises]:
    """Return what each site of the network has for clinics, by name."""
    fixed: dict[uuid.UUID, Counter[EquipmentKind]] = defaultdict(Counter)
    for piece in _equipment(viewer):
        if piece.site_id:
            fixed[piece.site_id][piece.kind] += piece.number
    contracts: dict[uuid.UUID, set[Discipline]] = defaultdict(set)
    for row in premises_for(viewer):
        contracts[row.site_id].add(row.discipline)
    return [
        Premises(
            code=site.code,
            name=site.name,
            rooms=Counter(room.kind for room in site.rooms if room.bookable),
            equipment=fixed[site.id],
            contracts=frozenset(contracts[site.id]),
            is_step_free=site.accessible,
        )
        for site in _sites(viewer)
    ]


def mobile_equipment(viewer: Actor) -> Counter[EquipmentKind]:
    """Count the equipment of the network that can be taken anywhere."""
    found: Counter[EquipmentKind] = Counter()
    for piece in _equipment(viewer):
        if piece.site_id is None:
            found[piece.kind] += piece.number
    return found


def means_for_planning(viewer: Actor) -> Means:
    """Return what the network has for clinics, for the solver."""
    sites = sites_with_premises(viewer)
    fixed = (Kit(kind.label, number, site.code) for site in sites for kind, number in site.equipment.items())
    mobile = (Kit(kind.label, number) for kind, number in mobile_equipment(viewer).items())
    return Means(
        kit=(*fixed, *mobile),
        licences={
            discipline.label: frozenset(site.code for site in sites if discipline in site.contracts)
            for discipline in LICENSED
        },
        step_free=frozenset(site.code for site in sites if site.is_step_free),
    )


def _sites(viewer: Actor) -> Sequence[Site]:
    members = organisation_ids_in(network_of(viewer), today())
    return db.session.scalars(
        select(Site)
        .where(Site.organisation_id.in_(members))
        .options(selectinload(Site.rooms))
        .order_by(Site.name)
    ).all()


def _equipment(viewer: Actor) -> Sequence[Equipment]:
    members = organisation_ids_in(network_of(viewer), today())
    return db.session.scalars(
        select(Equipment).where(Equipment.organisation_id.in_(members)).order_by(Equipment.kind, Equipment.id)
    ).all()


def _require_sight(viewer: Actor) -> None:
    if not viewer.may(Permission.SEE_CLINICS):
        raise NotFound
