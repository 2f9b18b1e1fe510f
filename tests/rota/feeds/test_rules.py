import uuid
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from network.plumbing.database import ENGLAND
from network.vocabulary import SessionKind
from rota.edits.rules import Cell
from rota.feeds.rules import Event, Held, Published, events_of
from rota.feeds.wording import Placed, calendar_of
from tests.makers import MONDAY

CELL = Cell(uuid.uuid4(), MONDAY, SessionKind.MORNING)
OTHER = Cell(CELL.member_id, MONDAY, SessionKind.AFTERNOON)
ELM, OAK = uuid.uuid4(), uuid.uuid4()
PAGE = "https://rota.example.org/my-rota"


def held(site: uuid.UUID | None = ELM, day=MONDAY, starts: time = time(8)) -> Held:
    begins = datetime.combine(day, starts, ENGLAND)
    return Held(begins, begins + timedelta(hours=4), "Surgery", site)


def published(number: int, *sessions: tuple[Cell, Held]) -> Published:
    return Published(datetime(2026, 11, number, 12, 0, 30, 999, tzinfo=UTC), dict(sessions))


def read(*placed: Placed):
    calendar = Calendar.from_ical(calendar_of(placed, PAGE))
    return list(calendar.walk("VEVENT"))


def placed(event: Event, site: str = "Elm Surgery", address: str = "") -> Placed:
    return Placed(event, site, address)


def test_a_session_keeps_its_name_and_counts_its_changes() -> None:
    first = published(1, (CELL, held()), (OTHER, held()))
    second = published(2, (CELL, held(OAK)), (OTHER, held()))
    (before,) = [event for event in events_of([first]) if event.cell == CELL]
    (after,) = [event for event in events_of([first, second]) if event.cell == CELL]
    assert before.uid == after.uid
    assert (before.sequence, after.sequence) == (0, 1)
    assert after.changed_at == second.at
    (same,) = [event for event in events_of([first, second]) if event.cell == OTHER]
    assert (same.sequence, same.changed_at) == (0, first.at)


def test_what_is_cancelled_vanishes_and_comes_back_with_a_higher_count() -> None:
    first, second, third = published(1, (CELL, held())), published(2), published(3, (CELL, held()))
    assert events_of([first, second]) == ()
    (back,) = events_of([first, second, third])
    assert back.sequence == 2


def test_two_sessions_never_share_a_name() -> None:
    events = events_of([published(1, (CELL, held()), (OTHER, held()))])
    assert len({event.uid for event in events}) == 2
    assert str(CELL.member_id) not in events[0].uid


def test_hours_are_right_on_both_sides_of_a_change_of_the_clocks() -> None:
    for day, utc in ((datetime(2027, 3, 26), 8), (datetime(2027, 3, 29), 7), (datetime(2026, 10, 26), 8)):
        (event,) = read(placed(Event(CELL, held(day=day.date()), 0, datetime.now(UTC))))
        assert event["dtstart"].dt.astimezone(UTC).hour == utc
        assert event["dtstart"].to_ical().endswith(b"Z")
        assert event["dtstart"].dt.astimezone(ENGLAND).hour == 8


@given(st.text(max_size=200).filter(lambda text: text.isprintable()))
def test_any_name_and_address_survives_and_no_line_is_too_long(name: str) -> None:
    event = Event(CELL, held(), 3, datetime.now(UTC))
    text = calendar_of([placed(event, f"Elm; {name}", "1, Elm \\ Road\nTown")], PAGE)
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert b"\n" not in text.replace(b"\r\n", b"")
    (found,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(found["location"]) == f"Elm; {name}, 1, Elm \\ Road\nTown"


def test_an_event_says_what_where_when_and_how_new_it_is() -> None:
    (event,) = read(placed(events_of([published(1, (CELL, held()))])[0], address="1 Elm Road"))
    assert str(event["summary"]) == "Surgery, Elm Surgery"
    assert str(event["location"]) == "Elm Surgery, 1 Elm Road"
    assert event["dtstamp"].dt == event["last-modified"].dt == datetime(2026, 11, 1, 12, 0, 30, tzinfo=UTC)
    assert "a day late" in str(event["description"])
    (remote,) = read(placed(Event(CELL, held(None), 0, datetime.now(UTC)), site=""))
    assert str(remote["summary"]) == "Surgery, remote"
    assert "location" not in remote
