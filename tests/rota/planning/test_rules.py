from rota.planning.rules import shares_by_list


def test_shares_follow_the_lists_and_sum_to_a_hundred() -> None:
    assert shares_by_list({"Elm": 5000, "Oak": 10000, "Ash": 8000}) == {"Elm": 21, "Oak": 45, "Ash": 34}


def test_without_lists_there_are_no_shares() -> None:
    assert shares_by_list({"Elm": 0}) == {}
