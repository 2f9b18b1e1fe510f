from mdt.letters import commands as letters
from mdt.letters.rules import Audience, Way
from mdt.signing import commands as signing
from mdt.writing import commands as writing
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.after import CHAIR, COORDINATOR, make_over, make_signed


@attempt(signing.note_minutes_opened)
def _note_minutes_opened(cast: Cast):
    return by(cast[CHAIR], make_over(cast).meeting.id)


@attempt(signing.sign_minutes)
def _sign_minutes(cast: Cast):
    return by(cast[CHAIR], make_over(cast).meeting.id)


@attempt(signing.add_to_decision)
def _add_to_decision(cast: Cast):
    return by(cast[CHAIR], make_signed(cast).decision.id, "Brought forward.", is_person_to_be_told=True)


@attempt(letters.note_letter_opened)
def _note_letter_opened(cast: Cast):
    return by(cast[COORDINATOR], make_signed(cast).letter().id)


@attempt(letters.change_letter)
def _change_letter(cast: Cast):
    return by(cast[COORDINATOR], make_signed(cast).letter().id, "Dear Edie\n\nHello.")


@attempt(letters.give_letter)
def _give_letter(cast: Cast):
    return by(cast[COORDINATOR], make_signed(cast).letter().id, Way.POST, is_safe=True)


@attempt(letters.hold_letter)
def _hold_letter(cast: Cast):
    return by(cast[COORDINATOR], make_signed(cast).letter().id, "Others open the post.")


@attempt(letters.check_again)
def _check_again(cast: Cast):
    letter_id = make_signed(cast).letter().id
    letters.hold_letter(cast[COORDINATOR], letter_id, "Others open the post.")
    return by(cast[COORDINATOR], letter_id)


@attempt(letters.note_told)
def _note_told(cast: Cast):
    return by(cast[COORDINATOR], make_signed(cast).tellings[Audience.PERSON].id, Way.PHONE)


@attempt(letters.take_back_told)
def _take_back_told(cast: Cast):
    telling_id = make_signed(cast).tellings[Audience.PERSON].id
    letters.note_told(cast[COORDINATOR], telling_id, Way.PHONE)
    return by(cast[COORDINATOR], telling_id)


@attempt(letters.add_telling)
def _add_telling(cast: Cast):
    return by(cast[COORDINATOR], make_signed(cast).case.id, "Her neighbour")


@attempt(letters.drop_telling)
def _drop_telling(cast: Cast):
    return by(
        cast[COORDINATOR],
        letters.add_telling(cast[COORDINATOR], make_signed(cast).case.id, "Her neighbour"),
    )


@attempt(writing.rewrite_letter)
def _rewrite_letter(cast: Cast):
    return by(cast[COORDINATOR], make_signed(cast).letter().id)


@attempt(writing.change_letter_head)
def _change_letter_head(cast: Cast):
    told = {"team": "Riverside team", "address": "", "phone": "01632 960001", "hours": ""}
    return by(cast[COORDINATOR], **told)
