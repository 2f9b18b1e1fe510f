"""What proposals are called."""

from rota.clinic_plans.rules import Figures
from rota.clinic_plans.wording import titles_of
from rota.solver.staff_rota.proposals import Aim


def figures(served: int, backfill: int, travel: int | None) -> Figures:
    return Figures(served=served, waiting=12, backfill=backfill, rooms=3, travel=travel)


def test_a_proposal_is_called_what_it_was_looked_for() -> None:
    found = [
        (Aim.MOST_SERVED, figures(8, 2, 9)),
        (Aim.LEAST_BACKFILL, figures(6, 0, 9)),
        (Aim.NEAREST, figures(6, 1, 0)),
    ]
    assert titles_of(found) == ["Most people seen", "Least taken from the rota", "Nearest to home"]
    # All alike: none is better than another.
    alike = [(aim, figures(8, 1, 5)) for aim, _ in found]
    assert titles_of(alike) == titles_of(found)


def test_whichever_turned_out_better_at_it_is_called_so() -> None:
    found = [
        (Aim.MOST_SERVED, figures(8, 1, 7)),
        (Aim.LEAST_BACKFILL, figures(8, 1, 11)),
        (Aim.NEAREST, figures(8, 0, 0)),
    ]
    assert titles_of(found) == [
        "Most people seen",
        "Another way",
        "Least taken from the rota, nearest to home",
    ]


def test_where_nobody_is_seen_nobody_travels_least() -> None:
    found = [(Aim.MOST_SERVED, figures(1, 0, 5)), (Aim.NEAREST, figures(0, 0, None))]
    assert titles_of(found) == ["Most people seen, nearest to home", "Another way"]
