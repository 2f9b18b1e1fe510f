"""Writing the sheet of demand."""

import uuid
from dataclasses import replace

from sqlalchemy import select

from network.plumbing.database import db, today
from rota.demand.commands import add_demand, change_demand
from rota.demand.queries import as_want
from rota.demand.records import DemandTemplate
from rota.demand.rules import Want
from rota.workbook.demand.rules import DemandLine
from rota.workbook.queries import Import
from rota.workbook.rules import What
from rota.workbook.wording import all_new, said


def write_demand(work: Import, line: DemandLine) -> None:
    """Ask for the cover that a row names, in each of its sessions."""
    site_id = work.site(line.place, "site", line.site)
    codes = work.competencies(line.place, line.wants[0].competencies)
    order, what, told = list(What), What.SAME, {}
    for want in line.wants:
        want = replace(want, competencies=codes)
        key = (site_id, want.session, want.role_group, want.activity, want.starts_on)
        work.once(key, line.place, "session", want.said)
        became, differences = _write_want(work, site_id, want)
        if order.index(became) > order.index(what):
            what, told = became, differences
    first = line.wants[0]
    sessions = ", ".join(want.session.said for want in line.wants)
    about = f"{line.site.upper()}, {first.role_group.label} {first.activity.label.lower()}, {sessions}"
    work.note(line.place, about, what, told)


def _write_want(work: Import, site_id: uuid.UUID, want: Want) -> tuple[What, dict[str, tuple[str, str]]]:
    known = _known(site_id, want)
    if known is None:
        add_demand(work.actor, site_id, want)
        return What.ADDED, all_new(_shown(want))
    wanted = replace(want, starts_on=want.starts_on or known.starts_on, ends_on=want.ends_on or known.ends_on)
    before = as_want(known)
    if wanted == before:
        return What.SAME, {}
    change_demand(work.actor, known.id, wanted)
    old, new = _shown(before), _shown(wanted)
    return What.CHANGED, {heading: (said(old[heading]), said(new[heading])) for heading in new}


def _known(site_id: uuid.UUID, want: Want) -> DemandTemplate | None:
    """Find the line of demand that asks for the same."""
    rows = db.session.scalars(
        select(DemandTemplate).where(
            DemandTemplate.site_id == site_id,
            DemandTemplate.weekday == want.weekday,
            DemandTemplate.kind == want.kind,
            DemandTemplate.role_group == want.role_group,
            DemandTemplate.activity == want.activity,
        )
    )
    dated = replace(want, starts_on=want.starts_on or today())
    known = [row for row in rows if as_want(row).asks_the_same(dated)]
    return min(known, key=lambda row: row.starts_on != want.starts_on, default=None)


def _shown(want: Want) -> dict[str, object]:
    return {
        "Minimum": want.minimum,
        "Desired": want.desired,
        "Most": want.maximum,
        "Room": want.room,
        "Paid by": want.funding,
        "Competencies": ", ".join(want.competencies),
        "First day": want.starts_on,
        "Last day": want.ends_on,
    }
