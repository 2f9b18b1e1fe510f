"""What a look before filling finds, in sentences."""

from collections.abc import Sequence
from datetime import date

from network.plumbing.templating import day, full_date, plural
from network.vocabulary import SessionKind
from rota.demand.rules import Closed
from rota.leave.rules import Away
from rota.readiness.rules import Lapse
from rota.staff.wording import SHORT_NAMES


def lapse_said(name: str, lapse: Lapse, today: date) -> str:
    """Say that a credential is missing, has run out or runs out."""
    what = SHORT_NAMES[lapse.kind]
    if lapse.last is None:
        return f"{name}: no {what} on record."
    verb = "ran out" if lapse.last < today else "runs out"
    return f"{name}: {what} {verb} on {full_date(lapse.last)}."


def nobody_said(site: str, what: str, sessions: Sequence[tuple[date, SessionKind, int, int]]) -> str:
    """Say that too few people can take the same duty; each session has how many it needs and how many can."""
    first, kind, needed, able = sessions[0]
    when = f"on {day(first)} {kind.label.removeprefix('Saturday ')}"
    who = (
        f"nobody can be asked {when}" if not able else f"{able} can be asked {when}, and {needed} are needed"
    )
    more = f"; so it is in {plural(len(sessions) - 1, 'more session')}" if len(sessions) > 1 else ""
    return f"{site}, {what}: {who}{more}."


def waits_said(name: str, away: Away) -> str:
    """Say that a request for leave has no answer yet."""
    if away.starts_on == away.ends_on:
        return f"{name}, {day(away.starts_on)}."
    return f"{name}, {day(away.starts_on)} to {day(away.ends_on)}."


def closed_said(site: str, closed: Closed) -> str:
    """Say when a site is closed."""
    kind = f" {closed.kind.label}" if closed.kind else ""
    return f"{site} on {day(closed.day)}{kind}: {closed.why}."
