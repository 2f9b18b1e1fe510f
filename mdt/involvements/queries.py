"""Who is around a person, drawn from what is known anyhow and from what was added by hand."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from mdt.actions.queries import is_shut_out as is_action_shut_out
from mdt.actions.queries import open_actions_of
from mdt.bookings.queries import every_booking
from mdt.bookings.records import Booking
from mdt.bookings.rules import BookingState
from mdt.cases.records import Case
from mdt.cases.rules import OPEN, CaseState
from mdt.contributions.queries import is_shut_out, latest_of
from mdt.contributions.rules import ContributionState, Visibility
from mdt.involvements.records import Involvement
from mdt.involvements.rules import (
    PURPOSES,
    VISITS,
    Coming,
    Purpose,
    Rhythm,
    Tie,
    TieDetails,
    TieKind,
    in_order,
    merged,
    stands_on,
    told_more,
    visits_named,
)
from mdt.involvements.wording import (
    CARES,
    COORDINATES,
    LEADS,
    LIVES,
    NAVIGATES,
    REGISTERED,
    day_said,
    kind_in,
)
from mdt.patients.records import Patient
from mdt.services.queries import navigator_of
from mdt.sharing.queries import Access, objections_of
from mdt.sharing.records import ObjectionRecord
from mdt.sharing.rules import SPEAKS_FOR
from mdt.story.queries import carers_of, statements_of
from mdt.story.records import Carer
from mdt.story.rules import CarerRole
from network.organisations.records import Organisation
from network.plumbing.database import ENGLAND, db, today
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline

# What a service said longer ago does not tell that it is involved still.
RECENT = timedelta(days=365)
# The key of whoever helps somebody find their way between services.
NAVIGATOR = "navigator"
# They are there to be asked: nobody expects them on a day of the week.
AS_NEEDED = Coming(Rhythm.AS_NEEDED)
Objections = Sequence[ObjectionRecord]


def team_of(patient_id: uuid.UUID) -> tuple[Tie, ...]:
    """Return who is around a person, the closest first, to whoever has been let in to read it.

    What a service marked for named disciplines only is not in it: the person may read this, or a carer.
    """
    patient = db.session.get_one(Patient, patient_id)
    return _team(patient, _cases_of(patient_id), with_sensitive=False)


def team_seen(access: Access) -> tuple[Tie, ...]:
    """Return who is around a person as far as somebody may know: nothing clinical to who is not."""
    cases = [case for case in _cases_of(access.patient.id) if access.knows_of(case.id)]
    team = _team(access.patient, cases, with_sensitive=True)
    return team if access.standing.is_clinical else tuple(_plainly(tie) for tie in team if tie.is_plain)


def find_tie(access: Access, key: str) -> Tie | None:
    """Find somebody around a person by their key."""
    return next((tie for tie in team_seen(access) if tie.key == key), None)


def get_tie(access: Access, tie_id: uuid.UUID) -> Tie:
    """Return somebody around a person by what stands for them in addresses."""
    found = next((tie for tie in team_seen(access) if tie.id == tie_id), None)
    if found is None:
        raise NotFound
    return found


def get_involvement(involvement_id: uuid.UUID, *, is_ended: bool = False) -> Involvement:
    """Return what was said by hand of somebody around a person; whoever calls asks for access."""
    row = db.session.get(Involvement, involvement_id)
    if row is None or (row.ended_on is not None) is not is_ended:
        raise NotFound
    return row


def details_of(row: Involvement) -> TieDetails:
    """Read what was said of somebody by hand."""
    return TieDetails(
        row.kind,
        row.name,
        row.discipline,
        row.purpose,
        row.words,
        Coming(row.rhythm, visits_named(row.visits), row.every_weeks, row.since, row.until),
        row.contact,
        row.is_valued,
        row.source,
    )


def _team(patient: Patient, cases: Sequence[Case], *, with_sensitive: bool) -> tuple[Tie, ...]:
    rows = _said_by_hand(patient.id)
    objections = objections_of([patient.id]).get(patient.id, [])
    drawn = merged(
        [
            *_private(patient.id),
            *_home(patient),
            *_coordination(cases),
            *_contributing(cases, objections, with_sensitive=with_sensitive),
            *_acting(cases, objections),
            *_seeing(cases),
            *_showing_the_way(patient.id),
        ]
    )
    more = {row.about: row for row in rows if row.about}
    known = {tie.key for tie in drawn}
    ties = [_with_more(tie, more.get(tie.key)) for tie in drawn]
    # Whom the data shows no more, but of whom somebody said how often they come, stays until they are ended.
    ties += [_by_hand(row) for row in rows if not row.about or row.about not in known]
    return tuple(in_order(tie for tie in ties if stands_on(tie.coming, today())))


def _plainly(tie: Tie) -> Tie:
    """Leave out what clinicians said more of a service: that it is involved is plain, what for may not be."""
    if tie.is_private or tie.row_id is None:
        return tie
    is_coordinating = tie.purposes == (Purpose.COORDINATION,)
    purposes = tie.purposes if is_coordinating else _purposes([tie.discipline])
    return replace(tie, purposes=purposes, words="", sources=())


def _cases_of(patient_id: uuid.UUID) -> Sequence[Case]:
    return db.session.scalars(
        select(Case)
        .where(Case.patient_id == patient_id, Case.state != CaseState.DRAFT)
        .order_by(Case.number.desc())
    ).all()


def _said_by_hand(patient_id: uuid.UUID) -> Sequence[Involvement]:
    return db.session.scalars(
        select(Involvement)
        .where(Involvement.patient_id == patient_id, Involvement.ended_on.is_(None))
        .options(joinedload(Involvement.organisation))
        .order_by(Involvement.noted_at, Involvement.id)
    ).all()


def _with_more(tie: Tie, row: Involvement | None) -> Tie:
    return tie if row is None else told_more(tie, details_of(row), row.id)


def _by_hand(row: Involvement) -> Tie:
    said = details_of(row)
    by = f"Added by {row.noted_by} on {day_said(row.noted_at.astimezone(ENGLAND).date())}"
    return Tie(
        key=str(row.id),
        kind=said.kind,
        name=said.name or (row.organisation.name if row.organisation else said.kind.label),
        purposes=(said.purpose,) if said.purpose else (),
        words=said.words,
        coming=said.coming,
        discipline=said.discipline,
        organisation_id=row.organisation_id,
        contact=said.contact,
        is_valued=said.is_valued,
        sources=tuple(filter(None, (said.source, by))),
        row_id=row.id,
        is_by_hand=True,
    )


def _private(patient_id: uuid.UUID) -> Iterator[Tie]:
    """Yield who cares, and who spoke for the person and says in what they call themselves who they are."""
    carers = [carer for carer in carers_of(patient_id) if carer.role is not CarerRole.NOT_INVOLVED]
    for carer in carers:
        yield Tie(f"carer:{carer.id}", TieKind.CARER, carer.name, words=carer.relation, sources=(CARES,))
    spoken: set[str] = set()
    for statement in statements_of(patient_id):
        called = statement.said_by.casefold()
        kind = kind_in(called)
        if kind is None or called in spoken or any(_is_of(carer, called) for carer in carers):
            continue
        spoken.add(called)
        source = f"Spoke with {statement.heard_by} on {day_said(statement.heard_on)}"
        yield Tie(f"statement:{statement.id}", kind, statement.said_by, sources=(source,))


def _is_of(carer: Carer, called: str) -> bool:
    said = set(called.replace(",", " ").split())
    names = set(carer.name.casefold().split()) | set(carer.relation.casefold().split())
    return bool(said & names)


def _home(patient: Patient) -> Iterator[Tie]:
    if patient.practice is not None:
        practice = _of_organisation(patient.practice, Discipline.GENERAL_PRACTICE, REGISTERED)
        yield replace(practice, coming=AS_NEEDED)
    if patient.care_home:
        purposes = (Purpose.LIVING, Purpose.PERSONAL_CARE)
        always = Coming(Rhythm.WEEKLY, frozenset(VISITS.values()))
        yield Tie("care_home", TieKind.SERVICE, patient.care_home, purposes, coming=always, sources=(LIVES,))


def _to_be_asked(
    key: str, name: str, source: str, words: str = "", contact: str = "", purposes: tuple[Purpose, ...] = ()
) -> Tie:
    return Tie(
        key, TieKind.PROFESSIONAL, name, purposes, words, AS_NEEDED, contact=contact, sources=(source,)
    )


def _coordination(cases: Sequence[Case]) -> Iterator[Tie]:
    for case in cases:
        if case.state not in OPEN:
            continue
        if case.coordinator:
            key = f"coordinator:{case.coordinator_id or case.id}"
            yield _to_be_asked(key, case.coordinator, COORDINATES, purposes=(Purpose.COORDINATION,))
        if case.lead and case.lead_id != case.coordinator_id:
            yield _to_be_asked(f"lead:{case.lead_id or case.id}", case.lead, LEADS, "Lead clinician")


def _showing_the_way(patient_id: uuid.UUID) -> Iterator[Tie]:
    if found := navigator_of(patient_id):
        yield _to_be_asked(NAVIGATOR, found.name, NAVIGATES, found.organisation, found.phone)


def _contributing(cases: Sequence[Case], objections: Objections, *, with_sensitive: bool) -> Iterator[Tie]:
    since = today() - RECENT
    for row in latest_of([case.id for case in cases]):
        if row.state is not ContributionState.GIVEN or row.given_at is None or is_shut_out(row, objections):
            continue
        on = row.given_at.astimezone(ENGLAND).date()
        if on < since or (row.visibility is Visibility.NAMED and not with_sensitive):
            continue
        yield _of_organisation(row.organisation, row.discipline, f"Contributed on {day_said(on)}")


def _acting(cases: Sequence[Case], objections: Objections) -> Iterator[Tie]:
    coordinators = {case.coordinator_id for case in cases if case.coordinator_id}
    for rows in open_actions_of([case.id for case in cases]).values():
        for row in rows:
            organisation = row.organisation
            if organisation is None or row.owner_id in coordinators:
                continue
            discipline = row.discipline or SPEAKS_FOR.get(organisation.kind)
            if not is_action_shut_out(organisation.id, discipline, objections):
                yield _of_organisation(organisation, discipline, f"Has an action due {day_said(row.due_on)}")


def _seeing(cases: Sequence[Case]) -> Iterator[Tie]:
    """Yield the clinics in which the person has a place to come."""
    wanted = (
        Booking.case_id.in_([case.id for case in cases]),
        Booking.state == BookingState.PLANNED,
        Booking.day >= today(),
    )
    for row in db.session.scalars(every_booking().where(*wanted).order_by(Booking.day)):
        coming = Coming(Rhythm.ONCE, until=row.day)
        source = f"A place is planned{f' at {row.site}' if row.site else ''}"
        yield Tie(f"place:{row.id}", TieKind.SERVICE, row.clinic, coming=coming, sources=(source,))


def _of_organisation(organisation: Organisation, discipline: Discipline | None, source: str) -> Tie:
    return Tie(
        key=f"organisation:{organisation.id}:{discipline.value if discipline else ''}",
        kind=TieKind.GROUP if discipline is Discipline.VOLUNTARY else TieKind.SERVICE,
        name=organisation.name,
        purposes=_purposes([discipline]),
        discipline=discipline,
        organisation_id=organisation.id,
        sources=(source,),
    )


def _purposes(disciplines: Iterable[Discipline | None]) -> tuple[Purpose, ...]:
    return tuple(PURPOSES[each] for each in disciplines if each in PURPOSES)
