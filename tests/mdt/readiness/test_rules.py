from dataclasses import fields, replace

import pytest

from mdt.readiness.rules import BARS, Concern, Prepared, concerns_of
from mdt.readiness.wording import BARS_SAID, concern_said

READY = Prepared(is_met=True, is_answered=True, needs=frozenset({"pharmacy"}), coming=frozenset({"pharmacy"}))
UNREADY = {
    Concern.WITHDRAWN: {"is_withdrawn": True},
    Concern.DIED: {"has_died": True},
    Concern.REFUSED: {"is_refused": True},
    Concern.CHOICE: {"carried": 2},
    Concern.QUESTION: {"has_question": False},
    Concern.AWAY: {"coming": frozenset({"dentistry"})},
    Concern.OBJECTION: {"objections": ("Not to be told: her son",)},
    Concern.NOT_MET: {"is_met": False},
    Concern.SILENT: {"is_answered": False},
}


def test_what_is_ready_raises_no_concern() -> None:
    assert concerns_of(READY) == []


def test_every_concern_has_its_case() -> None:
    assert set(UNREADY) == set(Concern)
    assert {name for changes in UNREADY.values() for name in changes} | {"needs", "is_asked_to_meet"} == {
        field.name for field in fields(Prepared)
    }


@pytest.mark.parametrize("concern", Concern, ids=str)
def test_each_thing_that_is_missing_is_told_in_a_sentence(concern: Concern) -> None:
    prepared = replace(READY, **UNREADY[concern])
    assert concerns_of(prepared) == [concern]
    assert concern_said(concern, prepared).endswith(".")


def test_what_somebody_has_answered_is_not_said_again() -> None:
    assert concerns_of(replace(READY, is_met=False, is_asked_to_meet=False)) == []


def test_what_keeps_a_case_off_a_list_can_be_said() -> None:
    assert set(BARS_SAID) == BARS


def test_a_discipline_is_missed_only_where_it_is_known_who_comes() -> None:
    assert concerns_of(replace(READY, coming=None)) == []
    away = replace(READY, needs=frozenset({"pharmacy", "dentistry"}), coming=frozenset())
    assert concern_said(Concern.AWAY, away) == "Nobody from dentistry or pharmacy is coming."


def test_once_carried_over_is_no_concern_yet() -> None:
    assert concerns_of(replace(READY, carried=1)) == []
