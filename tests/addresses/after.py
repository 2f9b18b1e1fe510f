from mdt.letters.rules import Audience
from tests.addresses import address
from tests.cast import Cast
from tests.mdt.after import make_over, make_signed


@address("signing.show")
def _minutes(cast: Cast):
    return {"meeting_id": make_over(cast).meeting.id}


@address("signing.add")
def _decision(cast: Cast):
    return {"decision_id": make_signed(cast).decision.id}


@address("letters.show", "letters.paper", "letters.hold", "letters.change")
def _letter(cast: Cast):
    return {"letter_id": make_signed(cast).letter().id}


@address("letters.organisation")
def _list_of_organisation(cast: Cast):
    return {"meeting_id": make_signed(cast).meeting.id, "organisation_id": cast.charity.id}


@address("tellings.of_case", "tellings.add")
def _told_case(cast: Cast):
    return {"case_id": make_signed(cast).case.id}


@address("tellings.told")
def _telling(cast: Cast):
    return {"telling_id": make_signed(cast).tellings[Audience.PERSON].id}
