"""People of disciplines that the cast does not have, each at an organisation of its own; asking them."""

import uuid
from datetime import timedelta

from mdt.answering.commands import give_contribution
from mdt.asking.commands import ask_for_contribution
from mdt.cases.records import Case
from mdt.contributions.records import Contribution
from mdt.contributions.rules import Given
from mdt.panels.rules import Answer
from network.access.rules import Actor, Role
from network.accounts.queries import workplace_of
from network.organisations.records import Organisation
from network.plumbing.database import db, now, today
from network.vocabulary import Discipline, JobRole, OrganisationKind
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


def facts() -> Given:
    return Given(
        answers={"medicines": Answer(11, today())}, words="Two raise the risk of falls.", has_met=True
    )


def ask(
    cast: Cast,
    case: Case,
    organisation: Organisation,
    discipline: Discipline = Discipline.PHARMACY,
    account_id: uuid.UUID | None = None,
) -> Contribution:
    """Let the coordinator ask."""
    contribution_id = ask_for_contribution(
        cast[Role.CARE_COORDINATOR], case.id, discipline, organisation.id, account_id
    )
    return db.session.get_one(Contribution, contribution_id)


def give(actor: Actor, row: Contribution, given: Given | None = None, **changes: object) -> Contribution:
    contribution_id = give_contribution(
        actor, row.id, given or facts(), **{"seen": row.row_version, **changes}
    )
    return db.session.get_one(Contribution, contribution_id)


def tomorrow(time_machine) -> None:
    time_machine.move_to(now() + timedelta(days=1))
