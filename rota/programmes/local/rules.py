"""What a network chose of a programme's numbers itself: these are marked, the others have a source."""

from collections.abc import Iterable
from dataclasses import fields, replace

from rota.programmes.rules import LONGEST_KEY, ProgrammeDesign, RequirementDesign

# What a programme says of itself is no setting.
SAID = frozenset({"name", "role", "effective_from", "source", "notes"})


def key_of(name: str, taken: Iterable[str]) -> str:
    """Make a short name that others can use, of what a requirement is called, and that is not taken."""
    words = "".join(
        letter if letter.isascii() and letter.isalnum() else " " for letter in name.lower()
    ).split()
    begun = "_".join(words)[: LONGEST_KEY - 3].strip("_") or "requirement"
    first = begun if begun.isidentifier() else f"r_{begun}"
    known = set(taken)
    return next(key for key in (first, *(f"{first}_{number}" for number in range(2, 99))) if key not in known)


def chosen_here(before: ProgrammeDesign | None, design: ProgrammeDesign) -> ProgrammeDesign:
    """Mark the settings that a network chose as local: all of its own programme, or those it changed."""
    settings = {each.name for each in fields(ProgrammeDesign)} - {"local_settings", *SAID}
    known = before.local_settings if before else frozenset()
    changed = {name for name in settings if before and getattr(before, name) != getattr(design, name)}
    return replace(design, local_settings=frozenset(known | changed if before else settings))


def chosen_in_requirement(before: RequirementDesign | None, design: RequirementDesign) -> RequirementDesign:
    """Mark a requirement as local whose weeks or conditions a network chose."""
    same = before is not None and replace(design, is_local=before.is_local, source=before.source) == before
    return replace(design, is_local=before.is_local if before and same else True)
