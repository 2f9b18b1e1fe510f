from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt.service_lists import commands
from mdt.service_lists.queries import get_file_for, preview_of, rows_to_take_out
from mdt.service_lists.rules import COLUMNS, Effect, Unfit, judged, key_of, read_list
from mdt.services.queries import services_for
from mdt.services.rules import REFERRERS
from network.access.rules import Role
from network.plumbing.comma_separated import write_comma_separated
from network.plumbing.refusals import Invalid, NotFound, Refusal
from tests.cast import Cast
from tests.mdt.local_services import LIST, make_service

DAY = date(2026, 12, 7)
COORDINATOR = Role.CARE_COORDINATOR
HEAD = "name,provider,kind,what,by_themselves,referrers,phone,checked_on\n"


def wrong_in(row: str) -> str:
    return read_list((HEAD + row).encode(), DAY)[0].wrong


def test_a_list_is_read_row_by_row() -> None:
    club, vision = read_list(LIST.encode(), DAY)
    assert (club.number, club.wrong, vision.wrong) == (2, "", "")
    assert club.said is not None
    assert vision.said is not None
    assert club.said.referrers == REFERRERS
    assert [each.value for each in vision.said.referrers] == ["optometry", "social_care"]
    assert club.said.takes_self_referral
    assert not vision.said.takes_self_referral


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,B,Nonsense,C,yes,anybody,1,", "kind: enter one of"),
        ("A,B,Company and groups,C,maybe,anybody,1,", "by_themselves: enter yes or no"),
        ("A,B,Company and groups,C,no,magicians,1,", "referrers: enter disciplines"),
        ("A,B,Company and groups,C,no,administration,1,", "referrers: enter disciplines"),
        ("A,B,Company and groups,C,no,anybody,1,12/31/2026", "checked_on: There is no month 31"),
        ("A,B,Company and groups,C,no,anybody,1,8/12/2026", "checked_on: enter a day that is not"),
        ("A,B,Company and groups,C,no,,1,", "Say who can refer"),
        ("A,B,Company and groups,C,yes,anybody,,", "Enter a phone number"),
        (f"A,B,Company and groups,{'x' * 501},yes,anybody,1,", "what: shorten this to 500"),
    ],
)
def test_a_row_that_is_wrong_says_what_to_do(row: str, said: str) -> None:
    assert wrong_in(row).startswith(said)


def test_a_service_that_stands_twice_is_refused_the_second_time() -> None:
    lines = read_list((LIST + LIST.splitlines()[1].upper()).encode(), DAY)
    assert [line.wrong for line in lines] == ["", "", "This is row 2 again: leave one out."]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"PK\x03\x04\x00\x00", "not a CSV"),
        (b"name,what\nA,B\n", "Missing: provider, kind"),
        (b'name,provider,kind,what\n"A', "quotation mark"),
        (b"x" * 1_000_001, "larger"),
        ((HEAD + "A,B,Company and groups,C,yes,anybody,1,\n" * 1001).encode(), "at most 1000"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(Unfit, match=said):
        read_list(content, DAY)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    with suppress(Unfit):
        assert all(
            row.line.wrong or row.line.said for row in judged(read_list(HEAD.encode() + content, DAY), {})
        )


def test_the_same_list_twice_changes_nothing_the_second_time(cast: Cast) -> None:
    first = commands.upload_services(cast[COORDINATOR], "services.csv", LIST.encode())
    assert services_for(cast[COORDINATOR]) == []
    assert commands.take_in_services(cast[COORDINATOR], first) == 2
    again = commands.upload_services(cast[COORDINATOR], "services.csv", LIST.encode())
    effects = {row.effect for row in preview_of(get_file_for(cast[COORDINATOR], again))}
    assert effects == {Effect.SAME}
    assert commands.take_in_services(cast[COORDINATOR], again) == 0
    assert len(services_for(cast[COORDINATOR])) == 2


def test_what_is_taken_out_comes_back_as_it_was(cast: Cast) -> None:
    service = make_service(name="=SUM(A1)", languages=["Polish", "BSL"], referrers=["pharmacy"])
    content = write_comma_separated(COLUMNS, rows_to_take_out(cast[COORDINATOR]))
    known = {key_of(service.name, service.provider): service}
    assert [row.effect for row in judged(read_list(content, service.checked_on), known)] == [Effect.SAME]


def test_a_list_with_a_row_that_cannot_be_read_is_not_taken_in_at_all(cast: Cast) -> None:
    file_id = commands.upload_services(cast[COORDINATOR], "s.csv", (LIST + "A,B,Nonsense,C,,,\n").encode())
    with pytest.raises(Refusal, match="Mend the rows"):
        commands.take_in_services(cast[COORDINATOR], file_id)
    assert services_for(cast[COORDINATOR]) == []
    with pytest.raises(Invalid, match="empty"):
        commands.upload_services(cast[COORDINATOR], "s.csv", b"")


def test_a_list_is_seen_by_whoever_uploaded_it(cast: Cast) -> None:
    file_id = commands.upload_services(cast[COORDINATOR], "s.csv", LIST.encode())
    with pytest.raises(NotFound):
        get_file_for(cast[Role.CHAIR], file_id)
    commands.discard_services(cast[COORDINATOR], file_id)
    with pytest.raises(NotFound):
        get_file_for(cast[COORDINATOR], file_id)
