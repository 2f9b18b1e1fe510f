"""What was done is told in words that the person can read: every deed there is, folded by day."""

import ast
from datetime import datetime, timedelta
from pathlib import Path

from mdt.seen.rules import Deed, by_day
from mdt.seen.wording import BECAUSE, DEEDS, LET_KNOW, deed_said, often_said, told_said, who_said
from mdt.sharing.rules import Reason
from network.audit.rules import DeedKind, kind_of
from tests.whole import ROOT

AT = datetime(2026, 11, 3, 9, 14)
# What these say is put together by their caller, whom the tests of every command try.
PUT_TOGETHER = {"mdt/referrals/commands.py", "mdt/minutes/commands.py", "mdt/readback/commands.py"}


def verbs_of(file: Path) -> dict[str, bool]:
    """Return the verbs a file records about people and cases, and whether each is written out."""
    found = {}
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and len(node.args) > 2:
            verb, about = node.args[1], node.args[2]
            if isinstance(about, ast.Constant) and about.value in {"patient", "case"}:
                words = [part.value for part in ast.walk(verb) if isinstance(part, ast.Constant)]
                found |= dict.fromkeys(words, not isinstance(verb, ast.JoinedStr))
                if isinstance(verb, ast.Name):
                    found[f"{file.relative_to(ROOT)}"] = False
    return found


def test_every_deed_about_somebody_has_words() -> None:
    found = [verbs_of(file) for package in ("network", "mdt") for file in (ROOT / package).rglob("*.py")]
    verbs = {verb for each in found for verb, is_whole in each.items() if is_whole}
    assert len(verbs) > 70
    assert sorted(verbs - DEEDS.keys()) == [], "say in mdt/seen/wording.py what the person reads"
    unclear = {verb for each in found for verb, is_whole in each.items() if not is_whole and "/" in verb}
    assert unclear <= PUT_TOGETHER


def test_every_reason_has_words_and_an_unknown_deed_is_told_too() -> None:
    assert BECAUSE.keys() == LET_KNOW.keys() == set(Reason)
    assert deed_said("relate", "registered") == "let your own practice know of you"
    said = deed_said("open_case", "meeting")
    assert said == "opened your case, because they were invited to the meeting that discusses you"
    assert deed_said("open_case", "nonsense") == "opened your case"
    assert deed_said("dance_about") == "worked with your record (dance about)"
    assert who_said("Amy Shaw", ["Elm Surgery"]) == "Amy Shaw of Elm Surgery"
    assert who_said("Quorate", []) == "Quorate"


def test_what_one_did_several_times_on_a_day_is_told_once() -> None:
    def deed(who: str, minutes: int, times: int = 1, lasting: int = 0) -> Deed:
        at = AT + timedelta(minutes=minutes)
        return Deed(at, who, "opened your case", times, at + timedelta(minutes=lasting))

    opened = [deed("Amy", 0, times=2, lasting=108), deed("Amy", 30), deed("Amy", 60)]
    other, later = deed("Ben", 10), deed("Amy", 24 * 60)
    days = by_day([later, *reversed(opened), other])
    assert [day.day.day for day in days] == [4, 3]
    assert [told_said(told) for told in days[1].deeds] == [
        "At 09:14 Amy opened your case, four times until 11:02.",
        "At 09:24 Ben opened your case.",
    ]
    assert [often_said(times) for times in (2, 3, 12)] == ["twice", "three times", "12 times"]
    assert by_day([]) == []


def test_every_kind_of_deed_is_told_by_its_verb() -> None:
    expected = {
        DeedKind.VIEW: ("open_case", "open_person", "see_person", "see_people", "enter_room", "open_seen"),
        DeedKind.SEARCH: ("search", "look_for_twins"),
        DeedKind.CREATE: ("refer_patient", "note_statement", "add_action", "keep_draft", "write_letters"),
        DeedKind.CHANGE: (
            "change_patient",
            "take_off",
            "sign_minutes",
            "end_role",
            "open_item",
            "close_case",
        ),
        DeedKind.PRINT: ("print_case", "print_list"),
        DeedKind.EXPORT: ("export_payroll", "export_trail", "give_copy"),
        DeedKind.SEND: ("give_letter", "send_letters", "remind", "publish_list"),
        DeedKind.EMERGENCY: ("open_in_emergency", "end_emergency"),
        DeedKind.SIGN_IN: ("sign_in", "sign_out", "refuse_sign_in", "reset_second_factor"),
    }
    wrong = [(v, kind_of(v)) for kind, verbs in expected.items() for v in verbs if kind_of(v) is not kind]
    assert not wrong
