"""The workforce wing's pages, put on the application."""

from flask import Flask

from network.access.rules import Permission
from network.plumbing.pages import Card, MenuEntry, Pages
from rota.demand import routes as demand
from rota.leave import routes as leave


def install(app: Flask, pages: Pages) -> None:
    """Register the workforce wing."""
    pages.add(leave.leave)
    pages.add(demand.demand)
    pages.add_to_menu(
        MenuEntry("Leave", "leave.index", 40, lambda actor: actor.may_somewhere(Permission.SEE_LEAVE))
    )
    pages.add_to_menu(
        MenuEntry("Demand", "demand.index", 50, lambda actor: actor.may_somewhere(Permission.SEE_DEMAND))
    )
    pages.add_card(Card(20, leave.card))
