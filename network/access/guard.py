"""Every page says whom it is for: `@guarded(permission)`, `@signed_in` or `@public` (plumbing.pages)."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g

from network.access.rules import Actor, Permission
from network.plumbing.refusals import NotAllowed, NotFound, Refusal

P = ParamSpec("P")
R = TypeVar("R")


class SignInNeeded(Refusal):
    status = 401

    def __init__(self) -> None:
        super().__init__("Sign in to see this page.")


def current_actor() -> Actor:
    """Return who asks; refuse where nobody is signed in."""
    actor: Actor | None = g.get("actor")
    if actor is None:
        raise SignInNeeded
    return actor


def guarded(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Open the page to those who hold the permission somewhere; what they see is the query's business."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded_view(*args: P.args, **kwargs: P.kwargs) -> R:
            if not current_actor().may_somewhere(permission):
                raise NotAllowed
            return view(*args, **kwargs)

        guarded_view.guard = permission  # type: ignore[attr-defined]
        return guarded_view

    return guard


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Open the page to everyone who is signed in."""

    @wraps(view)
    def guarded_view(*args: P.args, **kwargs: P.kwargs) -> R:
        current_actor()
        return view(*args, **kwargs)

    guarded_view.guard = "signed in"  # type: ignore[attr-defined]
    return guarded_view


def require(allowed: bool, *, seen: bool = True) -> None:
    """Refuse what is not allowed: 403 to those who may know that it exists, 404 to all others."""
    if not allowed:
        raise NotAllowed if seen else NotFound
