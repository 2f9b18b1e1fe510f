"""How somebody's part around a person is said."""

from datetime import date

from mdt.involvements.rules import Coming, PartOfDay, Purpose, Rhythm, Tie, TieKind, Visit

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Words by which somebody says who they are to a person, and what they make them.
SAID_KINDS = {
    TieKind.NEIGHBOUR: ("neighbour",),
    TieKind.FRIEND: ("friend",),
    TieKind.FAMILY: (
        "aunt",
        "brother",
        "cousin",
        "daughter",
        "father",
        "granddaughter",
        "grandson",
        "husband",
        "mother",
        "nephew",
        "niece",
        "partner",
        "sister",
        "son",
        "uncle",
        "wife",
    ),
}
COORDINATES = "Named as coordinator of the case"
LEADS = "Named as lead clinician of the case"
NAVIGATES = "Helps to find the way between services"
REGISTERED = "Registered there"
CARES = "Known as a carer"
LIVES = "Lives there"


def often_said(coming: Coming) -> str:
    """Say how often somebody comes."""
    if coming.rhythm is Rhythm.WEEKLY:
        return visits_said(coming)
    if coming.rhythm is Rhythm.EVERY_WEEKS:
        when = f": {visits_said(coming)}" if coming.visits else ""
        return f"Every {coming.every_weeks} weeks{when}"
    if coming.rhythm is Rhythm.ONCE and coming.until:
        return f"On {day_said(coming.until)}"
    return {Rhythm.AS_NEEDED: "When needed"}.get(coming.rhythm, "How often is not known")


def visits_said(coming: Coming) -> str:
    """Say on which days and in which part of them somebody comes, such as "Monday to Friday evening"."""
    days: dict[tuple[int, ...], list[str]] = {}
    for part in PartOfDay:
        there = tuple(day for day in range(len(DAYS)) if Visit(day, part) in coming.visits)
        if there:
            days.setdefault(there, []).append(part.label.lower())
    said = "; ".join(f"{days_said(there)} {_listed(parts)}" for there, parts in days.items())
    return said[:1].upper() + said[1:]


def days_said(days: tuple[int, ...]) -> str:
    """Say days of the week: all of them, those that follow each other as from one to another."""
    if len(days) == len(DAYS):
        return "every day,"
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    said: list[str] = []
    for run in runs:
        is_long = len(run) > 2
        said += [f"{DAYS[run[0]]} to {DAYS[run[-1]]}"] if is_long else [DAYS[day] for day in run]
    return _listed(said)


def purposes_said(tie: Tie) -> str:
    """Say what somebody is there for: what was said, else by their purposes, else who they are."""
    if tie.words:
        return tie.words
    if tie.purposes:
        return _listed([purpose.label for purpose in tie.purposes])
    return tie.discipline.label if tie.discipline else tie.kind.label


def valued_said(tie: Tie) -> str:
    """Say whether the person values somebody."""
    return {None: "Not asked", True: "The person values them", False: "Not named by the person"}[
        tie.is_valued
    ]


def between_said(coming: Coming) -> str:
    """Say since and until when somebody is involved, nothing where neither is known."""
    since = f"since {day_said(coming.since)}" if coming.since else ""
    is_once = coming.rhythm is Rhythm.ONCE
    until = f"until {day_said(coming.until)}" if coming.until and not is_once else ""
    said = " ".join(filter(None, (since, until)))
    return said[:1].upper() + said[1:]


def kind_in(words: str) -> TieKind | None:
    """Read from what somebody is called who they are to a person, where it says so."""
    said = {word.strip(".,;()") for word in words.casefold().split()}
    return next((kind for kind, known in SAID_KINDS.items() if said & set(known)), None)


def purpose_word(purpose: Purpose) -> str:
    """Say a purpose within a sentence."""
    return purpose.label[:1].lower() + purpose.label[1:]


def day_said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
