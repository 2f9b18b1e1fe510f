import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, time

from mdt.keeping.rules import hours_of, wanted_at
from mdt.meetings.rules import AttendanceState
from network.vocabulary import Discipline

PHARMACY, NURSING = Discipline.PHARMACY, Discipline.NURSING
NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)


@dataclass
class Line:
    account_id: uuid.UUID | None
    discipline: Discipline = PHARMACY
    state: AttendanceState = AttendanceState.EXPECTED
    deputy: str = ""
    answered_at: datetime | None = None


AMY, BOB, CAT = (uuid.UUID(int=number) for number in (1, 2, 3))
# Each account's person: whoever is not here is known to no rota.
PERSONS = {each: uuid.UUID(int=each.int + 10) for each in (AMY, BOB)}


def wanted(*lines: Line, leaders: tuple[uuid.UUID | None, ...] = (), **quorum: int):
    return wanted_at(lines, leaders, quorum, PERSONS)


def test_whoever_leads_and_whoever_said_that_they_come_are_needed() -> None:
    found = wanted(Line(AMY), Line(BOB, answered_at=NOON), leaders=(AMY, None))
    assert found.needed == set(PERSONS.values())
    assert wanted(Line(AMY), Line(BOB)).needed == set()


def test_apologies_and_whoever_sends_a_deputy_are_not() -> None:
    away = Line(AMY, state=AttendanceState.APOLOGIES, answered_at=NOON)
    sends = Line(BOB, deputy="Sam Example", answered_at=NOON)
    assert wanted(away, sends, leaders=(AMY,)).needed == set()


def test_the_quorum_asks_for_those_who_have_not_declined() -> None:
    found = wanted(Line(AMY), Line(BOB), pharmacy=1)
    assert found.quorum == {PHARMACY: (1, frozenset(PERSONS.values()))}
    declined = Line(AMY, state=AttendanceState.APOLOGIES)
    assert wanted(declined, Line(BOB), pharmacy=1).quorum == {PHARMACY: (1, frozenset({PERSONS[BOB]}))}


def test_a_deputy_and_somebody_no_rota_knows_are_taken_at_their_word() -> None:
    assert wanted(Line(AMY), Line(CAT), pharmacy=1).quorum == {}
    assert wanted(Line(AMY), Line(BOB, deputy="Sam Example"), pharmacy=1).quorum == {}
    assert wanted(Line(AMY), Line(None), pharmacy=2).quorum[PHARMACY][0] == 1


def test_more_than_were_asked_to_the_meeting_no_rota_can_give() -> None:
    assert wanted(Line(AMY), pharmacy=3).quorum[PHARMACY][0] == 1
    assert wanted(Line(AMY, discipline=NURSING), pharmacy=1).quorum == {}


def test_a_meeting_that_runs_into_the_night_ends_with_its_day() -> None:
    assert hours_of(NOON, 60) == (time(12), time(13))
    assert hours_of(datetime(2026, 12, 7, 23), 120) == (time(23), time(23, 59))
