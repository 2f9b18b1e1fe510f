"""What the first page says of the installation itself: what is wrong, to those who see to it."""

from flask import render_template

from network.access.rules import Actor
from network.upkeep.queries import broken_for


def card(actor: Actor) -> str:
    """Draw the card of the first page: a trail that does not hold."""
    broken = broken_for(actor)
    return render_template("network/upkeep/_card.html", broken=broken) if broken else ""
