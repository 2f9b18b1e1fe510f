"""The instruments, as the packs have them."""

from functools import cache
from pathlib import Path

import yaml

from mdt.instruments.rules import Instrument, as_instrument

PACKS = Path(__file__).parent / "packs"


@cache
def instruments() -> dict[str, Instrument]:
    """Read the packs once, in the order in which they are asked; one that is wrong stops the start."""
    found = [as_instrument(yaml.safe_load(file.read_text())) for file in sorted(PACKS.glob("*.yaml"))]
    by_code = {each.code: each for each in found}
    if len(by_code) < len(found):
        raise ValueError("Two instruments have the same code.")
    return by_code


def get_instrument(code: str) -> Instrument:
    """Return one instrument."""
    return instruments()[code]
