"""Saying what cover a site wants, and when it is closed."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.records import Site
from network.organisations.rules import WEEKDAYS, kinds_on
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotFound, Refusal
from network.vocabulary import SessionKind
from rota.demand.queries import as_want, bank_holidays, get_site_for
from rota.demand.records import Closure, DemandTemplate
from rota.demand.rules import Want, wrong_with_want
from rota.staff.queries import competencies

LONGEST_WHY = 120


@command
def add_demand(actor: Actor, site_id: uuid.UUID, want: Want) -> uuid.UUID:
    """Add a weekly line of demand to a site."""
    site = _site_to_edit(actor, site_id)
    row = _add(site, replace(want, starts_on=want.starts_on or today()))
    record(actor, "add_demand", "demand_template", row.id, site=site.code, line=want.said, cover=_cover(want))
    return row.id


@command
def change_demand(actor: Actor, template_id: uuid.UUID, want: Want) -> None:
    """Change a weekly line of demand; rotas that have their lines already keep them."""
    row = _locked(template_id)
    site = _site_to_edit(actor, row.site_id)
    before = as_want(row)
    want = replace(want, starts_on=want.starts_on or row.starts_on)
    _refuse_nonsense(site, want)
    _refuse_double(site, want, besides=row.id)
    _write(row, want)
    record(
        actor,
        "change_demand",
        "demand_template",
        row.id,
        site=site.code,
        line=want.said,
        before=_cover(before),
        after=_cover(want),
    )


@command
def remove_demand(actor: Actor, template_id: uuid.UUID) -> None:
    """Take a weekly line of demand away; rotas that have it already keep it."""
    row = _locked(template_id)
    site = _site_to_edit(actor, row.site_id)
    want = as_want(row)
    db.session.delete(row)
    record(
        actor, "remove_demand", "demand_template", row.id, site=site.code, line=want.said, cover=_cover(want)
    )


@command
def copy_weekday(actor: Actor, site_id: uuid.UUID, weekday: int, to_weekdays: Iterable[int]) -> int:
    """Give other weekdays the lines of one, in place of what they have; return the number of lines made."""
    site = _site_to_edit(actor, site_id)
    others = sorted(set(to_weekdays) - {weekday})
    if not others:
        raise Invalid("Choose at least one other weekday to copy to.")
    source = [as_want(row) for row in _lines(site) if row.weekday == weekday]
    if not source:
        raise Invalid(f"There is nothing on {WEEKDAYS[weekday]} to copy.")
    for row in _lines(site):
        if row.weekday in others:
            db.session.delete(row)
    db.session.flush()
    opens = {(opening.weekday, opening.kind) for opening in site.openings}
    copies = [replace(want, weekday=to) for to in others for want in source if (to, want.kind) in opens]
    for copy in copies:
        _add(site, copy)
    days = [WEEKDAYS[to] for to in others]
    record(actor, "copy_weekday", "site", site.id, weekday=WEEKDAYS[weekday], to=days, lines=len(copies))
    return len(copies)


@command
def close_site(
    actor: Actor, site_id: uuid.UUID, day: date, why: str, kind: SessionKind | None = None
) -> uuid.UUID:
    """Close a site for a day, or for one session of it."""
    site = _site_to_edit(actor, site_id)
    closure = _close(site, day, why, kind)
    record(
        actor,
        "close_site",
        "closure",
        closure.id,
        site=site.code,
        day=str(day),
        session=kind,
        why=why.strip(),
    )
    return closure.id


@command
def close_on_bank_holidays(
    actor: Actor, site_ids: Iterable[uuid.UUID], starts_on: date, ends_on: date
) -> int:
    """Close sites on the bank holidays of a period; return the number of closures made."""
    sites = [_site_to_edit(actor, site_id) for site_id in site_ids]
    holidays = bank_holidays(starts_on, ends_on)
    made = 0
    for site in sites:
        closed = {closure.day for closure in _closures(site) if closure.kind is None}
        for holiday in holidays:
            if holiday.day not in closed:
                _close(site, holiday.day, holiday.name, None)
                made += 1
    if not made:
        raise Refusal("There is no bank holiday in that time on which these sites are not closed already.")
    codes = [site.code for site in sites]
    record(actor, "close_on_bank_holidays", "closure", sites=codes, days=[str(each.day) for each in holidays])
    return made


@command
def reopen_site(actor: Actor, closure_id: uuid.UUID) -> None:
    """Take a closure back."""
    closure = db.session.get(Closure, closure_id)
    if closure is None:
        raise NotFound
    site = _site_to_edit(actor, closure.site_id)
    db.session.delete(closure)
    record(actor, "reopen_site", "closure", closure.id, site=site.code, day=str(closure.day))


def _add(site: Site, want: Want) -> DemandTemplate:
    _refuse_nonsense(site, want)
    _refuse_double(site, want)
    row = DemandTemplate(site=site)
    _write(row, want)
    db.session.add(row)
    db.session.flush()
    return row


def _write(row: DemandTemplate, want: Want) -> None:
    for name, value in vars(want).items():
        setattr(row, name, list(value) if name == "competencies" else value)


def _refuse_nonsense(site: Site, want: Want) -> None:
    for sentence in wrong_with_want(want).values():
        raise Invalid(sentence)
    if unknown := set(want.competencies) - set(competencies()):
        raise Invalid(f"Choose competencies from the list: {', '.join(sorted(unknown))} is not in it.")
    if not any((opening.weekday, opening.kind) == want.session for opening in site.openings):
        raise Invalid(
            f"{site.name} is not open on {want.session.said}. Add that session to its opening hours first."
        )


def _refuse_double(site: Site, want: Want, besides: uuid.UUID | None = None) -> None:
    # Only what could be the same is loaded: an import adds hundreds of lines to one site.
    alike = select(DemandTemplate).where(
        DemandTemplate.site_id == site.id,
        DemandTemplate.weekday == want.weekday,
        DemandTemplate.kind == want.kind,
        DemandTemplate.role_group == want.role_group,
        DemandTemplate.activity == want.activity,
    )
    if any(row.id != besides and as_want(row).asks_the_same(want) for row in db.session.scalars(alike)):
        raise Refusal(f"{site.name} already has a line for {want.said}. Change that line instead.")


def _close(site: Site, day: date, why: str, kind: SessionKind | None) -> Closure:
    if not why.strip():
        raise Invalid("Enter why the site is closed, such as 'Protected learning time'.")
    if len(why.strip()) > LONGEST_WHY:
        raise Invalid(f"Shorten the reason to {LONGEST_WHY} characters.")
    if kind is not None and kind not in kinds_on(day.weekday()):
        raise Invalid(f"There is no {kind.label} session on a {WEEKDAYS[day.weekday()]}.")
    for other in _closures(site):
        if other.day == day and (other.kind in (None, kind) or kind is None):
            raise Refusal(f"{site.name} is already closed then: {other.why}. Open it again first.")
    closure = Closure(site=site, day=day, kind=kind, why=why.strip())
    db.session.add(closure)
    db.session.flush()
    return closure


def _lines(site: Site) -> list[DemandTemplate]:
    return list(db.session.scalars(select(DemandTemplate).where(DemandTemplate.site_id == site.id)))


def _closures(site: Site) -> list[Closure]:
    return list(db.session.scalars(select(Closure).where(Closure.site_id == site.id)))


def _locked(template_id: uuid.UUID) -> DemandTemplate:
    wanted = select(DemandTemplate).where(DemandTemplate.id == template_id).with_for_update()
    row = db.session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound
    return row


def _site_to_edit(actor: Actor, site_id: uuid.UUID) -> Site:
    site = get_site_for(actor, site_id)
    require(actor.may(Permission.EDIT_DEMAND, organisation_id=site.organisation_id))
    return site


def _cover(want: Want) -> str:
    return f"{want.minimum}/{want.desired}/{want.maximum}"
