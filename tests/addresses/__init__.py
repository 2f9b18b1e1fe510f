"""One example address for each page that needs one. A page without one fails the whole-site tests."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.cast import Cast

Make = Callable[[Cast], dict[str, Any]]
ADDRESSES: dict[str, Make] = {}
ALONE: list[Make] = []


def address(*endpoints: str, alone: bool = False) -> Callable[[Make], Make]:
    """Say what stands in the addresses of these pages: the function makes it in the cast's network.

    `alone`: it does not fit beside all the others, such as a second rota for the same weeks.
    """

    def register(make: Make) -> Make:
        ADDRESSES.update(dict.fromkeys(endpoints, make))
        if alone:
            ALONE.append(make)
        return make

    return register


def import_addresses() -> None:
    """Import every file beside this one, each named after its subject."""
    for file in sorted(Path(__file__).parent.glob("[!_]*.py")):
        import_module(f"tests.addresses.{file.stem}")
