"""Nothing of the person crosses to the rota: into no table of it, its part of the trail, or a job."""

from sqlalchemy import select, text

from mdt.bookings.records import Booking
from mdt.keeping.queries import holding_of
from mdt.places.commands import notice_changes
from network.access.rules import SYSTEM, Role
from network.audit.records import AuditEntry
from network.plumbing.database import db
from rota import diary
from rota.clinic_board.commands import close_clinic
from tests.cast import Cast
from tests.mdt.after import CLINICIAN
from tests.mdt.clinics import hold, make_asked
from tests.mdt.scene import expect, make_item, make_meeting
from tests.rota.scene import join_rota
from tests.whole import import_every

import_every("records")


def everything_in(package: str) -> dict[str, str]:
    """Read all rows of a wing's tables, each table as one text."""
    tables = [
        mapper.local_table
        for mapper in db.Model.registry.mappers
        if mapper.class_.__module__.startswith(f"{package}.")
    ]
    return {table.name: str(db.session.execute(select(table)).all()) for table in tables}


def test_the_rota_keeps_nothing_of_whoever_a_place_is_for(cast: Cast) -> None:
    booked = make_asked(cast, step_free=True, unsuitable=["Friday afternoon"])
    clinic_id = hold(cast, booked.clinic_type_id)
    notice_changes(SYSTEM)
    meeting = make_meeting(cast)
    make_item(meeting, booked.case)
    join_rota(cast, CLINICIAN)
    expect(cast, meeting, CLINICIAN)
    diary.hold(SYSTEM, holding_of(meeting))
    close_clinic(cast[Role.CLINIC_LEAD], clinic_id, "The dentist is away")
    notice_changes(SYSTEM)
    patient, case, booking = booked.case.patient, booked.case, booked.booking
    ids = (patient.id, case.id, booking.id, booking.item_id, booking.decision_id, booking.telling_id)
    secrets = [patient.family_name, patient.given_name, patient.address, patient.phone, case.ref]
    secrets += [str(each) for each in ids if each] + [booked.over.decision.words]
    told = everything_in("rota")
    assert str(booking.token) in told["asked_place"]
    assert not [(name, each) for name, text in told.items() for each in secrets if each and each in text]
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.about_kind.in_(told))).all()
    assert {"clinic_type", "clinic_session", "hold"} <= {each.about_kind for each in entries}
    # Beside what is kept of the case in the same moment, a token there would say whose it is.
    assert not [each for each in entries if str(booking.token) in f"{each.about_id} {each.details}"]
    jobs = str(db.session.execute(text("select task_name, args from jobs.procrastinate_jobs")).all())
    assert not [each for each in secrets if each and each in jobs]
    words = [f"{each.verb} {each.about_id} {each.details}" for each in entries]
    assert not [(entry, each) for entry in words for each in secrets if each and each in entry]


def test_whoever_reads_the_meetings_tables_alone_cannot_join_them_to_the_rotas(cast: Cast) -> None:
    booked = make_asked(cast)
    token = str(booked.booking.token)
    raw = db.session.connection().exec_driver_sql("select * from booking").mappings().one()
    rows = str(db.session.connection().exec_driver_sql("select * from asked_place").mappings().all())
    assert token in rows
    assert not [name for name, value in raw.items() if token in str(value)]
    theirs = [str(value) for name, value in raw.items() if name.endswith("id") and value]
    # What both know is no person's: the kind of clinic, the site near which they live, the network.
    shared = {str(raw["clinic_type_id"]), str(raw["home_site_id"]), str(raw["network_id"])}
    assert not [each for each in theirs if each in rows and each not in shared]
    assert db.session.scalars(select(Booking).where(Booking.token_index == token)).one() is booked.booking
