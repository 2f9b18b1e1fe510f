"""What was asked of whom, what they answered, and what of it the viewer may read."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from mdt.cases.queries import CaseSeen, get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import OPEN
from mdt.contributions.records import Contribution
from mdt.contributions.rules import ContributionState, as_answers, is_late, may_read
from mdt.contributions.wording import HIDDEN, SHUT_OUT, readers_said, standing_said
from mdt.panels.queries import fields_ever
from mdt.panels.rules import Field, is_old
from mdt.sharing.queries import Access, objections_of
from mdt.sharing.records import ObjectionRecord
from mdt.sharing.rules import ObjectionScope, Standing
from network.access.rules import Actor, Permission
from network.accounts.records import Account
from network.plumbing.database import ENGLAND, db, today
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline

C = ContributionState
# Where these follow on something that was given, it still holds.
KEEPS = frozenset({C.REQUESTED, C.NOTHING_TO_ADD})
ORDER = {discipline: place for place, discipline in enumerate(Discipline)}


@dataclass(frozen=True)
class Asked:
    """A request, the case and the person it is about, and whether the viewer may answer it."""

    contribution: Contribution
    seen: CaseSeen
    may_answer: bool
    is_theirs: bool

    @property
    def is_late(self) -> bool:
        return is_late(self.contribution.due_on, today())


@dataclass(frozen=True)
class Tile:
    """What one discipline says of a case, as far as the viewer may read it."""

    id: uuid.UUID
    discipline: Discipline
    organisation: str
    who: str
    guest: str
    state: ContributionState
    said: str
    lines: tuple[tuple[str, str], ...]
    old: frozenset[str]
    words: str
    offer: str
    need: str
    reason: str
    asked_on: date
    due_on: date | None
    given_on: date | None
    has_met: bool | None
    last_seen_on: date | None
    readers: str
    is_readable: bool
    is_shut_out: bool
    may_answer: bool

    @property
    def is_open(self) -> bool:
        return self.state is C.REQUESTED and not self.is_shut_out

    @property
    def is_late(self) -> bool:
        return is_late(self.due_on, today())


@dataclass(frozen=True)
class Awaited:
    """A request that nobody has answered yet."""

    contribution_id: uuid.UUID
    case_id: uuid.UUID
    discipline: Discipline
    organisation: str
    asked_on: date
    due_on: date | None

    @property
    def is_late(self) -> bool:
        return is_late(self.due_on, today())


def get_contribution_for(viewer: Actor, contribution_id: uuid.UUID) -> Asked:
    """Return a request about somebody whom the viewer may know of."""
    row = db.session.get(Contribution, contribution_id)
    if row is None:
        raise NotFound
    return as_asked(viewer, row, get_case_for(viewer, row.case_id))


def tiles_for(viewer: Actor, case_id: uuid.UUID) -> list[Tile]:
    """Return what each discipline says of a case, as far as the viewer may read it."""
    return tiles_of(viewer, [get_case_for(viewer, case_id)])[case_id]


def tiles_of(viewer: Actor, cases: Iterable[CaseSeen]) -> dict[uuid.UUID, list[Tile]]:
    """Return the tiles of several cases that the viewer may know of, at one go."""
    seen = {each.case.id: each for each in cases}
    objections = objections_of({each.case.patient_id for each in seen.values()})
    found: dict[uuid.UUID, list[Tile]] = {case_id: [] for case_id in seen}
    fields: dict[Discipline, dict[str, Field]] = {}
    rows = latest_of(seen)
    given = _given_of([row for row in rows if row.state in KEEPS])
    guests = _names_of({row.account_id for row in rows if row.account_id})
    for row in rows:
        case = seen[row.case_id]
        if row.discipline not in fields:
            fields[row.discipline] = fields_ever(row.discipline)
        asked = as_asked(viewer, row, case)
        shut_out = is_shut_out(row, objections.get(case.case.patient_id, ()))
        guest = guests.get(row.account_id, "") if row.account_id else ""
        found[row.case_id].append(
            _as_tile(asked, given.get(row.id, row), fields[row.discipline], shut_out, guest)
        )
    return found


def latest_of(case_ids: Collection[uuid.UUID]) -> list[Contribution]:
    """Return the latest row of each who was asked about some cases, in the order of the disciplines."""
    rows = db.session.scalars(
        joined()
        .where(Contribution.case_id.in_(case_ids), Contribution.state != C.WITHDRAWN)
        .order_by(Contribution.asked_at)
    )
    latest = {(row.case_id, asked_key(row)): row for row in rows}
    return sorted(latest.values(), key=lambda row: (ORDER[row.discipline], row.organisation.short_name))


def missing_for(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Awaited]]:
    """Return who has not answered yet about some cases; those the person objects to are not waited for."""
    patients = {
        case_id: patient_id
        for case_id, patient_id in db.session.execute(
            select(Case.id, Case.patient_id).where(Case.id.in_(case_ids))
        )
    }
    objections = objections_of(patients.values())
    found: dict[uuid.UUID, list[Awaited]] = {case_id: [] for case_id in case_ids}
    for row in latest_of(case_ids):
        if row.state is C.REQUESTED and not is_shut_out(row, objections.get(patients[row.case_id], ())):
            where = row.organisation.short_name
            waited = Awaited(row.id, row.case_id, row.discipline, where, _day(row), row.due_on)
            found[row.case_id].append(waited)
    return found


def is_shut_out(row: Contribution, objections: Iterable[ObjectionRecord]) -> bool:
    """Say whether the person objects to sharing with whoever was asked."""
    return any(
        each.scope is ObjectionScope.ALL
        or (each.scope is ObjectionScope.ORGANISATION and each.organisation_id == row.organisation_id)
        or (each.scope is ObjectionScope.DISCIPLINE and each.discipline is row.discipline)
        for each in objections
    )


def is_asked(row: Contribution, standing: Standing) -> bool:
    """Say whether somebody is the one who is asked, or of the organisation and discipline that is."""
    if row.account_id is not None:
        return row.account_id == standing.account_id
    return standing.speaks_for(row.organisation_id, row.discipline)


def as_asked(viewer: Actor, row: Contribution, seen: CaseSeen) -> Asked:
    """Say of a request whether the viewer may answer it."""
    is_theirs = is_asked(row, seen.access.standing) and viewer.may_somewhere(Permission.CONTRIBUTE)
    # A coordinator rings those who do not sign in, and writes down what they say.
    may_answer = is_theirs or viewer.may(Permission.BUILD_LISTS)
    return Asked(row, seen, may_answer and seen.case.state in OPEN, is_theirs)


def _as_tile(asked: Asked, row: Contribution, fields: dict[str, Field], shut_out: bool, guest: str) -> Tile:
    """Draw a request; `row` has what is shown: where somebody is asked again, what they gave before."""
    current, access = asked.contribution, asked.seen.access
    is_again = row is not current
    is_readable = row.state is not C.GIVEN or reads(row, access, asked.is_theirs)
    lines, old = _lines(row, fields, access, asked.is_theirs) if is_readable else ((), frozenset())
    said = standing_said(current.state, _day(current), current.due_on, today(), is_again)
    return Tile(
        id=current.id,
        discipline=current.discipline,
        organisation=current.organisation.short_name,
        who=row.given_by,
        guest=guest,
        state=current.state,
        said=SHUT_OUT if shut_out and current.state is C.REQUESTED else said if is_readable else HIDDEN,
        lines=lines,
        old=old,
        words=row.words if is_readable else "",
        offer=row.offer if is_readable else "",
        need=row.need if is_readable else "",
        reason=row.reason if reads(row, access, asked.is_theirs) else "",
        asked_on=_day(current),
        due_on=current.due_on,
        given_on=row.given_at.astimezone(ENGLAND).date() if row.given_at else None,
        has_met=row.has_met,
        last_seen_on=row.last_seen_on,
        readers=readers_said(row.visibility, row.named) if row.state is C.GIVEN else "",
        is_readable=is_readable,
        is_shut_out=shut_out,
        may_answer=asked.is_theirs and asked.may_answer,
    )


def reads(row: Contribution, access: Access, is_theirs: bool) -> bool:
    """Say whether somebody reads what was said: whoever wrote it always does."""
    return is_theirs or may_read(row.visibility, row.named, access.standing)


def _lines(
    row: Contribution, fields: dict[str, Field], access: Access, is_theirs: bool
) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    day, lines, old = today(), [], set()
    answers = as_answers(row.answers)
    for name in sorted(answers, key=lambda each: list(fields).index(each) if each in fields else len(fields)):
        known = fields.get(name)
        # An open contribution still keeps to the clinical side what the panel marks so.
        if known is not None and known.is_restricted and not (access.standing.is_clinical or is_theirs):
            continue
        title = known.title if known else name.replace("_", " ").capitalize()
        answer = answers[name]
        said = known.said(answer.value, day) if known else str(answer.value)
        lines.append((title, said))
        if is_old(answer.as_at, day):
            old.add(title)
    return tuple(lines), frozenset(old)


def _given_of(asked: Iterable[Contribution]) -> dict[uuid.UUID, Contribution]:
    """Return what those who are asked again about a case gave for it before."""
    again = {(row.case_id, asked_key(row)): row.id for row in asked}
    if not again:
        return {}
    rows = db.session.scalars(
        joined()
        .where(Contribution.case_id.in_({case_id for case_id, _ in again}), Contribution.state == C.GIVEN)
        .order_by(Contribution.given_at)
    )
    return {again[key]: row for row in rows if (key := (row.case_id, asked_key(row))) in again}


def _names_of(account_ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    if not account_ids:
        return {}
    rows = db.session.scalars(
        select(Account).where(Account.id.in_(account_ids)).options(joinedload(Account.person))
    )
    return {row.id: row.name for row in rows}


def asked_key(row: Contribution) -> tuple[Discipline, uuid.UUID, uuid.UUID | None]:
    """Tell apart who is asked."""
    return row.discipline, row.organisation_id, row.account_id


def _day(row: Contribution) -> date:
    return row.asked_at.astimezone(ENGLAND).date()


def joined() -> Select[Contribution]:
    """Select contributions with their case, person and organisation."""
    return (
        select(Contribution)
        .join(Contribution.case)
        .options(
            joinedload(Contribution.case).joinedload(Case.patient), joinedload(Contribution.organisation)
        )
    )
