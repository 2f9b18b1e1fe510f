"""The ground floor's pages, put on the application."""

from flask import Blueprint, Flask, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, signed_in
from network.plumbing.database import now
from network.plumbing.pages import Pages
from network.plumbing.templating import Furniture, MenuLink

today = Blueprint("today", __name__)


def install(app: Flask, pages: Pages) -> None:
    """Register the ground floor."""
    pages.add(today)


@today.get("/")
@signed_in
def show() -> ResponseReturnValue:
    """Show the one page everybody starts from: what wants doing today."""
    cards = _pages().cards_for(current_actor())
    return render_template("network/today/show.html", cards=cards, today=now().date())


def demo_sign_ins() -> list[str]:
    """Say how one signs in to the demo."""
    return ["Sign in with one click as any kind of user; no password is needed."]


def furniture() -> Furniture:
    """Say what stands around a page for whoever is looking."""
    actor = g.get("actor")
    links = tuple(
        MenuLink(entry.label, url_for(entry.endpoint), (request.endpoint or "").split(".")[0] == entry.endpoint.split(".")[0])
        for entry in _pages().menu_for(actor)
    )
    return Furniture(menu=links, who=actor.name if actor else "")


def _pages() -> Pages:
    pages: Pages = current_app.extensions["pages"]
    return pages
