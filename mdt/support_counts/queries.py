"""Services and support for looking after oneself: what people were offered, and what they took up."""

from sqlalchemy import select

from mdt.periods.rules import Period
from mdt.reports.queries import counted_for
from mdt.reports.rules import Report, Split, Tally, Unit
from mdt.services.records import Offer, Service
from mdt.services.rules import OfferState, ServiceKind
from network.access.rules import Actor
from network.plumbing.database import db

BECAME = {
    OfferState.TAKEN: "taken up",
    OfferState.FINISHED: "taken up",
    OfferState.DECLINED: "declined",
    OfferState.OFFERED: "not answered yet",
}
KIND = Split("kind", "By kind of support", tuple(each.label for each in ServiceKind), leaves_out_empty=True)


def support_for(viewer: Actor, period: Period) -> Report:
    """Say what people were offered, and what became of it."""
    counted, year = counted_for(viewer), period.whole
    rows = db.session.execute(
        select(Offer.offered_on, Offer.state, Service.kind, Offer.patient_id)
        .join(Offer.service)
        .where(Offer.state.in_(BECAME), Offer.offered_on.between(year.starts_on, year.ends_on))
    )
    units = [
        Unit(offered_on, BECAME[state], {**counted.people[patient_id], "kind": kind.label}, patient_id)
        for offered_on, state, kind, patient_id in rows
        if patient_id in counted.people
    ]
    return Report(
        (
            Tally(
                "support",
                "Is what is offered taken up?",
                "Services and support for looking after oneself that people were offered in this time, by"
                " what had become of it by today. To decline is an answer like any other.",
                ("taken up", "declined", "not answered yet"),
                units,
                (KIND, *counted.splits),
                counted=3,
                nothing="Nothing was offered to anybody in this time.",
            ),
        )
    )
