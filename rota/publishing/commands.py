"""Publishing a rota: from then on it is what people were told."""

import uuid
from dataclasses import asdict, replace

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, db, now
from network.plumbing.queue import enqueue
from network.plumbing.refusals import Invalid, NotAllowed, Refusal
from rota.news.queries import PersonChanges
from rota.notices.commands import Telling, remind, tell
from rota.notices.queries import told_for
from rota.notices.tasks import send
from rota.publishing.queries import Publishing, look_over
from rota.publishing.rules import TOO_LONG, Reasons, wants_sentence
from rota.rotas.commands import WrongState, move_period, move_version
from rota.rotas.queries import find_chosen_version, get_version_for
from rota.rotas.records import RotaVersion
from rota.rotas.rules import PeriodState, VersionState

NO_REASONS = Reasons()


class OutOfDate(Refusal):
    """The draft was filled on facts that are not so any more."""


class BreaksTheLaw(Refusal):
    """The draft breaks rules that nobody may set aside."""


class ReasonsWanted(Invalid):
    """People's rotas would change and they would not learn why."""


@command
def publish_version(actor: Actor, version_id: uuid.UUID, reasons: Reasons = NO_REASONS) -> None:
    """Make a draft the rota that people are told of; the one published before is superseded."""
    version = _locked(actor, version_id)
    if version.state is not VersionState.DRAFT:
        raise WrongState("Only a draft can be published.")
    look = look_over(actor, version)
    _refuse_unless_ready(look)
    if reasons.are_too_long:
        raise Invalid(TOO_LONG)
    nameless = [each.name for each in look.unexplained if not reasons.of(each.person_id)]
    if nameless:
        raise ReasonsWanted(wants_sentence(nameless))
    told = make_current(actor, version)
    version.summary = {**asdict(look.summary), "is_stale": False}
    tell(version.id, _tellings(look, reasons), is_first=look.is_first)
    enqueue(send, network_id=current_network(), version_id=version.id)
    record(
        actor,
        "publish_version",
        "rota_version",
        version.id,
        number=version.number,
        people_told=look.people_told,
        short=look.summary.short,
        set_aside=len(look.overridable),
        late=look.late,
        superseded=str(told.id) if told else None,
    )


def make_current(actor: Actor, version: RotaVersion) -> RotaVersion | None:
    """Make a version the one that people are told of; return the one before, which is superseded."""
    told = find_chosen_version(version.period_id)
    if told is not None:
        move_version(told, VersionState.SUPERSEDED)
        # Only one version of a period may be published at any time, the database says.
        db.session.flush()
    move_version(version, VersionState.CHOSEN)
    if version.period.state is not PeriodState.PUBLISHED:
        move_period(version.period, PeriodState.PUBLISHED)
    version.published_at, version.published_by = now(), actor.name
    return told


@command
def remind_people(actor: Actor, version_id: uuid.UUID) -> None:
    """Write once more to those who have not confirmed that they know the published rota."""
    people = told_for(actor, version_id).to_remind
    if not people:
        raise Refusal(
            "There is nobody to write to: each has confirmed, was written to within the last hour, "
            "or has no address."
        )
    remind(people)
    for told_of in {each.notice.version_id for each in people}:
        enqueue(send, network_id=current_network(), version_id=told_of)
    record(actor, "remind_people", "rota_version", version_id, people=len(people))


def _refuse_unless_ready(look: Publishing) -> None:
    if look.is_running:
        raise Refusal("The draft is being filled. Wait for it to end, or stop it.")
    if not look.sessions:
        raise Refusal("Nobody is placed in this draft yet. Fill it first.")
    if look.is_stale:
        raise OutOfDate(
            "Facts have changed since this draft was filled. Fill it again, or confirm it as it is."
        )
    if look.blocking:
        raise BreaksTheLaw(
            f"{len(look.blocking)} of the rules that nobody may set aside are broken. Mend that first."
        )


def _tellings(look: Publishing, reasons: Reasons) -> list[Telling]:
    if look.is_first:
        return [Telling(person_id) for person_id in sorted(look.everybody)]
    return [_telling_of(person, reasons.of(person.person_id)) for person in look.people]


def _telling_of(person: PersonChanges, reason: str) -> Telling:
    changes = (
        replace(line.change, why=reason) if line.wants_reason else line.change for line in person.lines
    )
    return Telling(person.person_id, tuple(changes), person.must_be_rung)


def _locked(actor: Actor, version_id: uuid.UUID) -> RotaVersion:
    version = get_version_for(actor, version_id)
    if not actor.may(Permission.PUBLISH_ROTA):
        raise NotAllowed
    return db.session.scalars(
        select(RotaVersion)
        .where(RotaVersion.id == version.id)
        .options(joinedload(RotaVersion.period))
        .with_for_update(of=RotaVersion)
        .execution_options(populate_existing=True)
    ).one()
