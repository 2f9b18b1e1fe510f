"""Publishing a rota: from then on it is what people were told."""

import uuid
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import NotAllowed, Refusal
from rota.publishing.queries import look_over
from rota.rotas.commands import WrongState, move_period, move_version
from rota.rotas.queries import find_chosen_version, get_version_for
from rota.rotas.records import RotaVersion
from rota.rotas.rules import PeriodState, VersionState


class OutOfDate(Refusal):
    """The draft was filled on facts that are not so any more."""


class BreaksTheLaw(Refusal):
    """The draft breaks rules that nobody may set aside."""


@command
def publish_version(actor: Actor, version_id: uuid.UUID) -> None:
    """Make a draft the rota that people are told of; the one published before is superseded."""
    version = _locked(actor, version_id)
    if version.state is not VersionState.DRAFT:
        raise WrongState("Only a draft can be published.")
    look = look_over(version)
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
    told = find_chosen_version(version.period_id)
    if told is not None:
        move_version(told, VersionState.SUPERSEDED)
        # Only one version of a period may be published at any time, the database says.
        db.session.flush()
    move_version(version, VersionState.CHOSEN)
    if version.period.state is PeriodState.DRAFTING:
        move_period(version.period, PeriodState.PUBLISHED)
    version.summary = {**asdict(look.summary), "is_stale": False}
    version.published_at, version.published_by = now(), actor.name
    record(
        actor,
        "publish_version",
        "rota_version",
        version.id,
        number=version.number,
        people_told=look.people_told,
        short=look.summary.short,
        set_aside=len(look.overridable),
        superseded=str(told.id) if told else None,
    )


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
