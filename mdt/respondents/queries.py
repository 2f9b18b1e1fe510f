"""Who can answer for a discipline: organisations of its kind, those who employ it, and the accounts there."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from mdt.patients.records import Patient
from mdt.sharing.queries import posts_of
from mdt.sharing.rules import SPEAKS_FOR, disciplines_at
from network.access.rules import TABLE, Actor, Permission, Role
from network.accounts.records import Account, RoleGrant
from network.organisations.queries import network_of, organisations_for
from network.organisations.records import Organisation
from network.plumbing.database import db, today
from network.vocabulary import Discipline

CONTRIBUTORS = frozenset(role for role in Role if Permission.CONTRIBUTE in TABLE[role])


@dataclass(frozen=True)
class Respondent:
    """Somebody with a sign-in who may answer, and for which disciplines at which organisation."""

    account_id: uuid.UUID
    name: str
    email: str
    organisation_id: uuid.UUID
    organisation: str
    disciplines: frozenset[Discipline]


def respondents_for(viewer: Actor) -> list[Respondent]:
    """Return all in the network who may answer, by name."""
    day = today()
    grants = db.session.scalars(
        select(RoleGrant)
        .join(RoleGrant.account)
        .where(
            RoleGrant.network_id == network_of(viewer),
            RoleGrant.role.in_(CONTRIBUTORS),
            Account.active,
            or_(RoleGrant.starts_on.is_(None), RoleGrant.starts_on <= day),
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= day),
        )
        .options(joinedload(RoleGrant.account).joinedload(Account.person), joinedload(RoleGrant.organisation))
    ).all()
    posts = posts_of({grant.account.person_id for grant in grants})
    found = {
        (grant.account_id, grant.organisation_id): Respondent(
            grant.account_id,
            grant.account.name,
            grant.account.email,
            grant.organisation_id,
            grant.organisation.short_name,
            disciplines_at(
                posts.get((grant.account.person_id, grant.organisation_id), frozenset()),
                grant.organisation.kind,
            ),
        )
        for grant in grants
    }
    return sorted(found.values(), key=lambda each: (each.name, each.organisation))


def organisations_of(
    viewer: Actor, discipline: Discipline, patient: Patient, respondents: Iterable[Respondent]
) -> list[Organisation]:
    """Return who may be asked for a discipline: for general practice, the person's own practice alone."""
    known = [one for one in organisations_for(viewer) if one.closed_on is None]
    if discipline is Discipline.GENERAL_PRACTICE:
        return [one for one in known if one.id == patient.practice_id]
    staffed = {each.organisation_id for each in respondents if discipline in each.disciplines}
    return [one for one in known if one.id in staffed or SPEAKS_FOR.get(one.kind) is discipline]


def emails_of(
    respondents: Iterable[Respondent],
    discipline: Discipline,
    organisation_id: uuid.UUID,
    account_id: uuid.UUID | None = None,
) -> list[str]:
    """Return whom a letter about a request goes to: the one who is asked, or all who may answer."""
    return sorted(
        {
            each.email
            for each in respondents
            if (
                each.account_id == account_id
                if account_id
                else each.organisation_id == organisation_id and discipline in each.disciplines
            )
        }
    )
