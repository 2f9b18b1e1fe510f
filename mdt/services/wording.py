"""How services and offers are said and drawn."""

from datetime import date
from typing import NamedTuple, Protocol

from mdt.services.rules import REFERRERS, OfferState, ServiceKind, Way, is_stale
from network.vocabulary import Discipline


class Tag(NamedTuple):
    text: str
    tone: str
    mark: str


TAGS = {
    OfferState.OFFERED: Tag("Offered", "warning", "○"),
    OfferState.TAKEN: Tag("Taken up", "good", "✓"),
    OfferState.DECLINED: Tag("Declined", "plain", "–"),
    OfferState.FINISHED: Tag("Finished", "done", "■"),
    OfferState.WITHDRAWN: Tag("Taken back", "plain", "–"),
}
HOW = {
    Way.SELF: "You get in touch yourself.",
    Way.REFER: "We get in touch with them for you.",
    Way.HANDED: "You have it, to use when you want.",
}


class Reached(Protocol):
    """How people come to a service."""

    kind: ServiceKind
    referrers: list[str]
    takes_self_referral: bool
    phone: str
    email: str
    website: str


def contact_said(service: Reached) -> str:
    """Say in one line how a service is reached."""
    return ", ".join(each for each in (service.phone, service.email, service.website) if each)


def referrers_said(service: Reached) -> str:
    """Say who can refer, or hand it out."""
    names = [Discipline(each).label for each in service.referrers]
    who = "anybody in the team" if len(names) == len(REFERRERS) else ", ".join(names).lower()
    if not names:
        return "People go there by themselves"
    if service.kind is ServiceKind.LEAFLET:
        return f"Given by {who}"
    also = "; people can also go there by themselves" if service.takes_self_referral else ""
    return f"Referral by {who}{also}"


def checked_tag(checked_on: date, ended_on: date | None, today: date) -> Tag:
    """Say whether an entry can be relied on."""
    if ended_on:
        return Tag("Ended", "plain", "■")
    if is_stale(checked_on, today):
        return Tag("Check it first", "warning", "▲")
    return Tag("Checked", "good", "✓")


def state_tag(state: OfferState) -> Tag:
    return TAGS[state]
