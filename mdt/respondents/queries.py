"""Who can answer for a discipline: organisations of its kind, those who employ it, and the accounts there."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from mdt.patients.records import Patient
from mdt.sharing.rules import SPEAKS_FOR
from network.access.rules import TABLE, Actor, Permission, Role
from network.accounts.records import Account, RoleGrant
from network.organisations.queries import network_of, organisations_for
from network.organisations.records import Organisation
from network.people.records import Engagement
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
    posts = _posts({grant.account.person_id for grant in grants if grant.account.person_id})
    found = {
        (grant.account_id, grant.organisation_id): Respondent(
            grant.account_id,
            grant.account.name,
            grant.account.email,
            grant.organisation_id,
            grant.organisation.short_name,
            _disciplines(posts.get((grant.account.person_id, grant.organisation_id), set()), grant),
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


def _posts(person_ids: set[uuid.UUID]) -> dict[tuple[uuid.UUID | None, uuid.UUID], set[Discipline]]:
    day = today()
    rows = db.session.execute(
        select(Engagement.person_id, Engagement.employer_id, Engagement.role).where(
            Engagement.person_id.in_(person_ids),
            Engagement.starts_on <= day,
            or_(Engagement.ends_on.is_(None), Engagement.ends_on >= day),
        )
    )
    found: dict[tuple[uuid.UUID | None, uuid.UUID], set[Discipline]] = {}
    for person_id, employer_id, role in rows:
        found.setdefault((person_id, employer_id), set()).add(role.discipline)
    return found


def _disciplines(posts: set[Discipline], grant: RoleGrant) -> frozenset[Discipline]:
    """Read the disciplines of somebody as access does: by their posts, else by the kind of organisation."""
    spoken = SPEAKS_FOR.get(grant.organisation.kind)
    if posts - {Discipline.ADMINISTRATION} or spoken is None:
        return frozenset(posts)
    return frozenset(posts | {spoken})
