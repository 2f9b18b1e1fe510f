"""Schemes, who claims under them, what people tell of their preparation, and the file for a claim."""

import uuid
from datetime import date

from sqlalchemy import select

from mdt.effort.queries import (
    as_claim,
    claims,
    effort_for,
    find_preparation,
    get_claimant,
    get_scheme,
    own_attendance,
)
from mdt.effort.records import EffortScheme, Preparation, SchemeClaimant
from mdt.effort.rules import (
    Claim,
    SchemeDetails,
    overlapping,
    wrong_with_end,
    wrong_with_minutes,
    wrong_with_scheme,
)
from mdt.effort.wording import HEADINGS, claim_lines
from mdt.periods.rules import Period
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_organisation_for, network_of
from network.plumbing.comma_separated import write_comma_separated
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid, Refusal
from network.vocabulary import Discipline

EDIT = Permission.EDIT_FUNDING


@command
def add_scheme(actor: Actor, details: SchemeDetails) -> uuid.UUID:
    """Add a scheme under which time can be claimed."""
    require(actor.may(EDIT))
    if wrong := wrong_with_scheme(details):
        raise Invalid(wrong)
    code = details.code.strip()
    if db.session.scalar(select(EffortScheme.id).where(EffortScheme.code == code)):
        raise Invalid(f"There is a scheme {code} already: choose another code.")
    scheme = EffortScheme(
        code=code,
        name=details.name.strip(),
        payer=details.payer.strip(),
        pays_preparation=details.pays_preparation,
        starts_on=details.starts_on,
    )
    db.session.add(scheme)
    db.session.flush()
    record(actor, "add_scheme", "effort_scheme", scheme.id)
    return scheme.id


@command
def end_scheme(actor: Actor, scheme_id: uuid.UUID, ends_on: date | None) -> None:
    """Let a scheme end on a day, or go on."""
    require(actor.may(EDIT))
    scheme = get_scheme(scheme_id)
    if ends_on and (wrong := wrong_with_end(scheme.starts_on, ends_on)):
        raise Invalid(wrong)
    scheme.ends_on = ends_on
    # Claims under it last as long as the scheme: to let it go on may bring one back over another.
    for each in scheme.claimants:
        if there := overlapping([as_claim(other) for other in _others(each)], as_claim(each)):
            name = each.organisation.short_name
            raise Refusal(f"Time of {name} is claimed under {there.scheme} by then: choose an earlier day.")
    record(actor, "end_scheme", "effort_scheme", scheme.id, ends_on=ends_on.isoformat() if ends_on else None)


@command
def add_claimant(
    actor: Actor,
    scheme_id: uuid.UUID,
    organisation_id: uuid.UUID,
    discipline: Discipline | None,
    starts_on: date,
) -> uuid.UUID:
    """Let an organisation's time be claimed under a scheme, all of it or that of one discipline."""
    require(actor.may(EDIT))
    scheme = get_scheme(scheme_id)
    organisation = get_organisation_for(actor, organisation_id)
    if starts_on < scheme.starts_on or (scheme.ends_on and starts_on > scheme.ends_on):
        raise Invalid("Enter a first day on which the scheme holds.")
    wanted = Claim(organisation.id, discipline, starts_on, scheme.ends_on)
    if there := overlapping(claims(), wanted):
        raise Refusal(
            f"This time of {organisation.short_name} is claimed under {there.scheme} already. End that first:"
            " no minute is claimed twice."
        )
    claimant = SchemeClaimant(
        scheme_id=scheme.id, organisation_id=organisation.id, discipline=discipline, starts_on=starts_on
    )
    db.session.add(claimant)
    db.session.flush()
    record(actor, "add_claimant", "effort_scheme", scheme.id, organisation=str(organisation.id))
    return claimant.id


@command
def end_claimant(actor: Actor, claimant_id: uuid.UUID, ends_on: date) -> None:
    """Let an organisation's time be claimed under a scheme until a day."""
    require(actor.may(EDIT))
    claimant = get_claimant(claimant_id)
    if wrong := wrong_with_end(claimant.starts_on, ends_on):
        raise Invalid(wrong)
    others = [as_claim(each) for each in _others(claimant)]
    longer = Claim(claimant.organisation_id, claimant.discipline, claimant.starts_on, ends_on)
    if there := overlapping(others, longer):
        raise Refusal(f"From then on the time is claimed under {there.scheme}: choose an earlier day.")
    claimant.ends_on = ends_on
    record(actor, "end_claimant", "effort_scheme", claimant.scheme_id, ends_on=ends_on.isoformat())


@command
def tell_preparation(actor: Actor, meeting_id: uuid.UUID, minutes: int) -> None:
    """Say how long one prepared for a meeting that one was expected at."""
    attendance = own_attendance(actor, meeting_id)
    if wrong := wrong_with_minutes(minutes):
        raise Invalid(wrong)
    found = find_preparation(actor, meeting_id)
    if found is None:
        found = Preparation(meeting_id=meeting_id, account_id=actor.account_id)
        db.session.add(found)
    found.organisation_id, found.discipline = attendance.organisation_id, attendance.discipline
    found.minutes, found.told_at = minutes, now()
    record(actor, "tell_preparation", "meeting", meeting_id, minutes=minutes)


@command
def export_effort(actor: Actor, period: Period) -> bytes:
    """Give the effort of a period as comma-separated text, as evidence for claims."""
    effort = effort_for(actor, period)
    record(actor, "export_effort", "network", network_of(actor), period=period.value, lines=len(effort.lines))
    return write_comma_separated(HEADINGS, claim_lines(effort.period.name, effort.lines))


def _others(claimant: SchemeClaimant) -> list[SchemeClaimant]:
    rows = select(SchemeClaimant).where(
        SchemeClaimant.organisation_id == claimant.organisation_id, SchemeClaimant.id != claimant.id
    )
    return list(db.session.scalars(rows))
