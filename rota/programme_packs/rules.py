"""Programmes for a network to begin from, and what a later version of them would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from network.vocabulary import Discipline, JobRole
from rota.programmes.rules import (
    ProgrammeDesign,
    RequirementDesign,
    Setting,
    SupervisorKind,
    Window,
    session_read,
    troubles_of,
    wrong_with_programme,
    wrong_with_requirement,
)

WHOLE = "programme"
# A network's own name for a programme is never a difference, and neither is what a pack says of itself.
OWN = frozenset({"name", "role"})


@dataclass(frozen=True)
class Pack:
    """A programme as the product brings it: its numbers have a source, or are said to be local."""

    key: str
    version: int
    design: ProgrammeDesign
    requirements: tuple[RequirementDesign, ...]


@dataclass(frozen=True)
class PackDifference:
    """What a pack says otherwise than a network does: of the programme, or of the requirement with a key.

    `name` empty stands for the whole requirement, which either of the two has not got.
    """

    where: str
    name: str
    mine: Any
    theirs: Any

    @property
    def key(self) -> str:
        return f"{self.where}.{self.name}"


def pack_of(raw: Mapping[str, Any]) -> Pack:
    """Check a pack as it was read; what does not fit is a ValueError that names it."""
    plain = dict(raw)
    key, version = plain.pop("key"), plain.pop("version")
    requirements = tuple(map(_requirement, plain.pop("requirements")))
    design = _design(plain)
    wrong = [
        *wrong_with_programme(design).values(),
        *(said for each in requirements for said in wrong_with_requirement(each).values()),
        *troubles_of(design, requirements),
    ]
    if wrong:
        raise ValueError(f"{key}: {wrong[0]}")
    if not isinstance(version, int) or version < 1:
        raise ValueError(f"{key}: give the pack's version, from 1.")
    unsourced = [each.name for each in requirements if not each.source]
    if not design.source or unsourced:
        raise ValueError(f"{key}: say where its numbers come from: {', '.join(unsourced) or design.name}.")
    if unknown := design.local_settings - {each.name for each in fields(ProgrammeDesign)}:
        raise ValueError(f"{key}: {min(unknown)} is not a setting.")
    return Pack(key, version, design, requirements)


def _design(plain: Mapping[str, Any]) -> ProgrammeDesign:
    windows = plain.get("windows", {}).items()
    return ProgrammeDesign(
        **{
            **plain,
            "role": JobRole(plain["role"]),
            "intake_months": tuple(plain.get("intake_months", ())),
            "supervisors": tuple(map(SupervisorKind, plain.get("supervisors", ()))),
            "disciplines": tuple(map(Discipline, plain.get("disciplines", ()))),
            "protected": tuple(map(session_read, plain.get("protected", ()))),
            "windows": tuple(Window(name, first, last) for name, (first, last) in windows),
            "local_settings": frozenset(plain.get("local_settings", ())),
        }
    )


def _requirement(plain: Mapping[str, Any]) -> RequirementDesign:
    return RequirementDesign(
        **{
            **plain,
            "settings": tuple(map(Setting, plain["settings"])),
            "after": tuple(sorted(plain.get("after", {}).items())),
            "not_after": tuple(plain.get("not_after", ())),
        }
    )


def differences(
    mine: ProgrammeDesign, requirements: Iterable[RequirementDesign], pack: Pack
) -> list[PackDifference]:
    """Say what a pack says otherwise, of the programme first, then requirement by requirement."""
    found = _between(WHOLE, mine, pack.design, OWN)
    own = {each.key: each for each in requirements}
    theirs = {each.key: each for each in pack.requirements}
    for key, requirement in theirs.items():
        if key in own:
            found += _between(key, own[key], requirement, frozenset({"key"}))
        else:
            found.append(PackDifference(key, "", None, requirement))
    return found + [PackDifference(key, "", each, None) for key, each in own.items() if key not in theirs]


def _between(where: str, mine: Any, theirs: Any, besides: frozenset[str]) -> list[PackDifference]:
    pairs = [
        (each.name, _plain(getattr(mine, each.name)), _plain(getattr(theirs, each.name)))
        for each in fields(mine)
        if each.name not in besides
    ]
    return [PackDifference(where, name, own, other) for name, own, other in pairs if own != other]


def _plain(value: Any) -> Any:
    """Give lists in one order: how they were typed in is no difference."""
    return tuple(sorted(value, key=str)) if isinstance(value, tuple | frozenset) else value


def taken(
    mine: ProgrammeDesign, requirements: Iterable[RequirementDesign], chosen: Iterable[PackDifference]
) -> tuple[ProgrammeDesign, dict[str, RequirementDesign | None]]:
    """Give a programme with the chosen differences, and by key the requirements that change; None goes."""
    own = {each.key: each for each in requirements}
    changed: dict[str, RequirementDesign | None] = {}
    for each in chosen:
        if each.where == WHOLE:
            mine = replace(mine, **{each.name: _as_field(each.name, each.theirs)})
        elif not each.name:
            changed[each.where] = each.theirs if isinstance(each.theirs, RequirementDesign) else None
        else:
            before = changed.get(each.where) or own[each.where]
            changed[each.where] = replace(before, **{each.name: each.theirs})
    return mine, changed


def _as_field(name: str, value: Any) -> Any:
    return frozenset(value) if name == "local_settings" else value
