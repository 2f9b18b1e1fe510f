"""What whole-site tests must know of before they can speak of all tables or all commands."""

from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("network", "rota", "mdt")


def import_every(word: str) -> None:
    """Import that layer of every subject there is."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).glob(f"*/{word}.py")):
            import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
