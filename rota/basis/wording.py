"""What has changed since a rota was filled, in sentences."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from network.plumbing.templating import day, listed
from rota.basis.rules import Changes, Leave, rule_name

MOST_DAYS = 6
GENERALLY = (
    "Facts of other organisations' people, what roles must hold, the practices' shares and lists, "
    "what was agreed between people, or whom meetings need."
)
CLINICS = "Clinics: which are held and where, what they need beside people, or the equipment there is."
OTHERWISE = "Something it depends on was changed and changed back, or belongs to another network."


def changes_said(changes: Changes, site_names: Mapping[str, str]) -> tuple[str, ...]:
    """Say each change in a sentence, what weighs most first."""
    return tuple(_sentences(changes, site_names)) or (OTHERWISE,)


def _sentences(changes: Changes, site_names: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} is away {_when(leave)} now." for name, leave in changes.leave_new)
    yield from (f"{name} is not away {_when(leave)} any more." for name, leave in changes.leave_gone)
    yield from (f"{name} is planned now." for name in changes.joined)
    yield from (f"{name} is not planned any more." for name in changes.left)
    yield from (f"{name}: {aspect.label}." for name, aspect in changes.people)
    yield from _cover(changes.cover, site_names)
    yield from (
        f"{site_names.get(code, code)}: its rooms, its name or the way there." for code in changes.sites
    )
    yield from (f"Rule {rule_name(code)}." for code in changes.rules)
    if changes.clinics:
        yield CLINICS
    if changes.general:
        yield GENERALLY


def _cover(places: Iterable[tuple[str, date]], site_names: Mapping[str, str]) -> Iterator[str]:
    days: dict[str, list[date]] = {}
    for code, when in places:
        days.setdefault(code, []).append(when)
    for code, found in days.items():
        where = f"at {site_names.get(code, code)}" if code else "at no site"
        if len(found) > MOST_DAYS:
            yield f"Cover wanted {where} on {len(found)} days from {day(found[0])} to {day(found[-1])}."
        else:
            yield f"Cover wanted {where} on {listed([day(each) for each in found])}."


def _when(leave: Leave) -> str:
    if leave.starts_on == leave.ends_on:
        return f"on {day(leave.starts_on)}"
    return f"from {day(leave.starts_on)} to {day(leave.ends_on)}"
