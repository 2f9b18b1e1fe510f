from dataclasses import replace
from datetime import date, timedelta

import pytest

from mdt.agreements.commands import (
    end_agreement,
    record_agreement,
    resume_agreement,
    take_back_agreement,
)
from mdt.agreements.queries import agreement_of, agreements_for, history_of, uncovered_by_agreements
from mdt.agreements.records import SharingAgreement
from mdt.agreements.rules import (
    AgreementDetails,
    AgreementState,
    state_of,
    wrong_with_agreement,
    wrong_with_end,
)
from mdt.asking.commands import ask_for_contribution
from mdt.meetings.records import Attendance
from network.access.rules import Role
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import Discipline
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.scene import make_case, make_meeting

DAY = date(2026, 3, 2)
SIGNED = AgreementDetails("Box 4", "Dr A. Partner", date(2026, 1, 5), date(2027, 1, 5))
LEAD, COORDINATOR = Role.GOVERNANCE_LEAD, Role.CARE_COORDINATOR


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"signed_by": "  "}, "Enter who signed"),
        ({"signed_by": "x" * 121}, "Shorten who signed"),
        ({"reference": "x" * 121}, "Shorten who signed"),
        ({"signed_on": date(2026, 3, 3)}, "Enter a day of signing that is not"),
        ({"review_on": date(2026, 1, 5)}, "Enter a day of review that comes after"),
        ({"review_on": date(2031, 2, 1)}, "Enter a day of review within 5 years"),
    ],
)
def test_what_is_wrong_with_an_agreement_is_said(changes: dict, said: str) -> None:
    wrong = wrong_with_agreement(replace(SIGNED, **changes), DAY)
    assert wrong.startswith(said) if said else wrong == ""


@pytest.mark.parametrize(
    ("review_on", "ended_on", "state"),
    [
        (None, None, AgreementState.NONE),
        (DAY + timedelta(days=61), None, AgreementState.HOLDS),
        (DAY + timedelta(days=60), None, AgreementState.REVIEW_SOON),
        (DAY, None, AgreementState.REVIEW_SOON),
        (DAY - timedelta(days=1), None, AgreementState.OVERDUE),
        (DAY + timedelta(days=300), DAY, AgreementState.ENDED),
        (DAY + timedelta(days=300), DAY + timedelta(days=1), AgreementState.HOLDS),
    ],
)
def test_how_an_agreement_stands_follows_from_its_days(review_on, ended_on, state) -> None:
    assert state_of(review_on, ended_on, DAY) is state


def test_it_ends_neither_tomorrow_nor_before_it_was_signed() -> None:
    assert wrong_with_end(DAY, DAY + timedelta(days=1), DAY).startswith("Enter a day that is not in the")
    assert wrong_with_end(DAY, DAY - timedelta(days=1), DAY).startswith("Enter a day that is not before")
    assert wrong_with_end(DAY, DAY, DAY) == ""


def signed(cast: Cast, organisation_id, days_ago: int = 30, review_in: int = 335):
    details = AgreementDetails(
        "Box 4", "A Partner", today() - timedelta(days=days_ago), today() + timedelta(days=review_in)
    )
    return record_agreement(cast[LEAD], organisation_id, details)


def test_the_latest_signature_counts_and_every_earlier_one_stays(cast: Cast) -> None:
    assert uncovered_by_agreements([cast.elm.id]) == []
    signed(cast, cast.elm.id, days_ago=400, review_in=-35)
    assert agreement_of(cast[LEAD], cast.elm.id).state is AgreementState.OVERDUE
    # Elsewhere nothing is on record: where any agreement is kept here, that is worth a word.
    oak, elm = uncovered_by_agreements([cast.oak.id, cast.elm.id])[::-1]
    assert (oak, elm.split(":")[0]) == ("Oak Surgery has no sharing agreement on record.", "Elm Surgery")
    latest = signed(cast, cast.elm.id)
    assert agreement_of(cast[COORDINATOR], cast.elm.id).state is AgreementState.HOLDS
    assert uncovered_by_agreements([cast.elm.id]) == []
    assert len(history_of(cast.elm.id)) == 2
    end_agreement(cast[LEAD], latest, today())
    assert "ended on" in uncovered_by_agreements([cast.elm.id])[0]
    with pytest.raises(Refusal, match="ended already"):
        end_agreement(cast[LEAD], latest, today())
    resume_agreement(cast[LEAD], latest)
    assert agreement_of(cast[LEAD], cast.elm.id).state is AgreementState.HOLDS
    with pytest.raises(Refusal, match="has not ended"):
        resume_agreement(cast[LEAD], latest)


def test_a_slip_is_taken_back_on_its_day_alone(cast: Cast) -> None:
    agreement_id = signed(cast, cast.elm.id)
    take_back_agreement(cast[LEAD], agreement_id)
    assert not history_of(cast.elm.id)
    kept = signed(cast, cast.elm.id)
    db.session.get_one(SharingAgreement, kept).recorded_at = now() - timedelta(days=2)
    db.session.commit()
    with pytest.raises(Refusal, match="another day"):
        take_back_agreement(cast[LEAD], kept)


def test_who_answers_for_sharing_records_and_who_coordinates_reads(cast: Cast) -> None:
    assert {seen.organisation.name for seen in agreements_for(cast[COORDINATOR])} == {
        "Elm Surgery",
        "Oak Surgery",
        "Good Neighbours",
    }
    with pytest.raises(NotAllowed):
        record_agreement(cast[COORDINATOR], cast.elm.id, SIGNED)
    with pytest.raises(NotAllowed):
        agreements_for(cast[Role.CLINICIAN])
    with pytest.raises(NotFound):
        record_agreement(cast[LEAD], cast.network.id, SIGNED)
    with pytest.raises(Invalid, match="not in the future"):
        record_agreement(cast[LEAD], cast.elm.id, replace(SIGNED, signed_on=date(2999, 1, 1)))


def test_the_page_keeps_what_was_typed_and_undoes_what_was_recorded(cast: Cast) -> None:
    client, path = client_for(cast, LEAD), f"/sharing/agreements/{cast.elm.id}"
    sent = {"signed_by": "A Partner", "signed_on": "2100-01-01", "review_on": "2100-02-01"}
    wrong = client.post(path, data=sent)
    assert (wrong.status_code, "not in the future" in wrong.text, "A Partner" in wrong.text) == (
        422,
        True,
        True,
    )
    day = today().isoformat()
    made = client.post(
        path, data=sent | {"signed_on": day, "review_on": (today() + timedelta(50)).isoformat()}
    )
    assert made.status_code == 303
    shown = client.get(path).text
    assert "Review soon" in shown
    assert "/take-back" in shown
    assert "Review soon" in client.get("/sharing/agreements").text
    # On the first page of those who can see to it.
    assert "Elm Surgery" in client_for(cast, COORDINATOR).get("/").text


def test_whoever_refers_lists_or_asks_is_told_quietly_and_never_stopped(cast: Cast) -> None:
    said = "Oak Surgery has no sharing agreement on record."
    ask_for_contribution(cast[COORDINATOR], (case := make_case(cast)).id, Discipline.PHARMACY, cast.oak.id)
    meeting = make_meeting(cast)
    keep(
        Attendance(
            meeting_id=meeting.id, name="A Guest", organisation_id=cast.oak.id, discipline=Discipline.PHARMACY
        )
    )
    coordinator = client_for(cast, COORDINATOR)
    pages = (f"/asking/{case.id}", f"/meetings/{meeting.id}/list", "/referrals/new")
    # A network that keeps its papers elsewhere is not told at every step.
    assert not [path for path in pages if "sharing agreement" in coordinator.get(path).text]
    signed(cast, cast.charity.id)
    assert [said in coordinator.get(path).text for path in pages[:2]] == [True, True]
    assert "Elm Surgery has no sharing agreement" in coordinator.get("/referrals/new").text
    signed(cast, cast.elm.id)
    signed(cast, cast.oak.id)
    assert not [path for path in pages if "sharing agreement" in coordinator.get(path).text]
