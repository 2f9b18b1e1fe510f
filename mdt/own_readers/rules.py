"""Who worked with a person's record, by what they are and where: told to the person without names. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Look:
    """What people of one role at one place did with a record, how often and when last."""

    who: str
    what: str
    times: int
    last_on: date


@dataclass(frozen=True)
class Reader:
    """People of one role at one place: what they did with a record, how often each, and when last."""

    who: str
    did: tuple[tuple[str, int], ...]
    last_on: date


def readers_of(looks: Iterable[Look]) -> list[Reader]:
    """Tell once of people of one role at one place what they did, and how often; who did last comes first."""
    found: dict[str, dict[str, int]] = {}
    last: dict[str, date] = {}
    for each in looks:
        did = found.setdefault(each.who, {})
        did[each.what] = did.get(each.what, 0) + each.times
        last[each.who] = max(each.last_on, last.get(each.who, each.last_on))
    readers = [Reader(who, tuple(sorted(did.items())), last[who]) for who, did in found.items()]
    return sorted(readers, key=lambda each: (-each.last_on.toordinal(), each.who))
