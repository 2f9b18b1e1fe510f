"""The programmes of the seeded rotations, a usual year of each, and how hosts are made up."""

from dataclasses import dataclass

from rota.solver.rotation_plan import Breadth, Programme, Requirement

WEEKS = 52
QUARTERS = (0, 13, 26, 39)
MONTHS = tuple(range(0, WEEKS, 4))
SETTINGS = {
    "practice": "general practice",
    "hospital": "medicine",
    "community": "community nursing",
    "pharmacy": "pharmacy",
    "mental": "mental health",
    "care": "care home",
    "dental": "dentistry",
    "optical": "optometry",
    "social": "social work",
}


@dataclass(frozen=True)
class Usual:
    """A programme, how many of 24 learners are on it, and the stays of a usual year: a setting and weeks."""

    programme: Programme
    learners: int
    year: tuple[tuple[str, int], ...]
    moves: bool = True


def requirement(setting: str, least: int, run: int, *, after: str = "", weeks: int = 1) -> Requirement:
    """Give a requirement that one setting fulfils."""
    earlier = ((after, weeks),) if after else ()
    return Requirement(
        setting,
        SETTINGS[setting].capitalize(),
        frozenset({setting}),
        least=least,
        shortest_run=run,
        longest_run=2 * run,
        once_per_host=True,
        after=earlier,
    )


def based(key: str, name: str, setting: str) -> Programme:
    """Give a programme with a fixed base: the whole year is there."""
    whole = Requirement(setting, SETTINGS[setting].capitalize(), frozenset({setting}), least=WEEKS)
    return Programme(key, name, (whole,), (0,), block=WEEKS, fixed_base=True)


USUAL = (
    Usual(
        Programme(
            "gp",
            "GP registrars",
            (requirement("practice", 26, 13), requirement("hospital", 13, 13), requirement("mental", 13, 13)),
            QUARTERS,
            block=13,
            breadth=Breadth(3),
        ),
        6,
        (("practice", 26), ("hospital", 13), ("mental", 13)),
    ),
    Usual(
        Programme(
            "pharmacy",
            "Foundation pharmacists",
            (
                requirement("pharmacy", 13, 13),
                requirement("hospital", 13, 13),
                requirement("practice", 13, 13, after="pharmacy", weeks=13),
            ),
            QUARTERS,
            block=13,
            roles=frozenset({"DS"}),
        ),
        5,
        (("pharmacy", 26), ("hospital", 13), ("practice", 13)),
    ),
    Usual(
        Programme(
            "nursing",
            "Nursing students",
            (
                requirement("hospital", 12, 4),
                requirement("community", 8, 4),
                requirement("mental", 4, 4, after="community", weeks=4),
                requirement("practice", 4, 4),
                requirement("care", 4, 4),
            ),
            MONTHS,
            block=4,
            peers=True,
        ),
        8,
        (
            ("hospital", 8),
            ("community", 8),
            ("mental", 8),
            ("practice", 8),
            ("care", 8),
            ("hospital", 8),
            ("community", 4),
        ),
    ),
    Usual(based("dental", "Foundation dentists", "dental"), 2, (("dental", WEEKS),), moves=False),
    Usual(based("optical", "Optometry trainees", "optical"), 1, (("optical", WEEKS),), moves=False),
    Usual(based("social", "Newly qualified social workers", "social"), 2, (("social", WEEKS),), moves=False),
)
# How the hosts of a network of 19 are made up; what several programmes need is offered most.
HOSTS = (
    *("practice",) * 5,
    *("hospital",) * 3,
    *("mental",) * 2,
    *("community",) * 2,
    *("pharmacy",) * 2,
    *("care",) * 2,
    "dental",
    "optical",
    "social",
)
