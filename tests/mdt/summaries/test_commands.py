import pytest

from mdt.cases.queries import history_of
from mdt.summaries.commands import keep_checked
from mdt.summaries.queries import to_check
from network.access.rules import Role
from network.plumbing.refusals import Invalid, NotFound
from tests.cast import Cast, client_for
from tests.mdt.scene import refer

CLINICIAN, CHARITY = Role.CLINICIAN, Role.VOLUNTARY_MEMBER
PASTED = "Falls x2\nAllergies: Penicillin\nSight test Mar 2024"


def test_nothing_is_kept_until_somebody_ticks_it(cast: Cast) -> None:
    case = refer(cast, pasted=PASTED)
    assert case.background == ""
    assert [each.name for each in to_check(case)] == ["Falls", "Allergies", "Sight test"]


def test_what_is_ticked_is_kept_with_who_checked_it_and_is_not_offered_again(cast: Cast) -> None:
    case = refer(cast, pasted=PASTED)
    keep_checked(cast[CLINICIAN], case.id, ["Falls", "Sight test"])
    assert [line.split(" (")[0] for line in case.background.splitlines()] == [
        "Falls: 2",
        "Sight test: March 2024",
    ]
    assert cast[CLINICIAN].name in case.background
    assert [each.name for each in to_check(case)] == ["Allergies"]


def test_the_history_tells_that_it_was_checked_and_nothing_clinical(cast: Cast) -> None:
    case = refer(cast, pasted=PASTED)
    keep_checked(cast[CLINICIAN], case.id, ["Allergies"])
    said = history_of(case.id)[0].said
    assert "1 of its counts and dates" in said
    assert "Penicillin" not in said


def test_ticking_nothing_says_what_to_do(cast: Cast) -> None:
    case = refer(cast, pasted=PASTED)
    with pytest.raises(Invalid):
        keep_checked(cast[CLINICIAN], case.id, ["Nonsense"])
    assert client_for(cast, CLINICIAN).post(f"/cases/{case.id}/summary", data={}).status_code == 422


def test_whoever_may_not_know_finds_no_summary(cast: Cast) -> None:
    case = refer(cast, pasted=PASTED)
    with pytest.raises(NotFound):
        keep_checked(cast[CHARITY], case.id, ["Falls"])


def test_what_was_pasted_stays_as_it_came(cast: Cast) -> None:
    case = refer(cast, pasted=PASTED)
    keep_checked(cast[CLINICIAN], case.id, ["Falls"])
    assert case.pasted == PASTED
