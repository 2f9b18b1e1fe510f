"""What a network holds, written as the workbook that it could be imported from, and what was uploaded."""

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.organisations.queries import sites_for
from network.organisations.rules import WeeklySession
from network.plumbing.database import db, now, today
from network.plumbing.refusals import NotFound
from network.plumbing.spreadsheets import Sheet
from network.plumbing.typed import plain
from network.vocabulary import SessionKind
from rota.demand.queries import templates_for_planning
from rota.leave.records import Absence
from rota.leave.rules import NEED_TO_KNOW, ORDER, AbsenceState
from rota.staff.queries import competencies, members_for_planning
from rota.staff.records import RotaMember
from rota.staff.rules import Availability, PatternChoice
from rota.tables.queries import template
from rota.tables.rules import SheetName
from rota.uploads.records import WorkbookUpload
from rota.uploads.rules import KEPT_FOR
from rota.workbook.queries import post_of

LATER = date(9999, 1, 1)


def get_upload_for(viewer: Actor, upload_id: uuid.UUID, *, to_change: bool = False) -> WorkbookUpload:
    """Return a workbook that the viewer uploaded not long ago; nobody else may see it."""
    require(viewer.may(Permission.IMPORT_WORKBOOK), seen=False)
    wanted = select(WorkbookUpload).where(
        WorkbookUpload.id == upload_id,
        WorkbookUpload.account_id == viewer.account_id,
        WorkbookUpload.at > now() - KEPT_FOR,
    )
    upload = db.session.scalars(wanted.with_for_update() if to_change else wanted).one_or_none()
    if upload is None:
        raise NotFound("This workbook is not kept any more. Upload it again.")
    return upload


def sheets_for(actor: Actor, *, filled: bool) -> dict[str, Sheet]:
    """Return the sheets of the template, empty or filled with what the network holds now."""
    require(actor.may(Permission.IMPORT_WORKBOOK))
    members = list(members_for_planning(today(), LATER)) if filled else []
    rows: dict[SheetName, Iterable[dict[str, object]]] = {
        SheetName.STAFF: [_staff_row(member) for member in members],
        SheetName.PATTERNS: _pattern_rows(members),
        SheetName.LEAVE: _leave_rows(members),
        SheetName.DEMAND: _demand_rows(actor) if filled else [],
    }
    return {"Read me": _read_me(), **{name: _sheet(name, rows[name]) for name in SheetName}}


def _read_me() -> Sheet:
    lines: list[tuple[str, str, str]] = [(line, "", "") for line in template().read_me]
    for sheet, columns in template().sheets.items():
        lines.append(("", "", ""))
        lines += [(sheet, column.heading, column.hint) for column in columns.values()]
    return Sheet(["How to fill in this workbook", "Column", "What to enter"], lines, [60, 24, 70])


def _sheet(name: SheetName, rows: Iterable[dict[str, object]]) -> Sheet:
    columns = template().sheets[name]
    return Sheet(
        [column.heading for column in columns.values()],
        [[row.get(column) for column in columns] for row in rows],  # type: ignore[misc]  # cells are plain values
        [column.width for column in columns.values()],
    )


def _staff_row(member: RotaMember) -> dict[str, object]:
    engagement, person = member.engagement, member.engagement.person
    labels = {code: competency.label for code, competency in competencies().items()}
    return {
        "title": person.title,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "email": person.email,
        "employer": engagement.employer.name,
        "role": engagement.role.label,
        "contract": engagement.contract.label,
        "sessions": round(engagement.weekly_minutes / engagement.session_minutes, 4),
        "session_minutes": engagement.session_minutes,
        "full_time_hours": round(engagement.full_time_minutes / 60, 4),
        "annualised": "yes" if engagement.annualised else "no",
        "starts_on": engagement.starts_on,
        "ends_on": engagement.ends_on,
        "home_site": member.home_site.code if member.home_site else None,
        "competencies": ", ".join(labels.get(held.code, held.code) for held in member.competencies),
        "funding": ", ".join(f"{split.stream.label} {split.percent}%" for split in member.funding),
    }


def _pattern_rows(members: list[RotaMember]) -> list[dict[str, object]]:
    whose = _whose(members)
    rows: list[dict[str, object]] = []
    for member in members:
        for pattern in member.patterns:
            if pattern.ends_on is None or pattern.ends_on >= today():
                for week in range(1, pattern.cycle_weeks + 1):
                    row = {**whose[member.id], "starts_on": pattern.starts_on, "week": week}
                    for slot, choice in pattern.value.choices.items():
                        if slot.week == week:
                            row[WeeklySession(slot.weekday, slot.kind).said] = _choice_said(choice)
                    rows.append(row)
    return rows


def _choice_said(choice: PatternChoice) -> str:
    if choice.activity is not None:
        return choice.activity.label
    return {Availability.AVAILABLE: "x", Availability.PREFERRED: "likes"}.get(choice.availability, "")


def _leave_rows(members: list[RotaMember]) -> list[dict[str, object]]:
    whose = _whose(members)
    kept = select(Absence).where(
        Absence.member_id.in_(whose),
        # Why somebody is away for one of those kinds does not belong in a file that is sent around.
        Absence.kind.not_in(NEED_TO_KNOW),
        Absence.state.in_({AbsenceState.APPROVED, AbsenceState.REQUESTED}),
        Absence.ends_on >= today(),
    )
    return [
        {
            **whose[absence.member_id],
            "kind": absence.kind.label,
            "starts_on": absence.starts_on,
            "begins": "PM" if ORDER[absence.starts_with] >= ORDER[SessionKind.AFTERNOON] else "AM",
            "ends_on": absence.ends_on,
            "ends": "AM" if ORDER[absence.ends_with] <= ORDER[SessionKind.MORNING] else "PM",
            "state": absence.state.label,
        }
        for absence in db.session.scalars(kept.order_by(Absence.starts_on, Absence.id))
    ]


def _whose(members: list[RotaMember]) -> dict[uuid.UUID, dict[str, object]]:
    """Name each member so that only they are meant; the email only where nothing else tells them apart."""
    posts = {member.id: post_of(member.engagement, member.id) for member in members}
    shared = Counter((plain(post.name), post.employer_id, post.role) for post in posts.values())
    employers = {member.id: member.engagement.employer.name for member in members}
    return {
        member_id: {
            "name": post.name,
            "employer": employers[member_id],
            "role": post.role.label,
            "email": post.email if shared[plain(post.name), post.employer_id, post.role] > 1 else "",
        }
        for member_id, post in posts.items()
    }


def _demand_rows(actor: Actor) -> list[dict[str, object]]:
    sites = {site.id: site for site in sites_for(actor)}
    labels = {code: competency.label for code, competency in competencies().items()}
    return [
        {
            "site": sites[line.site_id].code,
            "session": line.want.session.said,
            "role_group": line.want.role_group.label,
            "activity": line.want.activity.label,
            "minimum": line.want.minimum,
            "desired": line.want.desired,
            "maximum": line.want.maximum,
            "room": line.want.room.label if line.want.room else "",
            "funding": line.want.funding.label,
            "competencies": ", ".join(labels.get(code, code) for code in line.want.competencies),
            "starts_on": line.want.starts_on,
            "ends_on": line.want.ends_on,
        }
        for line in templates_for_planning(today(), LATER)
        if line.site_id in sites
    ]
