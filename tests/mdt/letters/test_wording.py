from mdt.letters.rules import Audience, LetterState, Way
from mdt.letters.wording import TONES, told_said


def test_every_state_of_a_letter_has_its_look() -> None:
    assert set(TONES) == set(LetterState)


def test_history_says_who_was_told_and_how() -> None:
    said = told_said(Audience.PERSON, "Edith", Way.PHONE, "Carla")
    assert said == "The person was told by phone, by Carla."
    assert told_said(Audience.OTHER, "Her neighbour", Way.IN_PERSON, "Carla").startswith("Her neighbour was")
