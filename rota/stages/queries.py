"""Who has looked over a proposed version, and what became of their part since."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, union

from network.access.rules import Actor, Permission
from network.organisations.records import Organisation, Site
from network.people.records import Engagement
from network.plumbing.database import db
from rota.edits.records import ChangeEvent, Edit
from rota.rotas.queries import PeriodView, get_version_for, periods_for, sees_drafts
from rota.rotas.records import Assignment, DemandLine, RotaVersion, VersionApproval
from rota.staff.records import RotaMember
from rota.stages.rules import ApprovalState, Touched, changed_since
from rota.stages.wording import late_said, over_said, proposed_said


@dataclass(frozen=True)
class PartView:
    """An organisation's part of a proposed version: whether it has agreed, and whether the viewer may."""

    organisation_id: uuid.UUID
    name: str
    state: ApprovalState
    by: str
    at: datetime | None
    may_decide: bool


@dataclass(frozen=True)
class Proposal:
    """A proposed version and the parts that organisations look over."""

    version: RotaVersion
    parts: tuple[PartView, ...]

    @property
    def approved(self) -> int:
        return sum(part.state is ApprovalState.APPROVED for part in self.parts)


def proposal_for(viewer: Actor, version_id: uuid.UUID) -> Proposal:
    """Return who has agreed to a version, organisation by organisation; one's own come first."""
    version = get_version_for(viewer, version_id)
    approvals = {each.organisation_id: each for each in _approvals(version.id)}
    touched = touched_in(version.id, min(each.at for each in approvals.values())) if approvals else ()
    names = db.session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(organisations_in(version)))
    ).all()
    parts = [
        _part(viewer, organisation_id, name, approvals.get(organisation_id), touched)
        for organisation_id, name in names
    ]
    return Proposal(version, tuple(sorted(parts, key=lambda part: (not part.may_decide, part.name))))


@dataclass(frozen=True)
class Waiting:
    """A rota that waits for somebody, and what for."""

    period_id: uuid.UUID
    said: str


def waiting_for(viewer: Actor) -> tuple[Waiting, ...]:
    """Return the rotas that wait for the viewer to begin drafting, to look over a part, or to close them."""
    if not sees_drafts(viewer):
        return ()
    found = ((view, _waits_for(viewer, view)) for view in periods_for(viewer))
    return tuple(Waiting(view.period.id, said) for view, said in found if said)


def _waits_for(viewer: Actor, view: PeriodView) -> str:
    if view.life.is_late and viewer.may(Permission.FILL_ROTA):
        return late_said(view.said)
    if view.life.is_over and viewer.may(Permission.PUBLISH_ROTA):
        return over_said(view.said)
    # Whoever plans for all practices proposed it, and need not be reminded of each.
    own = viewer.organisations_for(Permission.EDIT_ROTA)
    if view.proposed and own:
        parts = proposal_for(viewer, view.proposed.id).parts
        open_parts = [
            part.name for part in parts if part.may_decide and part.state is not ApprovalState.APPROVED
        ]
        return proposed_said(view.said, open_parts) if open_parts else ""
    return ""


def organisations_in(version: RotaVersion) -> set[uuid.UUID]:
    """Return the organisations that a version concerns: those of its sites, and who employs its people."""
    own_sites = (
        select(Site.organisation_id)
        .join(DemandLine, DemandLine.site_id == Site.id)
        .where(DemandLine.period_id == version.period_id)
    )
    own_people = (
        select(Engagement.employer_id)
        .join(RotaMember, RotaMember.engagement_id == Engagement.id)
        .join(Assignment, Assignment.member_id == RotaMember.id)
        .where(Assignment.version_id == version.id)
    )
    return set(db.session.scalars(union(own_sites, own_people)))


def find_approval(version_id: uuid.UUID, organisation_id: uuid.UUID) -> VersionApproval | None:
    """Return the word of one organisation on a version."""
    return db.session.scalars(
        select(VersionApproval).where(
            VersionApproval.version_id == version_id, VersionApproval.organisation_id == organisation_id
        )
    ).one_or_none()


def touched_in(version_id: uuid.UUID, since: datetime) -> tuple[Touched, ...]:
    """Return whose people and sites each later edit of a version touched, and when."""
    rows = db.session.execute(
        select(Edit.at, Engagement.employer_id, ChangeEvent.before, ChangeEvent.after)
        .join(ChangeEvent.edit)
        .join(RotaMember, RotaMember.id == ChangeEvent.member_id)
        .join(Engagement, Engagement.id == RotaMember.engagement_id)
        .where(ChangeEvent.version_id == version_id, Edit.at > since)
    ).all()
    owners = {
        str(site_id): owner for site_id, owner in db.session.execute(select(Site.id, Site.organisation_id))
    }
    return tuple(
        Touched(
            at, frozenset({employer_id, *(owners[site] for site in _sites(before, after) if site in owners)})
        )
        for at, employer_id, before, after in rows
    )


def _sites(*contents: dict[str, object] | None) -> list[str]:
    return [str(content["site_id"]) for content in contents if content and content["site_id"]]


def _approvals(version_id: uuid.UUID) -> Sequence[VersionApproval]:
    return db.session.scalars(select(VersionApproval).where(VersionApproval.version_id == version_id)).all()


def _part(
    viewer: Actor,
    organisation_id: uuid.UUID,
    name: str,
    approval: VersionApproval | None,
    touched: Sequence[Touched],
) -> PartView:
    state = ApprovalState.WAITING
    if approval is not None:
        is_changed = changed_since(approval.at, organisation_id, touched)
        state = ApprovalState.CHANGED if is_changed else ApprovalState.APPROVED
    return PartView(
        organisation_id,
        name,
        state,
        approval.by if approval else "",
        approval.at if approval else None,
        viewer.may(Permission.EDIT_ROTA, organisation_id=organisation_id),
    )
