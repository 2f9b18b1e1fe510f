"""Local services and the support they give: what is asked of an entry, and how an offer goes on. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from network.vocabulary import Discipline, Word

# An entry that nobody has checked for so many months may be wrong.
STALE_AFTER_MONTHS = 6
LONGEST_WORDS = 500
# Who finds and hands out the papers refers nobody.
REFERRERS = tuple(each for each in Discipline if each is not Discipline.ADMINISTRATION)


class ServiceKind(Word):
    """What kind of help it is. The last four are support to look after oneself.

    Source: Universal Personalised Care (NHS England, 2019), supported self-management.
    """

    PRACTICAL = "practical", "Practical help"
    COMPANY = "company", "Company and groups"
    ADVICE = "advice", "Advice and benefits"
    CARERS = "carers", "Support for carers"
    HOME = "home", "Home and equipment"
    HEALTH = "health", "Health service"
    COURSE = "course", "Self-management course"
    PEER_SUPPORT = "peer_support", "Peer support"
    COACHING = "coaching", "Health coaching"
    LEAFLET = "leaflet", "App or leaflet"


SELF_MANAGEMENT = frozenset(
    {ServiceKind.COURSE, ServiceKind.PEER_SUPPORT, ServiceKind.COACHING, ServiceKind.LEAFLET}
)


class OfferState(Word):
    OFFERED = "offered", "Offered"
    TAKEN = "taken", "Taken up"
    DECLINED = "declined", "Declined"
    FINISHED = "finished", "Finished"
    WITHDRAWN = "withdrawn", "Taken back: noted by mistake"


S = OfferState

OFFER_MOVES: dict[OfferState, frozenset[OfferState]] = {
    S.OFFERED: frozenset({S.TAKEN, S.DECLINED, S.WITHDRAWN}),
    S.TAKEN: frozenset({S.FINISHED}),
    # People change their minds.
    S.DECLINED: frozenset({S.TAKEN}),
    S.FINISHED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
RUNNING = frozenset({S.OFFERED, S.TAKEN})
# What the person answers; the offer itself is taken back by whoever noted it.
ANSWERS = (S.TAKEN, S.DECLINED, S.FINISHED)
LONGEST_NOTE = 500


class Helped(Word):
    """What the person says of it in the end."""

    YES = "yes", "It helped"
    PARTLY = "partly", "It helped a little"
    NO = "no", "It did not help"


class Way(Word):
    """How somebody comes to a service."""

    SELF = "self", "They get in touch themselves"
    REFER = "refer", "We refer them"
    HANDED = "handed", "Given to them"


@dataclass(frozen=True)
class Described:
    """A service as its readers need it."""

    name: str
    kind: ServiceKind
    what: str
    provider: str
    for_whom: str = ""
    area: str = ""
    languages: tuple[str, ...] = ()
    access: str = ""
    cost: str = ""
    how_to_refer: str = ""
    referrers: tuple[Discipline, ...] = REFERRERS
    takes_self_referral: bool = False
    phone: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the directory; what is left empty does not narrow it."""

    words: str = ""
    kind: ServiceKind | None = None
    area: str = ""
    language: str = ""
    discipline: Discipline | None = None
    only_self: bool = False
    stale: bool = False


class Entry(Protocol):
    """What a filter looks at."""

    name: str
    kind: ServiceKind
    what: str
    provider: str
    for_whom: str
    area: str
    languages: list[str]
    referrers: list[str]
    takes_self_referral: bool
    checked_on: date


def wrong_with_service(said: Described) -> str:
    """Say what is wrong with an entry, or nothing."""
    if not said.name.strip():
        return "Enter what the service is called."
    if not said.what.strip():
        return "Enter what it does, in one or two sentences."
    if not said.provider.strip():
        return "Enter who runs it."
    if not (said.phone.strip() or said.email.strip() or said.website.strip() or said.how_to_refer.strip()):
        return "Enter a phone number, an email address or a web page, or how to refer: one of them at least."
    if said.website and not said.website.startswith(("https://", "http://")):
        return "Enter the whole address of the web page, beginning with https://."
    if not said.referrers and not said.takes_self_referral:
        return "Say who can refer, or that people can go there by themselves."
    return ""


def is_stale(checked_on: date, today: date) -> bool:
    """Say whether an entry was checked too long ago to be relied on."""
    months = 12 * (today.year - checked_on.year) + today.month - checked_on.month
    return months > STALE_AFTER_MONTHS or (months == STALE_AFTER_MONTHS and today.day > checked_on.day)


def may_refer(referrers: Collection[str], disciplines: Iterable[Discipline]) -> bool:
    """Say whether somebody who speaks for some disciplines can refer to a service."""
    return any(each.value in referrers for each in disciplines)


def ways_to(referrers: Collection[str], takes_self: bool, kind: ServiceKind, may: bool) -> tuple[Way, ...]:
    """Return how somebody can come to a service through one who may refer there, or may not."""
    if kind is ServiceKind.LEAFLET:
        return (Way.HANDED,)
    return ((Way.SELF,) if takes_self else ()) + ((Way.REFER,) if may and referrers else ())


def fits(entry: Entry, wanted: Wanted, today: date) -> bool:
    """Say whether an entry is among what somebody looks for; each word typed must occur somewhere."""
    text = " ".join((entry.name, entry.what, entry.provider, entry.for_whom)).casefold()
    return (
        all(word in text for word in wanted.words.casefold().split())
        and wanted.kind in (None, entry.kind)
        and wanted.area.casefold() in entry.area.casefold()
        and (not wanted.language or wanted.language in entry.languages)
        and (wanted.discipline is None or wanted.discipline.value in entry.referrers)
        and (not wanted.only_self or entry.takes_self_referral)
        and (not wanted.stale or is_stale(entry.checked_on, today))
    )


def wrong_with_answer(before: OfferState, to: OfferState, on: date, offered_on: date, today: date) -> str:
    """Say what is wrong with what a person is said to have answered to an offer, or nothing."""
    if to not in OFFER_MOVES[before]:
        return f"This offer is {before.label.lower()}: it cannot be {to.label.lower()} now."
    if on > today:
        return "Enter a day that is not in the future."
    if on < offered_on:
        return "Enter a day on or after the day of the offer."
    return ""
