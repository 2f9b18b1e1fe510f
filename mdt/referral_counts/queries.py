"""Who is referred, and who is taken on: by practice, deprivation, ethnicity and who referred them."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.periods.rules import Period
from mdt.reports.queries import counted_for
from mdt.reports.rules import Report, Split, Tally, Unit
from network.access.rules import Actor
from network.organisations.records import Organisation
from network.plumbing.database import ENGLAND, db
from network.vocabulary import OrganisationKind

TAKEN_ON, ELSEWHERE, WAITING = "taken on", "declined or sent elsewhere", "waiting or withdrawn"
BECAME = {
    CaseState.SUBMITTED: WAITING,
    CaseState.RETURNED: WAITING,
    CaseState.WITHDRAWN: WAITING,
    CaseState.REDIRECTED: ELSEWHERE,
    CaseState.DECLINED: ELSEWHERE,
}
BY_REFERRER = Split(
    "referrer", "By who referred", tuple(each.label for each in OrganisationKind), leaves_out_empty=True
)


def referrals_for(viewer: Actor, period: Period) -> Report:
    """Count the referrals, and what became of each."""
    counted = counted_for(viewer)
    referrer = aliased(Organisation)
    rows = db.session.execute(
        select(Case.submitted_at, Case.state, Case.patient_id, referrer.kind)
        .join(referrer, Case.organisation_id == referrer.id)
        .where(Case.state != CaseState.DRAFT, Case.submitted_at.is_not(None))
    )
    units = [
        Unit(
            submitted_at.astimezone(ENGLAND).date(),
            BECAME.get(state, TAKEN_ON),
            {**counted.people[patient_id], "referrer": kind.label},
            patient_id,
        )
        for submitted_at, state, patient_id, kind in rows
        if submitted_at and patient_id in counted.people
    ]
    return Report(
        (
            Tally(
                "referrals",
                "Who is referred, and who is taken on?",
                "Referrals sent in this time, and what has become of each by today. For a practice: also how"
                " many for each 1,000 people on its list.",
                (TAKEN_ON, ELSEWHERE, WAITING),
                units,
                (*counted.splits, BY_REFERRER),
                counted=3,
                nothing="Nobody was referred in this time.",
            ),
        )
    )
