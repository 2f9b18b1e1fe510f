"""One attempt for each command: who may do it, and with what. None may be missing."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from network.access.rules import Actor
from tests.cast import Cast


@dataclass(frozen=True)
class Call:
    """A command's actor, who may do it, and what follows."""

    actor: Actor
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


@dataclass(frozen=True)
class Attempt:
    """How a command is tried.

    `own`: it is about the actor alone, so there is no stranger to it.
    `anywhere`: it is about the actor's own network, so managers of other networks do it in theirs.
    """

    make: Callable[[Cast], Call]
    own: bool
    anywhere: bool


ATTEMPTS: dict[str, Attempt] = {}


def by(actor: Actor, *args: Any, **kwargs: Any) -> Call:
    return Call(actor, args, kwargs)


def attempt(
    command: Callable[..., object], *, own: bool = False, anywhere: bool = False
) -> Callable[..., Callable[[Cast], Call]]:
    """Say how a command is tried: the function makes what it needs in the cast's network."""

    def register(make: Callable[[Cast], Call]) -> Callable[[Cast], Call]:
        ATTEMPTS[f"{command.__module__}.{command.__qualname__}"] = Attempt(make, own, anywhere)
        return make

    return register


def import_attempts() -> None:
    """Import every file beside this one, each named after its subject."""
    for file in sorted(Path(__file__).parent.glob("[!_]*.py")):
        import_module(f"tests.attempts.{file.stem}")
