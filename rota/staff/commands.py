"""Planning people: who is on the rota, when they work, what they may do and who pays."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_site_for
from network.people.queries import get_engagement_for, may_engage
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotFound, Refusal
from network.vocabulary import FundingStream, JobRole
from rota.staff.queries import competencies, find_member_of, get_member_to_change
from rota.staff.records import (
    Credential,
    FundingSplit,
    HeldCompetency,
    PatternCell,
    RotaMember,
    SiteInduction,
    SupervisionApproval,
    WorkingPattern,
)
from rota.staff.rules import (
    Choices,
    CredentialKind,
    Planning,
    wrong_with_credential,
    wrong_with_pattern,
    wrong_with_planning,
    wrong_with_split,
    wrong_with_supervision,
)

A_DAY = timedelta(1)

Row = TypeVar("Row")


@command
def add_member(actor: Actor, engagement_id: uuid.UUID, *, planning: Planning) -> uuid.UUID:
    """Put a post on the network's rota."""
    engagement = get_engagement_for(actor, engagement_id)
    require(may_engage(actor, engagement.employer_id, engagement.role))
    if find_member_of(engagement.id):
        raise Refusal(f"{engagement.person.name} is on the rota with this post already.")
    member = RotaMember(engagement=engagement)
    _plan(actor, member, planning)
    db.session.add(member)
    db.session.flush()
    record(actor, "add_member", "rota_member", member.id, engagement=str(engagement.id))
    return member.id


@command
def change_member(actor: Actor, member_id: uuid.UUID, planning: Planning) -> None:
    """Change how a post is planned."""
    member = _member_to_edit(actor, member_id)
    _plan(actor, member, planning)
    record(actor, "change_member", "rota_member", member.id)


@command
def end_planning(actor: Actor, member_id: uuid.UUID, *, planned_until: date) -> None:
    """Set the last day on which a member is planned."""
    member = _member_to_edit(actor, member_id)
    if planned_until < member.planned_from:
        raise Invalid("Enter a last day on or after the first day.")
    member.planned_until = planned_until
    record(actor, "end_planning", "rota_member", member.id, planned_until=planned_until.isoformat())


@command
def resume_planning(actor: Actor, member_id: uuid.UUID) -> None:
    """Take back the last day on which a member is planned."""
    member = _member_to_edit(actor, member_id)
    member.planned_until = None
    record(actor, "resume_planning", "rota_member", member.id)


@command
def set_working_pattern(
    actor: Actor, member_id: uuid.UUID, choices: Choices, *, starts_on: date, cycle_weeks: int = 1
) -> uuid.UUID:
    """Set the pattern that holds from a day on, up to the next one; one from the same day is replaced."""
    member = _member_to_edit(actor, member_id)
    wrong = wrong_with_pattern(cycle_weeks, choices)
    if wrong:
        raise Invalid(" ".join(dict.fromkeys(wrong.values())))
    for same in [pattern for pattern in member.patterns if pattern.starts_on == starts_on]:
        member.patterns.remove(same)
    pattern = WorkingPattern(starts_on=starts_on, cycle_weeks=cycle_weeks, ends_on=_fit(member, starts_on))
    pattern.cells = [
        PatternCell(**slot._asdict(), availability=choice.availability, activity=choice.activity)
        for slot, choice in choices.items()
    ]
    member.patterns.append(pattern)
    db.session.flush()
    record(actor, "set_working_pattern", "rota_member", member.id, starts_on=starts_on.isoformat())
    return pattern.id


@command
def remove_working_pattern(actor: Actor, member_id: uuid.UUID, pattern_id: uuid.UUID) -> None:
    """Remove a pattern; the one before it goes on in its place."""
    member = _member_to_edit(actor, member_id)
    removed = next((pattern for pattern in member.patterns if pattern.id == pattern_id), None)
    if removed is None:
        raise NotFound
    for before in member.patterns:
        if before.ends_on == removed.starts_on - A_DAY:
            before.ends_on = removed.ends_on
    member.patterns.remove(removed)
    record(actor, "remove_working_pattern", "rota_member", member.id, starts_on=removed.starts_on.isoformat())


@command
def sign_off_competency(
    actor: Actor,
    member_id: uuid.UUID,
    code: str,
    *,
    signed_off_on: date | None = None,
    signed_off_by: str = "",
) -> None:
    """Sign off a competency, or renew the sign-off of one that is held."""
    member = _member_to_sign_off(actor, member_id)
    competency, role = competencies().get(code), member.engagement.role
    if competency is None:
        raise Invalid("Choose a competency from the list.")
    if role not in competency.roles:
        raise Invalid(f"Choose another competency: {competency.label} is not for a {role.label}.")
    held = next((held for held in member.competencies if held.code == code), None)
    if held is None:
        held = HeldCompetency(code=code)
        member.competencies.append(held)
    held.signed_off_on = _not_ahead(signed_off_on)
    held.signed_off_by = signed_off_by or actor.name
    record(actor, "sign_off_competency", "rota_member", member.id, code=code)


@command
def withdraw_competency(actor: Actor, member_id: uuid.UUID, code: str) -> None:
    """Take back the sign-off of a competency."""
    member = _member_to_sign_off(actor, member_id)
    _take_from(member.competencies, lambda held: held.code == code)
    record(actor, "withdraw_competency", "rota_member", member.id, code=code)


@command
def record_credential(
    actor: Actor,
    member_id: uuid.UUID,
    kind: CredentialKind,
    *,
    number: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
) -> uuid.UUID:
    """Record a registration, check or cover; a renewal is recorded beside the one that runs out."""
    member = _member_to_edit(actor, member_id)
    wrong = wrong_with_credential(kind, issued_on, expires_on)
    if wrong:
        raise Invalid(wrong)
    if any((held.kind, held.expires_on) == (kind, expires_on) for held in member.credentials):
        raise Refusal("This is recorded already, with the same last day.")
    credential = Credential(kind=kind, number=number, issued_on=issued_on, expires_on=expires_on)
    member.credentials.append(credential)
    db.session.flush()
    record(actor, "record_credential", "rota_member", member.id, kind=kind)
    return credential.id


@command
def remove_credential(actor: Actor, member_id: uuid.UUID, credential_id: uuid.UUID) -> None:
    """Remove a credential that was recorded by mistake."""
    member = _member_to_edit(actor, member_id)
    removed = _take_from(member.credentials, lambda held: held.id == credential_id)
    record(actor, "remove_credential", "rota_member", member.id, kind=removed.kind)


@command
def record_induction(
    actor: Actor, member_id: uuid.UUID, site_id: uuid.UUID, *, inducted_on: date | None = None
) -> None:
    """Record that a member was shown round a site of the network."""
    member = _member_to_edit(actor, member_id)
    site = get_site_for(actor, site_id)
    induction = next((known for known in member.inductions if known.site_id == site.id), None)
    if induction is None:
        induction = SiteInduction(site=site)
        member.inductions.append(induction)
    induction.inducted_on = _not_ahead(inducted_on)
    record(actor, "record_induction", "rota_member", member.id, site=site.code)


@command
def remove_induction(actor: Actor, member_id: uuid.UUID, site_id: uuid.UUID) -> None:
    """Remove an induction that was recorded by mistake."""
    member = _member_to_edit(actor, member_id)
    removed = _take_from(member.inductions, lambda known: known.site_id == site_id)
    record(actor, "remove_induction", "rota_member", member.id, site=removed.site.code)


@command
def approve_supervision(
    actor: Actor,
    member_id: uuid.UUID,
    learner_role: JobRole,
    *,
    minutes_per_session: int,
    most_learners: int = 1,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> None:
    """Approve a member to supervise a kind of learner, or change the approval."""
    member = _member_to_sign_off(actor, member_id)
    wrong = wrong_with_supervision(member.engagement.role, learner_role, minutes_per_session, most_learners)
    if wrong:
        raise Invalid(wrong)
    starts_on = starts_on or today()
    if ends_on is not None and ends_on < starts_on:
        raise Invalid("Enter a last day on or after the first day.")
    approval = next((known for known in member.supervises if known.learner_role is learner_role), None)
    if approval is None:
        approval = SupervisionApproval(learner_role=learner_role)
        member.supervises.append(approval)
    approval.minutes_per_session, approval.most_learners = minutes_per_session, most_learners
    approval.starts_on, approval.ends_on = starts_on, ends_on
    record(actor, "approve_supervision", "rota_member", member.id, learner_role=learner_role)


@command
def withdraw_supervision(actor: Actor, member_id: uuid.UUID, learner_role: JobRole) -> None:
    """Take back the approval to supervise a kind of learner."""
    member = _member_to_sign_off(actor, member_id)
    _take_from(member.supervises, lambda known: known.learner_role is learner_role)
    record(actor, "withdraw_supervision", "rota_member", member.id, learner_role=learner_role)


@command
def split_funding(actor: Actor, member_id: uuid.UUID, split: Mapping[FundingStream, int]) -> None:
    """Say which streams pay for a member, and how much of them each; the shares sum to 100%."""
    member = _member_to_edit(actor, member_id)
    wrong = wrong_with_split(split)
    if wrong:
        raise Invalid(wrong)
    member.funding.clear()
    # The old shares must be gone before the same streams may come again.
    db.session.flush()
    member.funding.extend(FundingSplit(stream=stream, percent=percent) for stream, percent in split.items())
    record(actor, "split_funding", "rota_member", member.id, **{str(k): v for k, v in split.items()})


def _member_to_edit(actor: Actor, member_id: uuid.UUID) -> RotaMember:
    member = get_member_to_change(actor, member_id)
    require(actor.may(Permission.EDIT_STAFF, organisation_id=member.engagement.employer_id))
    return member


def _member_to_sign_off(actor: Actor, member_id: uuid.UUID) -> RotaMember:
    """Clinical leads sign off what people can do; those who edit staff enter what was signed on paper."""
    member = get_member_to_change(actor, member_id)
    either = (Permission.EDIT_STAFF, Permission.EDIT_SUPERVISION)
    require(any(actor.may(one, organisation_id=member.engagement.employer_id) for one in either))
    return member


def _plan(actor: Actor, member: RotaMember, planning: Planning) -> None:
    wrong = wrong_with_planning(planning, member.engagement.role)
    if wrong:
        raise Invalid(wrong)
    if planning.home_site_id is not None:
        get_site_for(actor, planning.home_site_id)
    for name, value in vars(planning).items():
        setattr(member, name, value)


def _fit(member: RotaMember, starts_on: date) -> date | None:
    """End the pattern before on the eve, and return the last day that the next one leaves."""
    for before in member.patterns:
        if before.starts_on < starts_on and (before.ends_on is None or before.ends_on >= starts_on):
            before.ends_on = starts_on - A_DAY
    later = [pattern.starts_on for pattern in member.patterns if pattern.starts_on > starts_on]
    return min(later) - A_DAY if later else None


def _not_ahead(day: date | None) -> date:
    if day is not None and day > today():
        raise Invalid("Enter a day that is not in the future.")
    return day or today()


def _take_from(rows: list[Row], is_it: Callable[[Row], bool]) -> Row:
    found = next((row for row in rows if is_it(row)), None)
    if found is None:
        raise NotFound
    rows.remove(found)
    return found
