"""How what two versions come to is put into words: sessions and people, no scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from network.plumbing.templating import plural
from network.vocabulary import JobRole
from rota.comparing.rules import Load, OffHours
from rota.supposing.rules import Supposed

MOST_NAMES = 4


@dataclass(frozen=True)
class Line:
    """One figure of both versions."""

    name: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second


def off_said(off: Sequence[OffHours]) -> str:
    """Say how many people are off their hours, and who is furthest."""
    if not off:
        return "None"
    names = ", ".join(f"{each.name} {_signed(each.sessions)}" for each in off[:MOST_NAMES])
    more = f" and {len(off) - MOST_NAMES} more" if len(off) > MOST_NAMES else ""
    return f"{len(off)}: {names}{more} (in sessions)"


def _signed(sessions: float) -> str:
    return f"{sessions:+g}".replace("-", "−")


def load_said(load: Load | None) -> str:
    """Say who has most of an unpopular kind of session."""
    return f"{plural(load.sessions, 'session')}, {load.name}" if load else "Nobody"


def wishes_said(percent: int | None) -> str:
    """Say how many of the wishes are met."""
    return "No wishes" if percent is None else f"{percent}%"


def supposed_said(number: int, supposed: Supposed, sites: Mapping[str, str]) -> str:
    """Say what a version supposes that is no fact; nothing where it stands on facts alone."""
    said = []
    if closed := supposed.closed:
        first, last = (f"{each.day} {each:%B}" for each in (closed.first, closed.last))
        when = f"on {first}" if first == last else f"from {first} to {last}"
        said.append(f"{sites.get(closed.site, closed.site)} is closed {when}, and wants nobody then")
    if locum := supposed.locum:
        role = JobRole(locum.role).label
        said.append(f"there is a locum more ({role}, {plural(locum.sessions, 'session')} a week)")
    if supposed.unpinned:
        said.append("what was pinned may move")
    return f"Version {number} supposes that {' and '.join(said)}." if said else ""
