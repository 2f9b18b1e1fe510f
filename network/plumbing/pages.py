"""What each package offers to the whole: blueprints, menu entries and cards for the Today page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, Flask

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Open a page to the world, on purpose; a test holds every route to saying whom it is for."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def unattended(view: View) -> View:
    """Mark a page that browsers ask for by themselves: asking for it does not show that somebody is there."""
    view.is_unattended = True  # type: ignore[attr-defined]
    return view


@dataclass(frozen=True)
class MenuEntry:
    """A word in the main menu; shown to those for whom `shown_to(actor)` holds."""

    label: str
    endpoint: str
    order: int
    shown_to: Callable[[Any], bool]


@dataclass(frozen=True)
class Card:
    """A block of the Today page: `draw(actor)` gives its HTML, or nothing where it has nothing to say."""

    order: int
    draw: Callable[[Any], str]


class Pages:
    """The pages of one application."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._entries: list[MenuEntry] = []
        self._cards: list[Card] = []
        app.extensions["pages"] = self

    def add(self, blueprint: Blueprint) -> None:
        self._app.register_blueprint(blueprint)

    def add_to_menu(self, entry: MenuEntry) -> None:
        self._entries = sorted([*self._entries, entry], key=lambda e: e.order)

    def add_card(self, card: Card) -> None:
        self._cards = sorted([*self._cards, card], key=lambda c: c.order)

    def menu_for(self, actor: Any) -> list[MenuEntry]:
        return [entry for entry in self._entries if actor is not None and entry.shown_to(actor)]

    def cards_for(self, actor: Any) -> list[str]:
        return [html for card in self._cards if (html := card.draw(actor))]
