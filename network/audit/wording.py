"""How entries of the trail read."""

from collections.abc import Mapping
from typing import Any


def deed(verb: str) -> str:
    """Say what was done: 'give_role' and 'rota.publish' become 'Give role' and 'Rota publish'."""
    return verb.replace("_", " ").replace(".", " ").capitalize()


def particulars(details: Mapping[str, Any]) -> str:
    """Say the details of an entry in one line."""
    return "; ".join(f"{name.replace('_', ' ')}: {said}" for name, said in details.items())
