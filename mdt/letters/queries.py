"""Texts that follow a meeting and who still has to be told, as far as the viewer may know of the person."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from mdt.actions.queries import is_shut_out
from mdt.cases.queries import cases_known, get_case_for
from mdt.cases.records import Case
from mdt.decisions.queries import get_decision
from mdt.decisions.records import Decision
from mdt.letters.records import Letter, LetterHead, Telling
from mdt.letters.rules import TELL_WITHIN, Audience, Barriers, tell_by, told_in_time, why_stopped
from mdt.lists.records import AgendaItem
from mdt.patients.records import Patient
from mdt.series.queries import bank_holidays_among
from mdt.sharing.queries import Access, objections_of
from mdt.sharing.rules import SPEAKS_FOR, ObjectionScope
from mdt.texts.queries import left_out_of_letter, outdated_in
from network.access.rules import Actor, Permission
from network.organisations.records import Organisation
from network.plumbing.database import ENGLAND, db, today
from network.plumbing.refusals import NotFound

# Far enough back to see a habit, near enough to change it.
LOOK_BACK = timedelta(days=90)
ORDER = {audience: place for place, audience in enumerate(Audience)}


@dataclass(frozen=True)
class LetterSeen:
    """A text, why the viewer may know of its person, whether they may handle it, and what stops it."""

    letter: Letter
    access: Access
    may_handle: bool
    stopped: str

    @property
    def case(self) -> Case:
        return self.letter.case


@dataclass(frozen=True)
class TellingSeen:
    """Somebody who needs to be told, whether the viewer may tell them, and what stops their letter."""

    telling: Telling
    access: Access
    may_handle: bool
    stopped: str

    @property
    def case(self) -> Case:
        return self.telling.case

    @property
    def is_late(self) -> bool:
        return self.telling.told_on is None and self.telling.due_on < today()

    @property
    def letter(self) -> Letter | None:
        return self.telling.letter


def get_letter_for(viewer: Actor, letter_id: uuid.UUID) -> LetterSeen:
    """Return a text that the viewer may read."""
    letter = db.session.get(Letter, letter_id)
    if letter is None:
        raise NotFound
    access = get_case_for(viewer, letter.case_id).access
    if not _may_read(viewer, access, letter.audience, letter.organisation_id):
        raise NotFound
    stopped = stops_of([(letter.case.patient, letter.audience, letter.organisation_id)])[0]
    return LetterSeen(letter, access, _may_handle(viewer, access, letter.organisation_id), stopped)


def get_telling_for(viewer: Actor, telling_id: uuid.UUID) -> TellingSeen:
    """Return somebody who needs to be told, or was."""
    telling = db.session.get(Telling, telling_id)
    if telling is None:
        raise NotFound
    access = get_case_for(viewer, telling.case_id).access
    found = _seen(viewer, [telling], {telling.case_id: access})
    if not found:
        raise NotFound
    return found[0]


def letters_of(viewer: Actor, case_id: uuid.UUID) -> list[LetterSeen]:
    """Return the texts of a case that the viewer may read, the latest first."""
    access = get_case_for(viewer, case_id).access
    rows = db.session.scalars(_letters().where(Letter.case_id == case_id).order_by(Letter.made_at.desc()))
    return _letters_seen(viewer, rows.all(), {case_id: access})


def tellings_of(case_id: uuid.UUID) -> Sequence[Telling]:
    """Return who needs to be told of a case, or was, the first due first; whoever calls asked for access."""
    rows = db.session.scalars(_tellings().where(Telling.case_id == case_id)).all()
    return sorted(rows, key=lambda row: (row.due_on, ORDER[row.audience], row.whom))


def tellings_seen(viewer: Actor, case_id: uuid.UUID) -> list[TellingSeen]:
    """Return who needs to be told of a case, or was, as far as the viewer may know."""
    access = get_case_for(viewer, case_id).access
    return _seen(viewer, tellings_of(case_id), {case_id: access})


def not_yet_told(viewer: Actor) -> list[TellingSeen]:
    """Return whom the viewer has to tell, the first due first; whoever must not be told is left out."""
    rows = db.session.scalars(
        _tellings()
        .join(Telling.case)
        .where(Telling.told_on.is_(None))
        .order_by(Telling.due_on, Case.number, Telling.id)
    ).all()
    known = _known(viewer, rows)
    return [each for each in _seen(viewer, rows, known) if each.may_handle and _is_to_be_told(each)]


def told_lately(viewer: Actor, limit: int = 20) -> list[TellingSeen]:
    """Return who was told last, of those whom the viewer could have told."""
    rows = db.session.scalars(
        _tellings()
        .where(Telling.told_on >= today() - LOOK_BACK)
        .order_by(Telling.told_on.desc(), Telling.id)
        .limit(limit)
    ).all()
    known = _known(viewer, rows)
    return [each for each in _seen(viewer, rows, known) if each.may_handle]


def people_told_in_time() -> tuple[int, int]:
    """Count the people who were told in time, and of how many, among those who were due lately."""
    rows = db.session.execute(
        select(Telling.due_on, Telling.told_on)
        .join(Telling.case)
        .join(Case.patient)
        .where(
            Telling.audience == Audience.PERSON,
            Telling.due_on >= today() - LOOK_BACK,
            (Patient.died_on.is_(None)) | (Telling.told_on.is_not(None)),
        )
    )
    return told_in_time(rows.all(), today())


def organisation_letters(
    viewer: Actor, meeting_id: uuid.UUID, organisation_id: uuid.UUID
) -> list[LetterSeen]:
    """Return what one organisation has to do after a meeting: for its own people, and who coordinates."""
    rows = db.session.scalars(
        _letters()
        .join(Decision, Decision.id == Letter.decision_id)
        .join(AgendaItem, AgendaItem.id == Decision.item_id)
        .where(
            AgendaItem.meeting_id == meeting_id,
            Letter.audience == Audience.ORGANISATION,
            Letter.organisation_id == organisation_id,
        )
        .order_by(AgendaItem.position)
    ).all()
    known = _known(viewer, rows)
    return [each for each in _letters_seen(viewer, rows, known) if each.may_handle]


def letters_of_decisions(
    viewer: Actor, decision_ids: Iterable[uuid.UUID]
) -> dict[uuid.UUID, list[LetterSeen]]:
    """Return the texts that were written of some decisions, as far as the viewer may read them."""
    rows = db.session.scalars(
        _letters().where(Letter.decision_id.in_(list(decision_ids))).order_by(Letter.audience, Letter.id)
    ).all()
    found: dict[uuid.UUID, list[LetterSeen]] = {}
    for each in _letters_seen(viewer, rows, _known(viewer, rows)):
        if each.letter.decision_id is not None:
            found.setdefault(each.letter.decision_id, []).append(each)
    return found


def left_out_of(letter: Letter) -> int:
    """Count what a letter to the person does not say, since it speaks of safeguarding."""
    if letter.audience is not Audience.PERSON or letter.decision_id is None:
        return 0
    return left_out_of_letter(get_decision(letter.decision_id))


def outdated_of(letter: Letter) -> tuple[list[str], list[str]]:
    """List what a letter to the person promises for days that have passed, and whom it gives by name only."""
    if letter.audience is not Audience.PERSON or letter.decision_id is None:
        return [], []
    day = letter.given_at.astimezone(ENGLAND).date() if letter.given_at else today()
    return outdated_in(get_decision(letter.decision_id), letter.words, day)


def letter_head() -> LetterHead:
    """Return who writes to people in the current network, empty where nobody has said so yet."""
    empty = LetterHead(team="", address="", phone="", hours="")
    return db.session.scalars(select(LetterHead)).one_or_none() or empty


def due_to_tell(day: date) -> date:
    """Return by when people are told of what was decided on a day."""
    # Five working days never span more than three weeks, whatever the holidays.
    span = [day + timedelta(days=number) for number in range(TELL_WITHIN * 5)]
    return tell_by(day, bank_holidays_among(span).keys())


def stops_of(texts: Sequence[tuple[Patient, Audience, uuid.UUID | None]]) -> list[str]:
    """Say of each text what stops it, or nothing."""
    objections = objections_of({patient.id for patient, _, _ in texts})
    wanted = {organisation_id for _, _, organisation_id in texts if organisation_id}
    kinds = dict(
        db.session.execute(
            select(Organisation.id, Organisation.kind).where(Organisation.id.in_(wanted))
        ).all()
    )
    found = []
    for patient, audience, organisation_id in texts:
        standing = objections.get(patient.id, ())
        kind = kinds.get(organisation_id) if organisation_id else None
        discipline = SPEAKS_FOR.get(kind) if kind else None
        barriers = Barriers(
            has_died=patient.died_on is not None,
            objects_to_all=any(each.scope is ObjectionScope.ALL for each in standing),
            objects_to_reader=organisation_id is not None
            and is_shut_out(organisation_id, discipline, standing),
        )
        found.append(why_stopped(audience, barriers))
    return found


def _is_to_be_told(each: TellingSeen) -> bool:
    # Whoever objects to all sharing gets no letter, but is still told what became of it.
    is_alive = each.case.patient.died_on is None
    return not each.stopped or (each.telling.audience is Audience.PERSON and is_alive)


def _letters_seen(viewer: Actor, rows: Sequence[Letter], known: dict[uuid.UUID, Access]) -> list[LetterSeen]:
    rows = [row for row in rows if row.case_id in known]
    stops = stops_of([(row.case.patient, row.audience, row.organisation_id) for row in rows])
    return [
        LetterSeen(row, access, _may_handle(viewer, access, row.organisation_id), stopped)
        for row, stopped in zip(rows, stops, strict=True)
        if _may_read(viewer, access := known[row.case_id], row.audience, row.organisation_id)
    ]


def _seen(viewer: Actor, rows: Sequence[Telling], known: dict[uuid.UUID, Access]) -> list[TellingSeen]:
    rows = [row for row in rows if row.case_id in known]
    stops = stops_of([(row.case.patient, row.audience, row.organisation_id) for row in rows])
    return [
        TellingSeen(row, access, _may_handle(viewer, access, row.organisation_id), stopped)
        for row, stopped in zip(rows, stops, strict=True)
        if _may_read(viewer, access := known[row.case_id], row.audience, row.organisation_id)
    ]


def _known(viewer: Actor, rows: Sequence[Letter] | Sequence[Telling]) -> dict[uuid.UUID, Access]:
    return {key: seen.access for key, seen in cases_known(viewer, {row.case for row in rows}).items()}


def _may_read(viewer: Actor, access: Access, audience: Audience, organisation_id: uuid.UUID | None) -> bool:
    """Say whether somebody may read a text: what one organisation has to do is for that one alone."""
    if viewer.may(Permission.BUILD_LISTS) or organisation_id in access.standing.organisation_ids:
        return True
    return audience is not Audience.ORGANISATION and access.standing.is_clinical


def _may_handle(viewer: Actor, access: Access, organisation_id: uuid.UUID | None) -> bool:
    """Say whether somebody may give a text or tell people: who coordinates, and whom it is for."""
    return viewer.may(Permission.BUILD_LISTS) or organisation_id in access.standing.organisation_ids


def _letters() -> Select[Letter]:
    return select(Letter).options(joinedload(Letter.case).joinedload(Case.patient))


def _tellings() -> Select[Telling]:
    return select(Telling).options(
        joinedload(Telling.case).joinedload(Case.patient), joinedload(Telling.letter)
    )
