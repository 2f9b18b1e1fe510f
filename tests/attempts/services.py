from mdt.offering import commands as offering
from mdt.offering.commands import Named
from mdt.service_lists import commands as lists
from mdt.services import commands as services
from mdt.services.records import ServiceFile, Suggestion
from mdt.services.rules import OfferState, Way
from network.access.rules import Role
from network.plumbing.database import db, today
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import keep
from tests.mdt.local_services import DESCRIBED, LIST, make_navigator, make_offer, make_service
from tests.mdt.scene import make_case

COORDINATOR, CLINICIAN = Role.CARE_COORDINATOR, Role.CLINICIAN


def waiting_file(cast: Cast) -> ServiceFile:
    """A list that the cast's coordinator uploaded."""
    own = cast[COORDINATOR].account_id
    file = keep(ServiceFile(account_id=own, name="services.csv", content=LIST.encode()))
    db.session.commit()
    return file


def waiting_suggestion() -> Suggestion:
    """Something that somebody says is wrong."""
    row = keep(Suggestion(service_id=make_service().id, words="They moved.", made_by="Somebody"))
    db.session.commit()
    return row


@attempt(services.add_service)
def _add_service(cast: Cast):
    return by(cast[COORDINATOR], DESCRIBED)


@attempt(services.change_service)
def _change_service(cast: Cast):
    return by(cast[COORDINATOR], make_service().id, DESCRIBED, None, seen=1)


@attempt(services.check_service)
def _check_service(cast: Cast):
    return by(cast[COORDINATOR], make_service().id)


@attempt(services.end_service)
def _end_service(cast: Cast):
    return by(cast[COORDINATOR], make_service().id)


@attempt(services.restore_service)
def _restore_service(cast: Cast):
    return by(cast[COORDINATOR], make_service(ended_on=today()).id)


@attempt(services.suggest_correction)
def _suggest_correction(cast: Cast):
    return by(cast[CLINICIAN], make_service().id, "They moved.")


@attempt(services.answer_suggestion)
def _answer_suggestion(cast: Cast):
    return by(cast[COORDINATOR], waiting_suggestion().id)


@attempt(lists.upload_services)
def _upload_services(cast: Cast):
    return by(cast[COORDINATOR], "services.csv", LIST.encode())


@attempt(lists.take_in_services)
def _take_in_services(cast: Cast):
    return by(cast[COORDINATOR], waiting_file(cast).id)


@attempt(lists.discard_services)
def _discard_services(cast: Cast):
    return by(cast[COORDINATOR], waiting_file(cast).id)


@attempt(offering.offer_service)
def _offer_service(cast: Cast):
    return by(cast[CLINICIAN], make_case(cast).id, make_service().id, Way.SELF)


@attempt(offering.answer_offer)
def _answer_offer(cast: Cast):
    return by(cast[CLINICIAN], make_offer(cast).id, OfferState.TAKEN, today())


@attempt(offering.take_back_answer)
def _take_back_answer(cast: Cast):
    return by(cast[CLINICIAN], make_offer(cast, OfferState.TAKEN).id)


@attempt(offering.withdraw_offer)
def _withdraw_offer(cast: Cast):
    return by(cast[CLINICIAN], make_offer(cast).id)


@attempt(offering.name_navigator)
def _name_navigator(cast: Cast):
    return by(cast[CLINICIAN], make_case(cast).id, Named("Joy Helper"), today())


@attempt(offering.end_navigator)
def _end_navigator(cast: Cast):
    return by(cast[CLINICIAN], make_navigator(make_case(cast)).id)
