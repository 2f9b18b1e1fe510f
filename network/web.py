"""The ground floor's pages, put on the application."""

from functools import partial

from flask import Blueprint, Flask, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, signed_in
from network.access.rules import Actor, Permission
from network.accounts.routes import accounts
from network.audit.routes import trail
from network.commandline import audit, backup, keys, network, restore
from network.emails.routes import emails
from network.identities.provider import install_provider
from network.identities.routes import identities
from network.invitations.routes import invitations
from network.organisations.routes import organisations
from network.people.routes import people
from network.plumbing.database import today as day_in_england
from network.plumbing.encryption import install_encryption
from network.plumbing.pages import Card, MenuEntry, Pages
from network.plumbing.rate_limits import install_rate_limits
from network.plumbing.settings import Settings
from network.plumbing.templating import Furniture, MenuLink
from network.signin.presence import install_presence, keeper_of
from network.signin.routes import account, door
from network.signin.security import install_sign_in
from network.sites.routes import sites
from network.upkeep import cards as upkeep

today = Blueprint("today", __name__)

MENU = (
    ("Network", "organisations.index", Permission.SEE_ORGANISATIONS),
    ("Accounts", "accounts.index", Permission.SEE_ACCOUNTS),
    ("Audit", "audit.index", Permission.SEE_AUDIT),
)


def install(app: Flask, pages: Pages) -> None:
    """Register the ground floor."""
    install_encryption(app)
    install_rate_limits(app)
    install_sign_in(app)
    install_presence(app)
    install_provider(app)
    for blueprint in (
        today,
        door,
        account,
        identities,
        emails,
        accounts,
        invitations,
        trail,
        organisations,
        sites,
        people,
    ):
        pages.add(blueprint)
    settings: Settings = app.extensions["settings"]
    if settings.is_demo:
        from network.signin.one_click import install_one_click

        install_one_click(app)
    pages.add_card(Card(0, upkeep.card))
    for group in (audit, keys, network, backup, restore):
        app.cli.add_command(group)
    for order, (word, endpoint, permission) in enumerate(MENU, start=90):
        pages.add_to_menu(
            MenuEntry(word, endpoint, order, partial(Actor.may_somewhere, permission=permission))
        )


@today.get("/")
@signed_in
def show() -> ResponseReturnValue:
    """Show the one page everybody starts from: what wants doing today."""
    cards = _pages().cards_for(current_actor())
    return render_template("network/today/show.html", cards=cards, today=day_in_england())


def demo_sign_ins() -> list[str]:
    """Say who can sign in to the demo."""
    from network.signin.one_click import kinds

    people = [f"  {kind.role.label}: {kind.name}, {kind.place}" for kind in kinds()]
    return ["Its page signs you in with one click, without a password, as:", *people]


def furniture() -> Furniture:
    """Say what stands around a page for whoever is looking."""
    actor = g.get("actor")
    addresses = [(entry.label, url_for(entry.endpoint)) for entry in _pages().menu_for(actor)]
    # Pages below an entry's address belong to it, whichever subject they are of.
    here = max((url for _, url in addresses if request.path.startswith(url)), key=len, default="")
    links = tuple(MenuLink(label, url, url == here) for label, url in addresses)
    if actor is None:
        return Furniture(home_url=url_for("today.show"), strip=strip())
    return Furniture(
        menu=links,
        who=actor.name,
        where=g.workplace.network.short_name if g.workplace.network else "",
        home_url=url_for("today.show"),
        account_url=url_for("account.show"),
        sign_out_url=url_for("security.logout"),
        strip=strip(),
        idle_minutes=g.workplace.rules.idle_minutes,
        left_url=url_for("account.left"),
        stay_url=url_for("account.stay"),
        keeper=keeper_of(actor),
    )


def strip() -> str:
    """Say under every header what nobody must mistake."""
    settings: Settings = current_app.extensions["settings"]
    return "Demo network. Everyone here is invented." if settings.is_demo else ""


def _pages() -> Pages:
    pages: Pages = current_app.extensions["pages"]
    return pages
