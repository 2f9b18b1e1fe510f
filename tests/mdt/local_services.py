"""Local services, offers and navigators, as tests start from them."""

from mdt.cases.records import Case
from mdt.services.records import Navigator, Offer, OfferStep, Service
from mdt.services.rules import REFERRERS, Described, OfferState, ServiceKind, Way
from network.access.rules import Role
from network.plumbing.database import db, today
from tests.cast import Cast
from tests.makers import keep
from tests.mdt.scene import make_case

DESCRIBED = Described(
    name="Lunch club",
    kind=ServiceKind.COMPANY,
    what="A hot lunch and company on Tuesdays.",
    provider="Age Exampleton",
    phone="01632 960111",
    takes_self_referral=True,
)
LIST = """name,provider,kind,what,by_themselves,referrers,phone
Lunch club,Age Exampleton,Company and groups,A hot lunch and company on Tuesdays.,yes,anybody,01632 960111
Low vision drop-in,Sight Exampleton,Practical help,Magnifiers to try.,no,"optometry, social care",01632 960112
"""


def make_service(**changes: object) -> Service:
    service = keep(
        Service(
            **{
                "name": "Lunch club",
                "kind": ServiceKind.COMPANY,
                "what": "A hot lunch and company on Tuesdays.",
                "provider": "Age Exampleton",
                "phone": "01632 960111",
                "takes_self_referral": True,
                "referrers": [each.value for each in REFERRERS],
                "languages": [],
                "checked_on": today(),
                "checked_by": "Nobody",
                **changes,
            }
        )
    )
    db.session.commit()
    return service


def make_offer(
    cast: Cast, answer: OfferState | None = None, case: Case | None = None, **changes: object
) -> Offer:
    """Offer somebody a service without what leads there; with an answer, they have given it."""
    case = case or make_case(cast)
    offer = keep(
        Offer(
            **{
                "patient_id": case.patient_id,
                "case_id": case.id,
                "service_id": changes.pop("service_id", None) or make_service().id,
                "way": Way.SELF,
                "state": answer or OfferState.OFFERED,
                "offered_on": today(),
                "offered_by": cast[Role.CLINICIAN].name,
                "offered_by_id": cast[Role.CLINICIAN].account_id,
                **changes,
            }
        )
    )
    if answer is not None:
        keep(OfferStep(offer_id=offer.id, state=answer, on=today(), noted_by="Nobody"))
    db.session.commit()
    return offer


def make_navigator(case: Case) -> Navigator:
    row = keep(
        Navigator(
            patient_id=case.patient_id,
            name="Joy Helper",
            wished_on=today(),
            starts_on=today(),
            named_by="Nobody",
        )
    )
    db.session.commit()
    return row
