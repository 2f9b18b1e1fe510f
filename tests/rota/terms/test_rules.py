import pytest

from rota.terms.rules import Terms, wrong_with_terms


def test_notice_grows_with_the_leave() -> None:
    terms = Terms(14, 2, frozenset(), 4, 1, 56)
    assert (terms.notice_for(3), terms.notice_for(10)) == (14, 20)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ((4, None, None, None), "both the day and the month"),
        ((2, 30, None, None), "day of the year"),
        ((None, None, 55, None), "5.6 weeks"),
        ((None, None, None, 400), "0 to 365"),
        ((4, 1, 60, 28), ""),
        ((None, None, None, None), ""),
    ],
)
def test_terms_that_cannot_be_are_told(answers: tuple[int | None, ...], sentence: str) -> None:
    assert sentence in wrong_with_terms(*answers)
