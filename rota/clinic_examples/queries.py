"""The examples of clinics that come with the product."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from network.access.rules import Actor
from network.plumbing.refusals import NotFound
from rota.clinic_examples.rules import Example, examples_of
from rota.clinics.queries import types_for

PACK = Path(__file__).parent / "packs" / "one_stop.yaml"


def unused_examples(viewer: Actor) -> dict[str, Example]:
    """Return the examples whose names the network has not got yet, by key."""
    names = {row.name.lower() for row in types_for(viewer)}
    return {key: each for key, each in examples().items() if each.design.name.lower() not in names}


@cache
def examples() -> Mapping[str, Example]:
    """Return the kinds of clinic that a network can begin from, by key."""
    raw: list[dict[str, Any]] = yaml.safe_load(PACK.read_text())
    return examples_of(raw)


def get_example(key: str) -> Example:
    """Return one of them by its key."""
    if key not in examples():
        raise NotFound
    return examples()[key]
