"""Checking and giving what was written after a meeting, and keeping who was told."""

import uuid
from datetime import date

from sqlalchemy import select

from mdt.cases.commands import WrongState, lock_case, tell
from mdt.cases.queries import get_case_for
from mdt.cases.records import Case
from mdt.letters.queries import (
    LetterSeen,
    due_to_tell,
    get_letter_for,
    get_telling_for,
    stops_of,
    tellings_of,
)
from mdt.letters.records import Letter, Telling
from mdt.letters.rules import (
    LETTER_MOVES,
    WAYS_TO_GIVE,
    Audience,
    LetterState,
    Way,
    wrong_with_day,
    wrong_with_holding,
    wrong_with_sending,
    wrong_with_way,
    wrong_with_words,
)
from mdt.letters.wording import told_said
from mdt.sharing.commands import note_disclosure
from mdt.texts.rules import safeguarding_in
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_organisation_for
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, Refusal

LONGEST_WHOM = 160


class ChangedMeanwhile(Refusal):
    """Somebody else changed the text since it was looked at."""

    def __init__(self) -> None:
        super().__init__("Somebody else has just changed this letter. Read what it says now, then go on.")


@command
def note_letter_opened(actor: Actor, letter_id: uuid.UUID, *, is_printed: bool = False) -> None:
    """Keep that somebody read or printed a text; an organisation that reads its own has been told."""
    seen = get_letter_for(actor, letter_id)
    letter = seen.letter
    record(
        actor, "print_letter" if is_printed else "open_letter", "case", letter.case_id, letter=str(letter.id)
    )
    is_own = not seen.stopped and letter.organisation_id in seen.access.standing.organisation_ids
    if letter.audience is Audience.ORGANISATION and letter.state is LetterState.DRAFT and is_own:
        _give(actor, letter, Way.SHARED)


@command
def change_letter(actor: Actor, letter_id: uuid.UUID, words: str, *, seen: int | None = None) -> None:
    """Put other words in a text that was not given yet; `seen` is the row version that was looked at."""
    letter = letter_to_handle(actor, letter_id, seen).letter
    refuse_unless_draft(letter)
    if wrong := wrong_with_words(letter.audience, words, safeguarding_in(words)):
        raise Invalid(wrong)
    letter.words = words.replace("\r\n", "\n").strip()
    record(actor, "change_letter", "case", letter.case_id, letter=str(letter.id))


@command
def give_letter(
    actor: Actor, letter_id: uuid.UUID, how: Way, *, seen: int | None = None, is_safe: bool | None = None
) -> None:
    """Keep that a text was given; a letter to the person only where that is safe."""
    found = letter_to_handle(actor, letter_id, seen)
    letter = found.letter
    if found.stopped:
        raise Refusal(found.stopped)
    if how not in WAYS_TO_GIVE[letter.audience]:
        raise Invalid("Choose how it was given from the list.")
    if wrong := wrong_with_words(letter.audience, letter.words, safeguarding_in(letter.words)):
        raise Invalid(wrong)
    if letter.audience is Audience.PERSON:
        if wrong := wrong_with_sending(how, is_safe, letter.case.patient.address):
            raise Invalid(wrong)
        letter.is_safe = is_safe
    _give(actor, letter, how)


@command
def hold_letter(actor: Actor, letter_id: uuid.UUID, reason: str, *, seen: int | None = None) -> None:
    """Hold a letter back, since it is not safe to send: the person is told in another way."""
    letter = letter_to_handle(actor, letter_id, seen).letter
    if wrong := wrong_with_holding(letter.audience, reason.strip()):
        raise Invalid(wrong)
    _move(letter, LetterState.HELD)
    letter.is_safe, letter.held_reason = False, reason.strip()
    tell(actor, letter.case, f"{actor.name} held the letter to the person back: not safe to send.")
    record(actor, "hold_letter", "case", letter.case_id, letter=str(letter.id))


@command
def check_again(actor: Actor, letter_id: uuid.UUID) -> None:
    """Take back that a text was given or held: it waits to be checked again."""
    letter = letter_to_handle(actor, letter_id).letter
    was, how = letter.state, letter.given_how
    _move(letter, LetterState.DRAFT)
    letter.is_safe, letter.held_reason = None, ""
    for telling in tellings_of(letter.case_id):
        if telling.letter_id == letter.id and how is not None and telling.told_how is how:
            _untell(telling)
    letter.given_how, letter.given_by, letter.given_at = None, "", None
    said = "was not given after all" if was is LetterState.GIVEN else "is held back no more"
    tell(actor, letter.case, f"{actor.name}: the text for {_reader(letter)} {said}.")
    record(actor, "check_again", "case", letter.case_id, letter=str(letter.id))


@command
def note_told(actor: Actor, telling_id: uuid.UUID, how: Way, told_on: date | None = None) -> None:
    """Keep that somebody was told, how and when."""
    seen = get_telling_for(actor, telling_id)
    require(seen.may_handle)
    if seen.stopped and seen.telling.audience is not Audience.PERSON:
        raise Refusal(seen.stopped)
    day = told_on or today()
    if wrong := wrong_with_way(seen.telling.audience, how):
        raise Invalid(wrong)
    if wrong := wrong_with_day(seen.telling.audience, day, today(), seen.access.patient.died_on):
        raise Invalid(wrong)
    telling = _locked(seen.telling)
    if telling.told_on is not None:
        raise WrongState("Somebody else has told them already.")
    _told(actor, telling, how, day)
    record(actor, "note_told", "case", telling.case_id, telling=str(telling.id), how=how.value)


@command
def take_back_told(actor: Actor, telling_id: uuid.UUID) -> None:
    """Take back that somebody was told: a slip."""
    seen = get_telling_for(actor, telling_id)
    require(seen.may_handle)
    telling = _locked(seen.telling)
    _untell(telling)
    tell(actor, telling.case, f"{actor.name}: {_whom(telling)} was not told after all.")
    record(actor, "take_back_told", "case", telling.case_id, telling=str(telling.id))


@command
def add_telling(
    actor: Actor,
    case_id: uuid.UUID,
    whom: str,
    *,
    audience: Audience = Audience.OTHER,
    organisation_id: uuid.UUID | None = None,
    due_on: date | None = None,
) -> uuid.UUID:
    """Put down that somebody else needs to be told."""
    seen = get_case_for(actor, case_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE) and seen.access.standing.is_clinical)
    organisation = get_organisation_for(actor, organisation_id) if organisation_id else None
    whom = organisation.name if organisation else whom.strip()
    if not whom:
        raise Invalid("Enter who needs to be told, or choose an organisation.")
    if len(whom) > LONGEST_WHOM:
        raise Invalid(f"Shorten who needs to be told to {LONGEST_WHOM} characters.")
    if organisation:
        audience = Audience.ORGANISATION
        if stopped := stops_of([(seen.case.patient, audience, organisation.id)])[0]:
            raise Refusal(stopped)
    if due_on is not None and due_on < today():
        raise Invalid("Enter a day that is not past.")
    telling = need_to_tell(
        seen.case, audience, whom, due_on or due_to_tell(today()), organisation_id=organisation_id
    )
    record(actor, "add_telling", "case", case_id, telling=str(telling.id))
    return telling.id


@command
def drop_telling(actor: Actor, telling_id: uuid.UUID) -> None:
    """Take back that somebody needs to be told, where that was put down by hand."""
    seen = get_telling_for(actor, telling_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE) and seen.access.standing.is_clinical)
    telling = _locked(seen.telling)
    by_hand = telling.decision_id is None and telling.audience is not Audience.PERSON
    if not by_hand or telling.told_on is not None:
        raise WrongState("This one stays: the minutes ask for it, or they were told.")
    record(actor, "drop_telling", "case", telling.case_id, telling=str(telling.id))
    db.session.delete(telling)


def need_to_tell(
    case: Case,
    audience: Audience,
    whom: str,
    due_on: date,
    *,
    decision_id: uuid.UUID | None = None,
    organisation_id: uuid.UUID | None = None,
    letter_id: uuid.UUID | None = None,
    what: str = "",
) -> Telling:
    """Put down who needs to be told by when; part of a command."""
    telling = Telling(
        case_id=case.id,
        decision_id=decision_id,
        letter_id=letter_id,
        audience=audience,
        organisation_id=organisation_id,
        whom=whom,
        what=what,
        due_on=due_on,
    )
    db.session.add(telling)
    db.session.flush()
    return telling


def _give(actor: Actor, letter: Letter, how: Way) -> None:
    _move(letter, LetterState.GIVEN)
    letter.given_how, letter.given_by, letter.given_at = how, actor.name, now()
    for telling in tellings_of(letter.case_id):
        if telling.letter_id == letter.id and telling.told_on is None:
            _told(actor, telling, how, today())
    record(actor, "give_letter", "case", letter.case_id, letter=str(letter.id), how=how.value)


def _told(actor: Actor, telling: Telling, how: Way, day: date) -> None:
    telling.told_on, telling.told_how, telling.told_by = day, how, actor.name
    case = lock_case(telling.case)
    if telling.audience is Audience.PERSON:
        if not telling.what:
            case.told_on = day
    else:
        note_disclosure(
            case.patient_id, telling.whom[:160], "what was decided", organisation_id=telling.organisation_id
        )
    tell(actor, case, told_said(telling.audience, telling.whom, how, actor.name, telling.what))


def _untell(telling: Telling) -> None:
    if telling.told_on is None:
        raise WrongState("Nobody has told them yet.")
    telling.told_on, telling.told_how, telling.told_by = None, None, ""
    case = lock_case(telling.case)
    if telling.audience is Audience.PERSON:
        days = [
            each.told_on
            for each in tellings_of(case.id)
            if each.audience is Audience.PERSON and each.told_on is not None and not each.what
        ]
        case.told_on = max(days, default=None)


def _whom(telling: Telling) -> str:
    return "the person" if telling.audience is Audience.PERSON else telling.whom


def _reader(letter: Letter) -> str:
    return "the person" if letter.audience is Audience.PERSON else letter.audience.label.lower()


def letter_to_handle(actor: Actor, letter_id: uuid.UUID, seen: int | None = None) -> LetterSeen:
    """Return a text that somebody may handle, locked, as it was when they looked at it."""
    found = get_letter_for(actor, letter_id)
    require(found.may_handle)
    locked = select(Letter).where(Letter.id == letter_id).with_for_update()
    letter = db.session.scalars(locked.execution_options(populate_existing=True)).one()
    if seen is not None and letter.row_version != seen:
        raise ChangedMeanwhile
    return found


def _locked(telling: Telling) -> Telling:
    locked = select(Telling).where(Telling.id == telling.id).with_for_update()
    return db.session.scalars(locked.execution_options(populate_existing=True)).one()


def _move(letter: Letter, to: LetterState) -> None:
    if to not in LETTER_MOVES[letter.state]:
        raise WrongState(f"This letter is “{letter.state.label.lower()}”: that cannot be done with it now.")
    letter.state = to


def refuse_unless_draft(letter: Letter) -> None:
    """Refuse to touch the words of a text that somebody has already dealt with."""
    if letter.state is not LetterState.DRAFT:
        raise WrongState("This letter waits for nobody any more: take back what was done with it first.")
