from tests.addresses import address
from tests.cast import Cast
from tests.makers import make_engagement


@address("people.show", "people.change", "people.engage")
def _person(cast: Cast):
    return {"person_id": make_engagement(cast.elm).person_id}


@address("people.change_post", "people.end_post")
def _post(cast: Cast):
    return {"engagement_id": make_engagement(cast.elm).id}
