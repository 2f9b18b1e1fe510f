"""What was asked of whom, what they answered, and what of it the viewer may read."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from mdt.cases.queries import CaseSeen, get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import OPEN
from mdt.contributions.records import Contribution
from mdt.contributions.rules import ANSWERED, ContributionState, Given, as_answers, is_late, may_read
from mdt.contributions.wording import HIDDEN, SHUT_OUT, readers_said, standing_said
from mdt.panels.queries import fields_ever
from mdt.panels.rules import Field, is_old
from mdt.sharing.queries import Access, accesses, objections_of
from mdt.sharing.records import ObjectionRecord
from mdt.sharing.rules import ObjectionScope, Standing
from network.access.rules import Actor, Permission
from network.accounts.records import Account
from network.plumbing.database import ENGLAND, db, today
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline

C = ContributionState
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


def asked_of(viewer: Actor) -> list[Asked]:
    """Return what the viewer, or their organisation for their discipline, is asked: the most urgent first."""
    rows = _theirs(viewer, Contribution.state == C.REQUESTED, Case.state.in_(OPEN))
    return sorted(rows, key=_by_urgency)


def answered_by(viewer: Actor, most: int = 30) -> list[Asked]:
    """Return what the viewer or their colleagues answered in cases that are open, the latest first."""
    rows = _theirs(viewer, Contribution.state.in_(ANSWERED), Case.state.in_(OPEN))
    latest = {(each.contribution.case_id, _asked_whom(each.contribution)): each for each in rows}
    return sorted(latest.values(), key=lambda each: each.contribution.given_at or each.contribution.asked_at)[
        ::-1
    ][:most]


def get_contribution_for(viewer: Actor, contribution_id: uuid.UUID) -> Asked:
    """Return a request about somebody whom the viewer may know of."""
    row = db.session.get(Contribution, contribution_id)
    if row is None:
        raise NotFound
    return _as_asked(viewer, row, get_case_for(viewer, row.case_id))


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
    guests = _names_of({row.account_id for row in rows if row.account_id})
    for row in rows:
        case = seen[row.case_id]
        if row.discipline not in fields:
            fields[row.discipline] = fields_ever(row.discipline)
        asked = _as_asked(viewer, row, case)
        shut_out = is_shut_out(row, objections.get(case.case.patient_id, ()))
        guest = guests.get(row.account_id, "") if row.account_id else ""
        found[row.case_id].append(_as_tile(asked, fields[row.discipline], shut_out, guest))
    return found


def latest_of(case_ids: Collection[uuid.UUID]) -> list[Contribution]:
    """Return the latest row of each who was asked about some cases, in the order of the disciplines."""
    rows = db.session.scalars(
        _joined()
        .where(Contribution.case_id.in_(case_ids), Contribution.state != C.WITHDRAWN)
        .order_by(Contribution.asked_at)
    )
    latest = {(row.case_id, _asked_whom(row)): row for row in rows}
    return sorted(latest.values(), key=lambda row: (ORDER[row.discipline], row.organisation.short_name))


def who_has_met(case_id: uuid.UUID) -> list[str]:
    """Name those who have met the person, as their contributions to a case say; ask for access before."""
    return [f"{row.given_by}, {row.organisation.short_name}" for row in latest_of([case_id]) if row.has_met]


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
            found[row.case_id].append(
                Awaited(
                    row.id,
                    row.case_id,
                    row.discipline,
                    row.organisation.short_name,
                    _day(row),
                    row.due_on,
                )
            )
    return found


def answered_for(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Count the answers that are in, by case: a list warns where there are none."""
    counts = dict.fromkeys(case_ids, 0)
    for row in latest_of(case_ids):
        counts[row.case_id] += row.state in ANSWERED
    return counts


@dataclass(frozen=True)
class Earlier:
    """What was given before for the same discipline of the same organisation and person."""

    given: Given
    by: str
    on: date
    ref: str


def given_before(contribution: Contribution) -> Earlier | None:
    """Return what the same organisation last gave for the same discipline and person."""
    row = db.session.scalars(
        _joined()
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
    if row is None or row.given_at is None:
        return None
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
    return Earlier(given, row.given_by, row.given_at.astimezone(ENGLAND).date(), row.case.ref)


def organisations_that_gave(patient_id: uuid.UUID, discipline: Discipline) -> set[uuid.UUID]:
    """Return who knew a person when their discipline was asked before."""
    rows = db.session.scalars(
        select(Contribution.organisation_id)
        .join(Contribution.case)
        .where(
            Case.patient_id == patient_id,
            Contribution.discipline == discipline,
            Contribution.state.in_({C.GIVEN, C.NOTHING_TO_ADD, C.CANNOT_SHARE}),
        )
    )
    return set(rows)


def requests_to(organisation_id: uuid.UUID, discipline: Discipline) -> Sequence[Contribution]:
    """Return what waits for an answer of an organisation's discipline."""
    return db.session.scalars(
        _joined().where(
            Contribution.organisation_id == organisation_id,
            Contribution.discipline == discipline,
            Contribution.state == C.REQUESTED,
        )
    ).all()


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
    return row.organisation_id in standing.organisation_ids and row.discipline in standing.disciplines


def _theirs(viewer: Actor, *which: ColumnElement[bool]) -> list[Asked]:
    if not viewer.may_somewhere(Permission.CONTRIBUTE):
        return []
    organisation_ids = {grant.organisation_id for grant in viewer.grants}
    rows = db.session.scalars(
        _joined()
        .where(
            (Contribution.account_id == viewer.account_id)
            | (Contribution.account_id.is_(None) & Contribution.organisation_id.in_(organisation_ids)),
            *which,
        )
        .order_by(Contribution.asked_at)
    ).all()
    known = accesses(viewer, {row.case.patient_id for row in rows})
    return [
        _as_asked(viewer, row, CaseSeen(row.case, known[row.case.patient_id]))
        for row in rows
        if row.case.patient_id in known and is_asked(row, known[row.case.patient_id].standing)
    ]


def _as_asked(viewer: Actor, row: Contribution, seen: CaseSeen) -> Asked:
    is_theirs = is_asked(row, seen.access.standing) and viewer.may_somewhere(Permission.CONTRIBUTE)
    # A coordinator rings those who do not sign in, and writes down what they say.
    may_answer = is_theirs or viewer.may(Permission.BUILD_LISTS)
    return Asked(row, seen, may_answer and seen.case.state in OPEN, is_theirs)


def _as_tile(asked: Asked, fields: dict[str, Field], shut_out: bool, guest: str) -> Tile:
    row, access = asked.contribution, asked.seen.access
    is_readable = row.state is not C.GIVEN or reads(row, access, asked.is_theirs)
    lines, old = _lines(row, fields, access, asked.is_theirs) if is_readable else ((), frozenset())
    said = standing_said(row.state, _day(row), row.due_on, today())
    return Tile(
        id=row.id,
        discipline=row.discipline,
        organisation=row.organisation.short_name,
        who=row.given_by,
        guest=guest,
        state=row.state,
        said=HIDDEN if not is_readable else SHUT_OUT if shut_out and row.state is C.REQUESTED else said,
        lines=lines,
        old=old,
        words=row.words if is_readable else "",
        offer=row.offer if is_readable else "",
        need=row.need if is_readable else "",
        reason=row.reason if reads(row, access, asked.is_theirs) else "",
        asked_on=_day(row),
        due_on=row.due_on,
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


def _names_of(account_ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    if not account_ids:
        return {}
    rows = db.session.scalars(
        select(Account).where(Account.id.in_(account_ids)).options(joinedload(Account.person))
    )
    return {row.id: row.name for row in rows}


def _by_urgency(asked: Asked) -> tuple[date, int]:
    return asked.contribution.due_on or date.max, asked.seen.case.number


def _asked_whom(row: Contribution) -> tuple[Discipline, uuid.UUID, uuid.UUID | None]:
    return row.discipline, row.organisation_id, row.account_id


def _day(row: Contribution) -> date:
    return row.asked_at.astimezone(ENGLAND).date()


def _joined() -> Select[Contribution]:
    return (
        select(Contribution)
        .join(Contribution.case)
        .options(
            joinedload(Contribution.case).joinedload(Case.patient), joinedload(Contribution.organisation)
        )
    )
