from datetime import timedelta

import pytest

from mdt.cases.commands import WrongState
from mdt.cases.queries import history_of
from mdt.letters.commands import (
    ChangedMeanwhile,
    change_letter,
    check_again,
    give_letter,
    hold_letter,
    note_letter_opened,
    note_told,
)
from mdt.letters.queries import (
    get_letter_for,
    letters_of,
    not_yet_told,
    organisation_letters,
)
from mdt.letters.rules import LETTER_MOVES, Audience, LetterState, Way
from mdt.objections.commands import object_to_sharing
from mdt.patients.rules import LetterFormat
from mdt.sharing.queries import told_of
from mdt.sharing.rules import ObjectionScope
from mdt.writing.commands import change_letter_head, rewrite_letter
from network.access.rules import Role
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound
from network.vocabulary import Discipline
from tests.cast import Cast, client_for
from tests.mdt.after import CHAIR, CLINICIAN, COORDINATOR, letter_for, make_signed

VOLUNTARY = Role.VOLUNTARY_MEMBER
L = LetterState


def give(cast: Cast, over, how: Way = Way.POST, is_safe: bool | None = True, **seen) -> None:
    give_letter(cast[COORDINATOR], over.letter().id, how, is_safe=is_safe, **seen)


def test_a_letter_that_was_given_has_told_its_person(cast: Cast) -> None:
    over = make_signed(cast)
    give(cast, over)
    letter, telling = over.letter(), over.tellings[Audience.PERSON]
    assert (letter.state, letter.given_how, letter.is_safe) == (L.GIVEN, Way.POST, True)
    assert (telling.told_on, telling.told_how, over.case.told_on) == (today(), Way.POST, today())
    assert any("The person was told by post" in event.said for event in history_of(over.case.id))


@pytest.mark.parametrize("is_safe", [None, False])
def test_a_letter_goes_only_where_that_is_safe(cast: Cast, is_safe: bool | None) -> None:
    over = make_signed(cast)
    with pytest.raises(Invalid, match="safe"):
        give(cast, over, is_safe=is_safe)
    assert over.letter().state is L.DRAFT


def test_a_letter_without_an_address_goes_by_hand(cast: Cast) -> None:
    over = make_signed(cast, address="")
    with pytest.raises(Invalid, match="address"):
        give(cast, over)
    give(cast, over, Way.HAND)
    assert over.letter().state is L.GIVEN


def test_a_letter_to_a_person_is_never_copied_into_a_record(cast: Cast) -> None:
    with pytest.raises(Invalid, match="from the list"):
        give(cast, make_signed(cast), Way.COPIED)


def test_safeguarding_is_in_no_letter(cast: Cast) -> None:
    over = make_signed(cast, "A medicines review. Safeguarding enquiry about her son.")
    letter = over.letter()
    assert "medicines review" in letter.words
    assert "afeguarding" not in letter.words
    assert "afeguarding" in over.letter(Audience.PRACTICE).words
    with pytest.raises(Invalid, match="Take out “police”"):
        change_letter(cast[COORDINATOR], letter.id, "The police were told.")


def test_what_is_not_safe_is_held_back_and_the_person_still_told(cast: Cast) -> None:
    over = make_signed(cast)
    hold_letter(cast[COORDINATOR], over.letter().id, "Her son opens the post.")
    assert (over.letter().state, over.letter().is_safe) == (L.HELD, False)
    assert over.tellings[Audience.PERSON].id in {each.telling.id for each in not_yet_told(cast[COORDINATOR])}
    with pytest.raises(WrongState):
        give(cast, over)
    note_told(cast[COORDINATOR], over.tellings[Audience.PERSON].id, Way.IN_PERSON)
    assert over.case.told_on == today()


def test_what_is_held_back_is_not_printed(cast: Cast) -> None:
    over = make_signed(cast)
    paper = f"/letters/{over.letter().id}/paper"
    browser = client_for(cast, COORDINATOR)
    assert browser.get(paper).status_code == 200
    hold_letter(cast[COORDINATOR], over.letter().id, "Her son opens the post.")
    answer = browser.get(paper)
    assert answer.status_code == 409
    assert "Dear Edie" not in answer.text


def test_only_the_letter_to_the_person_is_held_back(cast: Cast) -> None:
    with pytest.raises(Invalid, match="Only a letter to the person"):
        hold_letter(cast[COORDINATOR], make_signed(cast).letter(Audience.PRACTICE).id, "Not safe.")


def test_holding_back_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(Invalid, match="why"):
        hold_letter(cast[COORDINATOR], make_signed(cast).letter().id, " ")


def test_a_slip_is_taken_back(cast: Cast) -> None:
    over = make_signed(cast)
    give(cast, over)
    check_again(cast[COORDINATOR], over.letter().id)
    assert (over.letter().state, over.letter().given_at) == (L.DRAFT, None)
    assert (over.tellings[Audience.PERSON].told_on, over.case.told_on) == (None, None)


@pytest.mark.parametrize("state", L)
def test_each_state_moves_where_the_table_says_and_nowhere_else(cast: Cast, state: L) -> None:
    over = make_signed(cast)
    moves = {
        L.GIVEN: lambda: give(cast, over),
        L.HELD: lambda: hold_letter(cast[COORDINATOR], over.letter().id, "Not safe."),
        L.DRAFT: lambda: check_again(cast[COORDINATOR], over.letter().id),
    }
    for to, move in moves.items():
        letter = over.letter()
        letter.state = state
        letter.given_how = Way.POST if state is L.GIVEN else None
        telling = over.tellings[Audience.PERSON]
        telling.told_on = today() if state is L.GIVEN else None
        telling.told_how = Way.POST if state is L.GIVEN else None
        db.session.commit()
        if to in LETTER_MOVES[state]:
            move()
            assert over.letter().state is to
        else:
            with pytest.raises(WrongState):
                move()


def test_whoever_looked_at_older_words_hears_of_it(cast: Cast) -> None:
    over = make_signed(cast)
    seen = over.letter().row_version
    change_letter(cast[COORDINATOR], over.letter().id, "Dear Edie\n\nHello.", seen=seen)
    with pytest.raises(ChangedMeanwhile):
        give(cast, over, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        change_letter(cast[COORDINATOR], over.letter().id, "Dear Edie\n\nOther.", seen=seen)
    assert over.letter().words == "Dear Edie\n\nHello."


def test_a_letter_is_written_again_from_what_is_recorded_now(cast: Cast) -> None:
    over = make_signed(cast)
    change_letter_head(cast[COORDINATOR], team="Team", address="", phone="01632 960001", hours="")
    over.case.patient.letter_format = LetterFormat.EASY_WORDS
    db.session.commit()
    rewrite_letter(cast[COORDINATOR], over.letter().id)
    assert "01632 960001" in over.letter().words
    assert "# Who will help" in over.letter().words


def test_days_that_have_passed_are_said_before_a_letter_goes_and_left_out_when_it_is_written_again(
    cast: Cast,
) -> None:
    over = make_signed(cast)
    letter, due = over.letter(), over.actions[0].due_on
    spoken = f"{due:%A} {due.day} {due:%B %Y}"
    page = f"/letters/{letter.id}"
    assert spoken in letter.words
    assert "passed:" not in client_for(cast, COORDINATOR).get(page).text
    for action in over.actions:
        action.due_on = today() - timedelta(1)
    past = today() - timedelta(1)
    said = f"{past:%A} {past.day} {past:%B %Y}"
    letter.words = letter.words.replace(spoken, said)
    db.session.commit()
    assert f"This day has passed: {said}." in client_for(cast, COORDINATOR).get(page).text
    rewrite_letter(cast[COORDINATOR], letter.id)
    assert f"By {said}" not in over.letter().words
    assert "passed:" not in client_for(cast, COORDINATOR).get(page).text


def test_whoever_is_given_by_name_only_is_said_and_gets_a_team(cast: Cast) -> None:
    over = make_signed(cast)
    letter, action = over.letter(), over.actions[0]
    action.owner_id, action.owner = cast[CLINICIAN].account_id, "Kit Token"
    action.discipline = Discipline.PHARMACY
    letter.words = "Dear Edie\n\n- Kit Token: Ring her."
    db.session.commit()
    page = client_for(cast, COORDINATOR).get(f"/letters/{letter.id}").text
    assert "It gives Kit Token by name only." in page
    rewrite_letter(cast[COORDINATOR], letter.id)
    assert "- Kit Token, pharmacist's team, Good Neighbours: Ring her every week." in over.letter().words
    assert "by name only" not in client_for(cast, COORDINATOR).get(f"/letters/{letter.id}").text


def test_what_was_given_is_not_changed(cast: Cast) -> None:
    over = make_signed(cast)
    give(cast, over)
    for change in (
        lambda: change_letter(cast[COORDINATOR], over.letter().id, "Other"),
        lambda: rewrite_letter(cast[COORDINATOR], over.letter().id),
    ):
        with pytest.raises(WrongState):
            change()


def test_an_organisation_reads_its_own_list_alone_and_has_then_been_told(cast: Cast) -> None:
    over = make_signed(cast)
    own, other = letter_for(over, cast.charity.id), letter_for(over, cast.oak.id)
    assert [each.letter.id for each in letters_of(cast[VOLUNTARY], over.case.id)] == [own.id]
    for hidden in (other, over.letter(), over.letter(Audience.PRACTICE)):
        with pytest.raises(NotFound):
            get_letter_for(cast[VOLUNTARY], hidden.id)
    note_letter_opened(cast[VOLUNTARY], own.id)
    assert (own.state, own.given_how) == (L.GIVEN, Way.SHARED)
    assert "Ring her every week" in own.words
    assert over.decision.words not in own.words


def test_whoever_coordinates_reads_it_without_having_told_anybody(cast: Cast) -> None:
    own = letter_for(make_signed(cast), cast.charity.id)
    note_letter_opened(cast[COORDINATOR], own.id)
    assert own.state is L.DRAFT


def test_a_practice_copies_its_text_itself(cast: Cast) -> None:
    over = make_signed(cast)
    give_letter(cast[CLINICIAN], over.letter(Audience.PRACTICE).id, Way.COPIED)
    assert over.tellings[Audience.PRACTICE].told_how is Way.COPIED
    assert any(each.what == "what was decided" for each in told_of(over.case.patient_id))


@pytest.mark.parametrize("role", [CLINICIAN, CHAIR])
def test_only_those_who_coordinate_give_the_persons_letter(cast: Cast, role: Role) -> None:
    over = make_signed(cast)
    with pytest.raises(NotAllowed):
        give_letter(cast[role], over.letter().id, Way.POST, is_safe=True)


def test_the_list_of_an_organisation_is_its_own(cast: Cast) -> None:
    over = make_signed(cast)
    found = organisation_letters(cast[VOLUNTARY], over.meeting.id, cast.charity.id)
    assert [each.case.id for each in found] == [over.case.id]
    assert organisation_letters(cast[VOLUNTARY], over.meeting.id, cast.oak.id) == []


def test_a_text_that_was_changed_meanwhile_is_not_said_to_be_copied(cast: Cast) -> None:
    letter = make_signed(cast).letter(Audience.PRACTICE)
    seen = letter.row_version
    change_letter(cast[COORDINATOR], letter.id, "Other words.")
    answer = client_for(cast, CLINICIAN).post(
        f"/letters/{letter.id}/give", data={"how": "copied", "seen": seen}
    )
    assert answer.status_code == 409
    assert letter.state is L.DRAFT
    assert (
        f'name="seen" value="{letter.row_version}"'
        in client_for(cast, CLINICIAN).get(f"/letters/{letter.id}").text
    )


def test_what_an_organisation_has_to_do_warns_of_a_topic_without_naming_it(cast: Cast) -> None:
    over = make_signed(cast)
    object_to_sharing(cast[COORDINATOR], over.case.patient_id, ObjectionScope.TOPIC, topic="Her son in Wales")
    path = f"/letters/meetings/{over.meeting.id}/organisations/{cast.charity.id}"
    shown = client_for(cast, VOLUNTARY).get(path).text
    assert "✕ One topic is not to be told." in shown
    assert "Wales" not in shown
