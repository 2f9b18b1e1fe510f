"""What the viewer is asked, what they answered, and what was given before."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement

from mdt.cases.queries import cases_known
from mdt.cases.records import Case
from mdt.cases.rules import OPEN
from mdt.contributions.queries import Asked, as_asked, asked_key, is_asked, joined, reads
from mdt.contributions.records import Contribution
from mdt.contributions.rules import ANSWERED, ContributionState, Given, as_answers
from network.access.rules import Actor, Permission
from network.plumbing.database import ENGLAND, db
from network.vocabulary import Discipline

C = ContributionState


@dataclass(frozen=True)
class Earlier:
    """What was given before for the same discipline of the same organisation and person."""

    given: Given
    by: str
    on: date
    ref: str


def asked_of(viewer: Actor) -> list[Asked]:
    """Return what the viewer, or their organisation for their discipline, is asked: the most urgent first."""
    rows = _theirs(viewer, Contribution.state == C.REQUESTED, Case.state.in_(OPEN))
    return sorted(rows, key=_by_urgency)


def answered_by(viewer: Actor, most: int = 30) -> list[Asked]:
    """Return what the viewer or their colleagues answered in cases that are open, the latest first."""
    rows = _theirs(viewer, Contribution.state.in_(ANSWERED), Case.state.in_(OPEN))
    latest = {(each.contribution.case_id, asked_key(each.contribution)): each for each in rows}
    return sorted(latest.values(), key=lambda each: each.contribution.given_at or each.contribution.asked_at)[
        ::-1
    ][:most]


def given_before(viewer: Actor, asked: Asked) -> Earlier | None:
    """Return what the same organisation last gave for the same discipline and person, to who may read it.

    Their own words are theirs to use again; of which case they were is told to who knows of that case.
    """
    contribution = asked.contribution
    row = db.session.scalars(
        joined()
        .where(
            Case.patient_id == contribution.case.patient_id,
            Contribution.discipline == contribution.discipline,
            Contribution.organisation_id == contribution.organisation_id,
            Contribution.account_id.is_not_distinct_from(contribution.account_id),
            Contribution.state == C.GIVEN,
        )
        .order_by(Contribution.given_at.desc())
        .limit(1)
    ).one_or_none()
    if row is None or row.given_at is None or not reads(row, asked.seen.access, asked.is_theirs):
        return None
    ref = row.case.ref if cases_known(viewer, [row.case]) else ""
    given = Given(
        answers=as_answers(row.answers),
        words=row.words,
        offer=row.offer,
        need=row.need,
        has_met=row.has_met,
        last_seen_on=row.last_seen_on,
        visibility=row.visibility,
        named=tuple(Discipline(each) for each in row.named),
    )
    return Earlier(given, row.given_by, row.given_at.astimezone(ENGLAND).date(), ref)


def _theirs(viewer: Actor, *which: ColumnElement[bool]) -> list[Asked]:
    if not viewer.may_somewhere(Permission.CONTRIBUTE):
        return []
    organisation_ids = {grant.organisation_id for grant in viewer.grants}
    rows = db.session.scalars(
        joined()
        .where(
            (Contribution.account_id == viewer.account_id)
            | (Contribution.account_id.is_(None) & Contribution.organisation_id.in_(organisation_ids)),
            *which,
        )
        .order_by(Contribution.asked_at)
    ).all()
    known = cases_known(viewer, {row.case for row in rows})
    return [
        as_asked(viewer, row, known[row.case_id])
        for row in rows
        if row.case_id in known and is_asked(row, known[row.case_id].access.standing)
    ]


def _by_urgency(asked: Asked) -> tuple[date, int]:
    return asked.contribution.due_on or date.max, asked.seen.case.number
