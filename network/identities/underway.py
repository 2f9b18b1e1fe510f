"""What a browser carries in its cookie while its user is at the provider."""

import time
from dataclasses import asdict, dataclass

from flask import session

from network.accounts.rules import Identity
from network.identities.rules import WAY_HOLDS, Purpose

WAY, SHOWN = "way", "shown"
# By which name the library knows the provider, and what it keeps in the cookie for each way there.
CLIENT = "provider"
STATES = f"_state_{CLIENT}_"


@dataclass(frozen=True)
class Way:
    """Why somebody went to the provider, and where they go on afterwards."""

    purpose: Purpose
    next_page: str = ""
    # The secret of an invitation, which this browser knows already.
    secret: str = ""
    begun_at: float = 0.0


def set_out(purpose: Purpose, next_page: str = "", secret: str = "") -> None:
    """Remember why somebody is sent to the provider; a way set out on before is given up."""
    # A cookie that grew with each way given up would soon be refused by browsers, and with it every sign-in.
    for name in [each for each in session if each.startswith(STATES)]:
        session.pop(name)
    session[WAY] = asdict(Way(purpose, next_page, secret, time.time()))


def way_back() -> Way | None:
    """Say why somebody was sent to the provider, once, and not too late."""
    return _read(session.pop(WAY, None))


def keep_shown(identity: Identity, way: Way) -> None:
    """Keep an identity until its owner has said what it is for."""
    session[SHOWN] = {"issuer": identity.issuer, "subject": identity.subject, "way": asdict(way)}


def shown(purpose: Purpose) -> tuple[Identity, Way] | None:
    """Return the identity that was shown for a purpose, if it is still waiting."""
    held = session.get(SHOWN)
    way = _read(held["way"]) if held else None
    if held is None or way is None or way.purpose is not purpose:
        return None
    return Identity(held["issuer"], held["subject"]), way


def forget_shown() -> None:
    session.pop(SHOWN, None)


def _read(kept: dict[str, str] | None) -> Way | None:
    if not kept:
        return None
    way = Way(Purpose(kept["purpose"]), kept["next_page"], kept["secret"], float(kept["begun_at"]))
    return way if time.time() - way.begun_at <= WAY_HOLDS.total_seconds() else None
