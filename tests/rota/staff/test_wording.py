from datetime import date, timedelta

import pytest

from network.vocabulary import Activity, JobRole, SessionKind
from rota.staff.rules import Availability, CredentialKind, Pattern, PatternChoice, PatternSlot
from rota.staff.wording import validity, warnings, weeks_of

MONDAY = date(2026, 12, 7)


@pytest.mark.parametrize(
    ("days_left", "said", "tone"),
    [
        (61, "Until 6 February 2027", "good"),
        (45, "Runs out in 45 days, on 21 January 2027", "plain"),
        (20, "Runs out in 20 days, on 27 December 2026", "warning"),
        (1, "Runs out in 1 day, on 8 December 2026", "warning"),
        (0, "Runs out today, on 7 December 2026", "warning"),
        (-3, "Ran out on 4 December 2026", "bad"),
    ],
)
def test_how_long_a_credential_holds_is_said_in_words_with_a_mark(days_left, said, tone):
    flag = validity(MONDAY + timedelta(days_left), MONDAY)
    assert (flag.text, flag.tone) == (said, tone)
    assert flag.mark


def test_no_two_states_are_told_apart_by_colour_alone():
    flags = [validity(MONDAY + timedelta(days), MONDAY) for days in (90, 45, 20, 5, -1)]
    assert len({flag.mark for flag in flags}) == 5


def test_what_is_missing_comes_before_what_runs_out():
    held = [(CredentialKind.DBS, None), (CredentialKind.INDEMNITY, MONDAY + timedelta(5))]
    assert [flag.text for flag in warnings(JobRole.GP, held, MONDAY)] == [
        "No GMC registration recorded",
        "Indemnity: runs out in 5 days, on 12 December 2026",
    ]


def test_nothing_is_said_of_what_is_in_order():
    held = [(CredentialKind.DBS, None), (CredentialKind.NMC, MONDAY + timedelta(300))]
    assert warnings(JobRole.NURSE, held, MONDAY) == []


def test_a_pattern_is_shown_week_by_week():
    choices = {
        PatternSlot(1, 0, SessionKind.MORNING): PatternChoice(Availability.PREFERRED),
        PatternSlot(2, 5, SessionKind.SATURDAY_AFTERNOON): PatternChoice(
            Availability.FIXED, Activity.TEACHING
        ),
    }
    first, second = weeks_of(Pattern(MONDAY, 2, None, choices))
    assert first[0] == (
        "Monday",
        [("–", "is-off"), ("Likes to work", "is-liked"), ("–", "is-off"), ("–", "is-off")],
    )
    assert second[5][1][2] == ("Structured teaching", "is-fixed")
    assert second[5][1][0] == ("", "is-off")
