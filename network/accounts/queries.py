"""Reading accounts: who is signed in, in which network, with which roles."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from network.access.rules import Actor, Grant, Permission, Role
from network.accounts.records import Account, NetworkSettings, RoleGrant
from network.accounts.rules import SignInRules
from network.organisations.queries import network_of, organisation_ids_in, organisations_for
from network.organisations.records import Organisation
from network.people.records import Engagement, Person
from network.plumbing.database import current_network, db, today
from network.plumbing.refusals import Invalid, NotFound


@dataclass(frozen=True)
class Workplace:
    """Who somebody is in the network they work in now, and the networks they could work in."""

    actor: Actor
    network: Organisation | None
    networks: tuple[Organisation, ...]
    rules: SignInRules
    roles: Mapping[uuid.UUID, Collection[Role]]

    @property
    def needs_second_factor(self) -> bool:
        return _asks_second_factor(self.roles)

    @property
    def counts_provider_factor(self) -> bool:
        """Do all networks in which somebody works today take a provider's second factor for theirs?"""
        return bool(self.roles) and all(sign_in_rules(each).provider_factor_counts for each in self.roles)


def workplace_of(account: Account, chosen: uuid.UUID | None = None) -> Workplace:
    """Load what an account may do today in the chosen network, or in its first one by name."""
    grants = grants_of_today(account.id)
    networks = tuple(sorted({grant.network for grant in grants}, key=lambda network: network.name))
    network = next((each for each in networks if each.id == chosen), networks[0] if networks else None)
    held = tuple(
        Grant(grant.role, grant.organisation_id, grant.starts_on, grant.ends_on)
        for grant in grants
        if network is not None and grant.network_id == network.id
    )
    actor = Actor(
        name=account.name,
        account_id=account.id,
        person_id=account.person_id,
        network_id=network.id if network else None,
        grants=held,
    )
    rules = sign_in_rules(network.id) if network else SignInRules()
    return Workplace(actor, network, networks, rules, _by_network(grants))


def grants_of_today(account_id: uuid.UUID) -> list[RoleGrant]:
    """Load the roles that an account holds today, in every network."""
    day = today()
    return list(
        db.session.scalars(
            select(RoleGrant)
            .where(
                RoleGrant.account_id == account_id,
                or_(RoleGrant.starts_on.is_(None), RoleGrant.starts_on <= day),
                or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= day),
            )
            .options(joinedload(RoleGrant.network))
            .order_by(RoleGrant.role, RoleGrant.id)
        )
    )


def sign_in_rules(network_id: uuid.UUID) -> SignInRules:
    """Load what a network asks of those who sign in."""
    chosen = db.session.get(NetworkSettings, network_id)
    if chosen is None:
        return SignInRules()
    return SignInRules(
        chosen.idle_minutes, chosen.second_factor_for_patient_roles, chosen.provider_factor_counts
    )


def needs_second_factor(account: Account) -> bool:
    """Does any network in which the account works today ask it for a second factor?"""
    return _asks_second_factor(_by_network(grants_of_today(account.id)))


def _asks_second_factor(roles: Mapping[uuid.UUID, Collection[Role]]) -> bool:
    return any(sign_in_rules(network_id).needs_second_factor(held) for network_id, held in roles.items())


def _by_network(grants: Iterable[RoleGrant]) -> dict[uuid.UUID, set[Role]]:
    found: dict[uuid.UUID, set[Role]] = {}
    for grant in grants:
        found.setdefault(grant.network_id, set()).add(grant.role)
    return found


def find_account(email: str) -> Account | None:
    """Find the account of an email address, however it is written."""
    return db.session.scalar(select(Account).where(func.lower(Account.email) == email.strip().lower()))


def accounts_for(viewer: Actor) -> list[Account]:
    """List the accounts that have, or had, a role in the viewer's network."""
    if not viewer.may(Permission.SEE_ACCOUNTS):
        return []
    known = select(RoleGrant.account_id).where(RoleGrant.network_id == viewer.network_id)
    return list(
        db.session.scalars(
            select(Account)
            .where(Account.id.in_(known))
            .options(
                joinedload(Account.person), selectinload(Account.grants).joinedload(RoleGrant.organisation)
            )
            .order_by(Account.email)
        )
    )


def get_account_for(viewer: Actor, account_id: uuid.UUID) -> Account:
    """Load an account: the viewer's own, or one known in the network whose accounts they see."""
    account = db.session.get(Account, account_id)
    if account is None or not _may_know(viewer, account):
        raise NotFound
    return account


def own_account(viewer: Actor) -> Account:
    """Load the account by which the viewer is signed in."""
    account = db.session.get(Account, viewer.account_id) if viewer.account_id else None
    if account is None:
        raise NotFound
    return account


def own_account_ids(viewer: Actor) -> frozenset[uuid.UUID]:
    """Return the accounts of whoever asks, by each of which they are the same person."""
    if viewer.account_id is None:
        return frozenset()
    if viewer.person_id is None:
        return frozenset({viewer.account_id})
    rows = db.session.scalars(select(Account.id).where(Account.person_id == viewer.person_id))
    return frozenset({viewer.account_id, *rows})


def get_grant_for(viewer: Actor, grant_id: uuid.UUID) -> RoleGrant:
    """Load a role that was given in the viewer's network."""
    grant = db.session.get(RoleGrant, grant_id)
    if grant is None or grant.network_id != current_network() or not viewer.may(Permission.SEE_ACCOUNTS):
        raise NotFound
    return grant


def get_organisation_for(viewer: Actor, organisation_id: uuid.UUID) -> Organisation:
    """Load one of the organisations at which roles of the viewer's network can be given."""
    for organisation in organisations_for(viewer):
        if organisation.id == organisation_id:
            return organisation
    raise Invalid("Choose an organisation of the network.")


def people_without_account(viewer: Actor) -> list[Person]:
    """List those with a post in the viewer's network who cannot sign in yet, by name."""
    if not viewer.may(Permission.EDIT_ACCOUNTS):
        return []
    day = today()
    employed = select(Engagement.person_id).where(
        Engagement.employer_id.in_(organisation_ids_in(network_of(viewer), day)),
        or_(Engagement.ends_on.is_(None), Engagement.ends_on >= day),
    )
    with_account = select(Account.person_id).where(Account.person_id.is_not(None))
    return list(
        db.session.scalars(
            select(Person)
            .where(Person.id.in_(employed), Person.id.not_in(with_account))
            .order_by(Person.family_name, Person.given_name)
        )
    )


def _may_know(viewer: Actor, account: Account) -> bool:
    if viewer.is_system or account.id == viewer.account_id:
        return True
    return viewer.may(Permission.SEE_ACCOUNTS) and any(
        grant.network_id == viewer.network_id for grant in account.grants
    )


@dataclass(frozen=True)
class Colleague:
    """Somebody who holds a role in the network today: an owner, a coordinator, a chair to choose."""

    account_id: uuid.UUID
    name: str
    organisation: str
    organisation_id: uuid.UUID
    roles: frozenset[Role]


def colleagues_of(viewer: Actor, roles: Collection[Role]) -> list[Colleague]:
    """List those who can sign in and hold one of some roles in the viewer's network today, by name."""
    day = today()
    rows = db.session.scalars(
        select(RoleGrant)
        .join(RoleGrant.account)
        .where(
            Account.active,
            RoleGrant.network_id == network_of(viewer),
            RoleGrant.role.in_(roles),
            or_(RoleGrant.starts_on.is_(None), RoleGrant.starts_on <= day),
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= day),
        )
        .options(joinedload(RoleGrant.account).joinedload(Account.person), joinedload(RoleGrant.organisation))
    )
    found: dict[uuid.UUID, Colleague] = {}
    for row in rows:
        known = found.get(row.account_id)
        found[row.account_id] = Colleague(
            row.account_id,
            row.account.name,
            row.organisation.short_name,
            row.organisation_id,
            (known.roles if known else frozenset()) | {row.role},
        )
    return sorted(found.values(), key=lambda each: each.name)
