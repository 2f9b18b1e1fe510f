"""Taking learners on, keeping what is known of them, and what only those who plan placements may know."""

import uuid

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_site_for
from network.people.commands import add_person
from network.people.rules import Details, Terms
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotFound, Refusal
from network.vocabulary import ContractType
from rota.learners.queries import (
    find_learner_of,
    find_needs,
    get_apart_for,
    get_done_for,
    get_learner_for,
)
from rota.learners.records import Learner, LearnerApart, LearnerNeeds, TrainingDone
from rota.learners.rules import (
    FULL_TIME,
    SESSION,
    USUAL_FULL_TIME,
    USUAL_SESSION,
    Apart,
    Done,
    LearnerDesign,
    Needs,
    wrong_with_apart,
    wrong_with_done,
    wrong_with_learner,
    wrong_with_needs,
)
from rota.programmes.queries import as_design, get_programme_for, get_requirement_for
from rota.programmes.rules import session_kept
from rota.staff.commands import add_member
from rota.staff.records import RotaMember
from rota.staff.rules import Planning

PLAIN = (
    "programme_id",
    "starts_on",
    "ends_on",
    "percent",
    "base_site_id",
    "travel",
    "longest_minutes",
)


@command
def take_on_learner(
    actor: Actor, details: Details, employer_id: uuid.UUID, design: LearnerDesign
) -> uuid.UUID:
    """Take on somebody whom the network does not know yet: a person, a learner's post, and the programme."""
    _require_editor(actor)
    programme = get_programme_for(actor, design.programme_id)
    _refuse(wrong_with_learner(design, as_design(programme)))
    full_time = FULL_TIME.get(programme.role, USUAL_FULL_TIME)
    terms = Terms(
        employer_id=employer_id,
        role=programme.role,
        contract=ContractType.LEARNER,
        weekly_minutes=full_time * design.percent // 100,
        session_minutes=SESSION.get(programme.role, USUAL_SESSION),
        starts_on=design.starts_on,
        ends_on=design.ends_on,
        full_time_minutes=full_time,
    )
    engagement_id = add_person(actor, details, terms).engagement_id
    planning = Planning(
        planned_from=design.starts_on,
        planned_until=design.ends_on,
        home_site_id=design.base_site_id,
        stage=design.stage,
    )
    return add_learner(actor, add_member(actor, engagement_id, planning=planning), design)


@command
def add_learner(actor: Actor, member_id: uuid.UUID, design: LearnerDesign) -> uuid.UUID:
    """Put a member of the rota on a programme."""
    _require_editor(actor)
    member = db.session.get(RotaMember, member_id)
    if member is None:
        raise NotFound
    programme = get_programme_for(actor, design.programme_id)
    if programme.retired_on:
        raise Refusal(f"{programme.name} is retired. Bring it back, or choose another programme.")
    if member.engagement.role is not programme.role:
        raise Invalid(f"{programme.name} is for a {programme.role.label}: {member.name} is not one.")
    if find_learner_of(member_id):
        raise Refusal(f"{member.name} is on a programme already. Change that entry.")
    row = Learner(member=member)
    _write(actor, row, design)
    db.session.add(row)
    db.session.flush()
    record(actor, "add_learner", "learner", row.id, programme=programme.name)
    return row.id


@command
def change_learner(actor: Actor, learner_id: uuid.UUID, design: LearnerDesign, row_version: int) -> None:
    """Change a learner; `row_version` is that of the one the editor looked at."""
    row = _locked(actor, learner_id)
    if row.row_version != row_version:
        raise Refusal(
            "Somebody changed this learner in the meantime. Load the page again and look at it first."
        )
    if design.programme_id != row.programme_id:
        _refuse_move(actor, row, design.programme_id)
    if design.percent != row.percent:
        _engage_for(row, design.percent)
    _write(actor, row, design)
    record(actor, "change_learner", "learner", row.id)


@command
def end_training(actor: Actor, learner_id: uuid.UUID) -> None:
    """Note that a learner left early, today; what was planned for later falls away."""
    row = _locked(actor, learner_id)
    if row.left_on:
        raise Refusal(f"{row.name} has left already.")
    row.left_on = today()
    record(actor, "end_training", "learner", row.id, left_on=row.left_on.isoformat())


@command
def resume_training(actor: Actor, learner_id: uuid.UUID) -> None:
    """Take back that a learner left."""
    row = _locked(actor, learner_id)
    if not row.left_on:
        raise Refusal(f"{row.name} is in training.")
    row.left_on = None
    record(actor, "resume_training", "learner", row.id)


@command
def add_done(actor: Actor, learner_id: uuid.UUID, done: Done) -> uuid.UUID:
    """Keep weeks of a requirement that a learner did before, here or elsewhere."""
    row = _locked(actor, learner_id)
    requirement = get_requirement_for(actor, done.requirement_id)
    if requirement.programme_id != row.programme_id:
        raise Invalid(f"Choose a requirement of {row.programme.name}.")
    _refuse(wrong_with_done(done, today()))
    kept = TrainingDone(learner_id=row.id, **vars(done))
    db.session.add(kept)
    db.session.flush()
    db.session.expire(row, ["history"])
    record(actor, "add_training_done", "learner", row.id, requirement=requirement.name, weeks=done.weeks)
    return kept.id


@command
def remove_done(actor: Actor, done_id: uuid.UUID) -> None:
    """Take back weeks that were kept as done before."""
    kept = get_done_for(actor, done_id)
    row = _locked(actor, kept.learner_id)
    db.session.delete(kept)
    db.session.flush()
    db.session.expire(row, ["history"])
    record(actor, "remove_training_done", "learner", row.id, weeks=kept.weeks)


@command
def set_needs(actor: Actor, learner_id: uuid.UUID, needs: Needs) -> None:
    """Keep what a learner needs in every placement."""
    row = _locked(actor, learner_id, trusted=True)
    _refuse(wrong_with_needs(needs))
    kept = find_needs(learner_id) or LearnerNeeds(learner_id=row.id)
    for name, value in vars(needs).items():
        setattr(kept, name, value)
    db.session.add(kept)
    # The trail says that it was done, never what it says.
    record(actor, "set_learner_needs", "learner", row.id)


@command
def keep_apart(actor: Actor, learner_id: uuid.UUID, apart: Apart) -> uuid.UUID:
    """Never place a learner with somebody, or at a site."""
    row = _locked(actor, learner_id, trusted=True)
    _refuse(wrong_with_apart(apart, row.member_id))
    if apart.site_id:
        get_site_for(actor, apart.site_id)
    elif db.session.get(RotaMember, apart.member_id) is None:
        raise NotFound
    kept = LearnerApart(
        learner_id=row.id,
        from_member_id=apart.member_id,
        from_site_id=apart.site_id,
        reason=apart.reason.strip(),
    )
    db.session.add(kept)
    db.session.flush()
    record(actor, "keep_learner_apart", "learner", row.id)
    return kept.id


@command
def end_keeping_apart(actor: Actor, apart_id: uuid.UUID) -> None:
    """Let a learner be placed with somebody, or at a site, again."""
    kept = get_apart_for(actor, apart_id)
    row = _locked(actor, kept.learner_id, trusted=True)
    db.session.delete(kept)
    record(actor, "end_keeping_apart", "learner", row.id)


def _write(actor: Actor, row: Learner, design: LearnerDesign) -> None:
    programme = get_programme_for(actor, design.programme_id)
    _refuse(wrong_with_learner(design, as_design(programme)))
    if design.base_site_id:
        get_site_for(actor, design.base_site_id)
    for name in PLAIN:
        setattr(row, name, getattr(design, name))
    row.stage = design.stage.strip()
    row.protected = sorted({session_kept(session) for session in design.protected})
    row.continuity = session_kept(design.continuity) if design.continuity else ""


def _engage_for(row: Learner, percent: int) -> None:
    """Let a learner's post be for the share of full time that they train: the rota plans by the post."""
    post = row.member.engagement
    if post.contract is ContractType.LEARNER:
        post.weekly_minutes = post.full_time_minutes * percent // 100


def _refuse_move(actor: Actor, row: Learner, programme_id: uuid.UUID) -> None:
    programme = get_programme_for(actor, programme_id)
    if row.history:
        raise Refusal(f"{row.name} has done weeks of {row.programme.name}. Remove these first.")
    if programme.role is not row.member.engagement.role:
        raise Invalid(f"{programme.name} is for a {programme.role.label}: {row.name} is not one.")
    if programme.retired_on:
        raise Refusal(f"{programme.name} is retired. Bring it back, or choose another programme.")


def _refuse(wrong: dict[str, str]) -> None:
    for sentence in wrong.values():
        raise Invalid(sentence)


def _locked(actor: Actor, learner_id: uuid.UUID, *, trusted: bool = False) -> Learner:
    _require_editor(actor)
    if trusted:
        require(actor.may(Permission.SEE_LEARNER_NEEDS))
    get_learner_for(actor, learner_id)
    wanted = select(Learner).where(Learner.id == learner_id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def _require_editor(actor: Actor) -> None:
    require(actor.may(Permission.EDIT_ROTATIONS), seen=actor.may(Permission.SEE_ROTATIONS))
