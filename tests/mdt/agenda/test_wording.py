from mdt.agenda.wording import WARNED, publish_asked
from mdt.cases.rules import Urgency
from mdt.readiness.rules import Concern

FOLLOWS = "Those who come are written to, by case number alone, and its order stays."
WEEK, SOON, ROUTINE = Urgency.THIS_WEEK, Urgency.SOON, Urgency.ROUTINE


def test_a_list_without_faults_is_asked_about_and_no_more() -> None:
    cases = [("C-0001", WEEK), ("C-0002", SOON), ("C-0003", ROUTINE), ("C-0004", SOON)]
    assert publish_asked([], cases) == f"Publish this list?\n{FOLLOWS}"
    assert publish_asked([], []) == f"Publish this list?\n{FOLLOWS}"


def test_what_is_to_be_warned_of_is_summed_up() -> None:
    found = [Concern.SILENT] * 4 + [Concern.AWAY]
    assert publish_asked(found, [], 4.5).splitlines()[1:-1] == [
        "▲ 1 case needs a discipline that is not coming.",
        "▲ 4 cases have no contribution yet.",
        "▲ The list is 4:30 minutes too long.",
    ]


def test_what_cannot_wait_and_stands_behind_routine_is_named() -> None:
    cases = [("C-0001", ROUTINE), ("C-0002", WEEK), ("C-0003", SOON)]
    assert "▲ 1 case for this week stands behind routine ones: C-0002." in publish_asked([], cases)
    cases.append(("C-0004", WEEK))
    assert "▲ 2 cases for this week stand behind routine ones: C-0002, C-0004." in publish_asked([], cases)


def test_every_concern_is_warned_of() -> None:
    assert set(WARNED) == set(Concern)
