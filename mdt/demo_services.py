"""The demo's local services: a small directory, and what some people were offered and took up."""

from datetime import timedelta

from sqlalchemy import select

from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.demo_members import Members
from mdt.offering.commands import Named, answer_offer, name_navigator, offer_service
from mdt.services.commands import add_service, suggest_correction
from mdt.services.rules import REFERRERS, Described, Helped, OfferState, ServiceKind, Way
from network.access.rules import Role
from network.plumbing.database import days_ago, db, today
from network.vocabulary import Discipline

K, D = ServiceKind, Discipline
CLUB, FALLS, VISION, EXPERT = (
    "Tuesday lunch club",
    "Steady on your feet",
    "Low vision drop-in",
    "Living well with pain",
)
SERVICES = (
    Described(
        CLUB,
        K.COMPANY,
        "A hot lunch and company every Tuesday, with a minibus.",
        "Good Neighbours",
        "Older people who live alone",
        "Exampleton",
        ("Polish",),
        "Step-free; the minibus takes wheelchairs",
        "£4 a lunch",
        "Ring the day before",
        REFERRERS,
        True,
        "01632 960201",
    ),
    Described(
        FALLS,
        K.COURSE,
        "Twelve weeks of strength and balance exercise in a small group.",
        "Exampleton Leisure",
        "Anybody who has fallen or fears to",
        "Exampleton and Riverside",
        (),
        "Ground floor, chairs for all",
        "Free",
        "Send the form; a place within four weeks",
        (D.GENERAL_PRACTICE, D.NURSING, D.PHYSIOTHERAPY, D.COMMUNITY_NURSING),
        False,
        "01632 960202",
    ),
    Described(
        VISION,
        K.PRACTICAL,
        "Try magnifiers, talking clocks and lamps at home or in the shop.",
        "Sight Exampleton",
        "Anybody who finds it hard to see",
        "The whole county",
        ("Urdu", "BSL"),
        "Home visits",
        "Free to try",
        "Ring, or walk in on Fridays",
        REFERRERS,
        True,
        "01632 960203",
    ),
    Described(
        "Carers' café",
        K.CARERS,
        "Tea, advice and a break for those who care for somebody.",
        "Good Neighbours",
        "Unpaid carers",
        "Riverside",
        (),
        "Somebody sits with the person meanwhile",
        "Free",
        "",
        REFERRERS,
        True,
        "01632 960204",
    ),
    Described(
        EXPERT,
        K.COURSE,
        "Six mornings, led by people who live with pain themselves.",
        "Exampleton College",
        "Adults with long-term pain",
        "Exampleton, and by video",
        (),
        "By bus 7; by video with a helper",
        "Free",
        "",
        REFERRERS,
        True,
        website="https://courses.example.org/pain",
    ),
    Described(
        "Health coach",
        K.COACHING,
        "Up to eight talks about what somebody wants to change, and how.",
        "The network's own team",
        "Adults with a long-term condition",
        "All practices",
        ("Polish", "Urdu"),
        "By phone, or at a practice",
        "Free",
        "Book in the shared diary",
        tuple(REFERRERS),
        False,
        "01632 960205",
    ),
    Described(
        "Welfare benefits advice",
        K.ADVICE,
        "Help to claim attendance allowance and other benefits.",
        "Exampleton Advice",
        "Everybody",
        "The whole county",
        ("Romanian",),
        "By phone or home visit",
        "Free",
        "Ring; a visit within three weeks",
        REFERRERS,
        True,
        "01632 960206",
    ),
    Described(
        "Caring for a dry mouth",
        K.LEAFLET,
        "Two pages in large print: what helps, and when to ask.",
        "The network's dental team",
        "Anybody whose mouth is dry",
        "",
        (),
        "",
        "Free",
        "Printed at every practice",
        REFERRERS,
    ),
)


def offer_services(members: Members) -> None:
    """Fill the directory, and offer some people something from it."""
    ids = {}
    for place, said in enumerate(SERVICES):
        # The last of them nobody has checked for long.
        with days_ago(230 if said.name == "Welfare benefits advice" else 20 + place):
            ids[said.name] = add_service(members.coordinator, said)
    voluntary = members.one(Role.VOLUNTARY_MEMBER)
    suggest_correction(voluntary, ids[VISION], "The drop-in has moved to Thursdays.")
    cases = db.session.scalars(
        select(Case.id).where(Case.state == CaseState.LISTED).order_by(Case.number)
    ).all()
    coordinator = members.coordinator
    with days_ago(40):
        month_ago = today()
    offers = [
        offer_service(coordinator, case_id, ids[name], Way.SELF, hopes=hopes, offered_on=month_ago)
        for case_id, name, hopes in zip(
            cases, (CLUB, EXPERT, VISION), ("To see people again.", "", "To read the post."), strict=False
        )
    ]
    answer_offer(coordinator, offers[0], OfferState.TAKEN, month_ago + timedelta(days=7), "The soup is good.")
    answer_offer(coordinator, offers[1], OfferState.TAKEN, month_ago + timedelta(days=3))
    answer_offer(coordinator, offers[1], OfferState.FINISHED, today(), "I pace myself now.", Helped.YES)
    answer_offer(coordinator, offers[2], OfferState.DECLINED, today(), "Not yet.")
    offer_service(coordinator, cases[0], ids[FALLS], Way.REFER, refer_by=today() + timedelta(days=10))
    name_navigator(coordinator, cases[0], Named(voluntary.name, "Good Neighbours", "01632 960200"), today())
