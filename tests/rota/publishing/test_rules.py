import uuid

from rota.publishing.rules import LONGEST_REASON, Reasons, wants_sentence

FIRST, SECOND, THIRD = (uuid.UUID(int=number) for number in range(1, 4))


def test_a_reason_of_ones_own_comes_before_that_of_all() -> None:
    reasons = Reasons("new lists", {FIRST: "asked for it", SECOND: "  "})
    assert [reasons.of(each) for each in (FIRST, SECOND, THIRD)] == ["asked for it", "new lists", "new lists"]


def test_missing_reasons_are_asked_for_by_name() -> None:
    assert wants_sentence(["Amy"]).startswith("Say why the rota of Amy changes")
    assert "of Amy and 1 other changes" in wants_sentence(["Amy", "Ben"])
    assert "of Amy and 2 others changes" in wants_sentence(["Amy", "Ben", "Cat"])


def test_a_reason_has_an_end() -> None:
    assert not Reasons("y" * LONGEST_REASON).are_too_long
    assert Reasons("", {FIRST: "y" * (LONGEST_REASON + 1)}).are_too_long
