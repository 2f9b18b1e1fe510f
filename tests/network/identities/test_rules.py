import pytest

from network.identities.rules import has_second_factor


@pytest.mark.parametrize(
    ("claims", "has"),
    [
        ({}, False),
        ({"amr": ["pwd"]}, False),
        ({"amr": ["pwd", "kba"]}, False),
        ({"amr": ["pwd", "otp"]}, True),
        ({"amr": ["mfa"]}, True),
        ({"amr": "mfa"}, False),
        ({"amr": [["mfa"], 7, None]}, False),
        ({"acr": "AAL3"}, True),
        ({"acr": "AAL1"}, False),
        ({"acr": None}, False),
    ],
)
def test_a_second_factor_is_one_that_the_provider_names_as_such(claims, has: bool) -> None:
    assert has_second_factor(claims, ("AAL3",)) is has


def test_where_no_level_is_asked_for_none_counts() -> None:
    assert not has_second_factor({"acr": ""}, ())
