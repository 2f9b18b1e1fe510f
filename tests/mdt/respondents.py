"""People of disciplines that the cast does not have: each at an organisation of its own."""

from network.access.rules import Actor, Role
from network.accounts.queries import workplace_of
from network.organisations.records import Organisation
from network.plumbing.database import db
from network.vocabulary import JobRole, OrganisationKind
from tests.cast import Cast, make_account
from tests.makers import make_engagement, make_organisation


def make_pharmacy(cast: Cast, name: str = "Corner Pharmacy") -> tuple[Organisation, Actor]:
    return make_member(cast, name, OrganisationKind.PHARMACY)


def make_member(
    cast: Cast,
    name: str,
    kind: OrganisationKind,
    job: JobRole | None = None,
    role: Role = Role.CLINICIAN,
) -> tuple[Organisation, Actor]:
    """Make an organisation with one person who may answer for it."""
    organisation = make_organisation(cast.network, name, kind)
    return organisation, make_colleague(cast, organisation, job, role)


def make_colleague(
    cast: Cast, organisation: Organisation, job: JobRole | None = None, role: Role = Role.CLINICIAN
) -> Actor:
    account = make_account(role, cast.network, organisation.id)
    if job is not None:
        make_engagement(organisation, account.person, role=job)
    db.session.commit()
    return workplace_of(account).actor
