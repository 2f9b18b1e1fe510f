import uuid
from datetime import date, timedelta

from network.vocabulary import RoleGroup, SessionKind
from rota.clinic_plans.rules import Figures, Proposal, Sitting, pattern_of, places_after, sessions_wanted
from rota.clinic_series.rules import Place

MONDAY = date(2026, 12, 7)
ELM, OAK = uuid.UUID(int=1), uuid.UUID(int=2)
FIGURES = Figures(5, 9, 1, 6, 12)


def sitting(site: uuid.UUID, days: int, kind: SessionKind = SessionKind.MORNING) -> Sitting:
    people = {RoleGroup.GP: (uuid.UUID(int=7),)}
    return Sitting(Place(site, MONDAY + timedelta(days), kind), people, {uuid.UUID(int=9): 3}, asked=2)


def test_a_proposal_is_kept_and_read_again_as_it_was() -> None:
    proposal = Proposal("Most people seen", (sitting(ELM, 1), sitting(OAK, 8)), FIGURES)
    assert Proposal.of(proposal.kept) == proposal
    assert proposal.figures.left == 4


def test_a_series_goes_on_as_most_of_its_clinics_are() -> None:
    proposal = Proposal("", (sitting(OAK, 0), sitting(ELM, 8), sitting(ELM, 15)), FIGURES)
    pattern = pattern_of(proposal, 1, MONDAY + timedelta(40))
    assert (proposal.usual.site_id, pattern.weekday, pattern.starts_on) == (ELM, 1, MONDAY + timedelta(8))
    later = places_after(proposal, pattern, MONDAY + timedelta(20))
    assert [(place.day - MONDAY).days for place in later] == [22, 29, 36]
    assert {place.site_id for place in later} == {ELM}


def test_weeks_hold_as_many_clinics_as_they_have_room_for_and_at_least_one() -> None:
    four = MONDAY + timedelta(27)
    assert [sessions_wanted(MONDAY, four, every) for every in (1, 2, 4, 8)] == [4, 2, 1, 1]
    assert sessions_wanted(MONDAY, MONDAY + timedelta(2), 4) == 1
