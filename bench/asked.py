"""What benches are asked for on the command line, refused in a sentence before anything takes time."""

from argparse import ArgumentTypeError
from math import isfinite
from pathlib import Path


def some_seconds(text: str) -> float:
    """Read how long a solve may take."""
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not isfinite(found) or found <= 0:
        raise ArgumentTypeError(f"A solve needs some time: give more than 0 seconds, not {text}.")
    return found


def some_workers(text: str) -> int:
    """Read how many may search at a time."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"A solve needs a worker: give 1 or more, not {text}.")
    return int(text)


def new_file(text: str) -> Path:
    """Read where to write a file: its folder is there, or what took minutes would be lost in the end."""
    found = Path(text)
    if found.is_dir() or not found.parent.is_dir():
        raise ArgumentTypeError(f"{found} cannot be written: name a file in a folder that is there.")
    return found
