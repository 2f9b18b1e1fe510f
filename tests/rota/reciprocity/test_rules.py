from itertools import product

from rota.reciprocity.rules import Exchanged, balances_of, pairs_of

ELM_TO_OAK = Exchanged("Elm", "Oak", 13)
OAK_TO_ELM = Exchanged("Oak", "Elm", 10, percent=50)


def test_weeks_with_others_are_lent_and_those_of_others_borrowed() -> None:
    elm, oak = balances_of([ELM_TO_OAK, OAK_TO_ELM])
    assert (elm.employer, elm.lent, elm.borrowed) == ("Elm", 13, 10)
    # Ten weeks at half time are five of full time.
    assert (elm.lent_whole, elm.borrowed_whole, elm.left) == (13, 5, 8)
    assert (oak.employer, oak.left) == ("Oak", -8)
    assert pairs_of([OAK_TO_ELM, ELM_TO_OAK, ELM_TO_OAK]) == [("Elm", "Oak", 26), ("Oak", "Elm", 10)]


def test_who_stays_at_home_lends_nothing() -> None:
    assert balances_of([Exchanged("Elm", "Elm", 52)], ["Elm"])[0].left == 0
    assert pairs_of([Exchanged("Elm", "Elm", 52)]) == []


def test_all_balances_together_are_even() -> None:
    for one, other, weeks, percent in product("ABC", "ABC", (1, 7), (60, 100)):
        found = balances_of([Exchanged(one, other, weeks, percent), Exchanged("A", "B", 4)])
        assert round(sum(each.left for each in found), 6) == 0
