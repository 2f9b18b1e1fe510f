"""The workbook of training: its template, what a network holds written into it, and what was uploaded."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for, sites_for
from network.plumbing.database import db, now, today
from network.plumbing.refusals import NotFound
from network.plumbing.spreadsheets import Look, Question, Sheet, Styled, Value
from network.vocabulary import Discipline
from rota.hosts.queries import as_terms, hosts_for
from rota.learners.queries import learners_for
from rota.learners.rules import Travel
from rota.programmes.queries import programmes_for, requirements_of
from rota.programmes.rules import Setting
from rota.tables.rules import Template
from rota.training_books.records import TrainingUpload
from rota.training_books.rules import TrainingSheet, as_template
from rota.uploads.rules import KEPT_FOR, Outcome

PACK = Path(__file__).parent / "packs" / "template.yaml"
WRAPPED = Look(wrap=True)

Rows = Iterable[dict[str, object]]


@dataclass(frozen=True)
class TrainingPreview:
    """An upload as its page shows it."""

    upload_id: uuid.UUID
    name: str
    is_done: bool
    outcome: Outcome


@cache
def template() -> Template:
    """Read the template, once."""
    return as_template(yaml.safe_load(PACK.read_text()))


def get_training_upload_for(
    viewer: Actor, upload_id: uuid.UUID, *, to_change: bool = False
) -> TrainingUpload:
    """Return a workbook that the viewer uploaded not long ago; nobody else may see it."""
    require(viewer.may(Permission.EDIT_ROTATIONS), seen=False)
    wanted = select(TrainingUpload).where(
        TrainingUpload.id == upload_id,
        TrainingUpload.account_id == viewer.account_id,
        TrainingUpload.at > now() - KEPT_FOR,
    )
    upload = db.session.scalars(wanted.with_for_update() if to_change else wanted).one_or_none()
    if upload is None:
        raise NotFound("This workbook is not kept any more. Upload it again.")
    return upload


def training_preview_for(
    viewer: Actor, upload_id: uuid.UUID, outcome: Outcome | None = None
) -> TrainingPreview:
    """Return an upload as its page shows it; what was just found out may be given."""
    upload = get_training_upload_for(viewer, upload_id)
    known = outcome or Outcome.of_plain(upload.outcome)
    return TrainingPreview(upload.id, upload.name, upload.imported_at is not None, known)


def training_sheets_for(viewer: Actor, *, filled: bool) -> dict[str, Sheet]:
    """Return the sheets of the template, empty or filled with what the network holds now."""
    require(viewer.may(Permission.EDIT_ROTATIONS))
    rows = _rows_for(viewer) if filled else {}
    offers = _offers_for(viewer)
    sheets = {sheet.value: _sheet(sheet, rows.get(sheet, ()), offers) for sheet in TrainingSheet}
    return {"Read me": _read_me(), **sheets}


def _offers_for(viewer: Actor) -> dict[str, tuple[str, ...]]:
    """Return what drop-downs offer."""
    return {
        "programmes": tuple(row.name for row in programmes_for(viewer) if row.retired_on is None),
        "organisations": tuple(organisation.name for organisation in organisations_for(viewer)),
        "sites": tuple(site.code for site in sites_for(viewer)),
        "disciplines": tuple(each.label for each in Discipline),
        "settings": tuple(each.label for each in Setting),
        "travels": tuple(each.label for each in Travel),
        "yes_or_no": ("yes", "no"),
    }


def _rows_for(viewer: Actor) -> dict[TrainingSheet, Rows]:
    learners = learners_for(viewer, today())
    return {
        TrainingSheet.REQUIREMENTS: _requirement_rows(viewer),
        TrainingSheet.LEARNERS: [
            {
                "given_name": row.member.engagement.person.given_name,
                "family_name": row.member.engagement.person.family_name,
                "email": row.member.engagement.person.email,
                "employer": row.member.engagement.employer.name,
                "programme": row.programme.name,
                "stage": row.stage,
                "percent": row.percent,
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
                "base": row.base_site.code if row.base_site else None,
                "travel": row.travel.label,
                "longest_minutes": row.longest_minutes,
            }
            for row in learners
        ],
        TrainingSheet.DONE: [
            {
                "name": row.untitled,
                "requirement": done.requirement.name,
                "weeks": done.weeks,
                "host": done.host,
                "ended_on": done.ended_on,
            }
            for row in learners
            for done in row.history
        ],
        TrainingSheet.OFFERS: _offer_rows(viewer),
    }


def _requirement_rows(viewer: Actor) -> Rows:
    for programme in programmes_for(viewer):
        for each in requirements_of(programme):
            yield {
                "programme": programme.name,
                "name": each.name,
                "settings": ", ".join(setting.label for setting in each.settings),
                "least_weeks": each.least_weeks,
                "most_weeks": each.most_weeks,
                "shortest_run": each.shortest_run,
                "longest_run": each.longest_run,
                "once_per_host": "yes" if each.once_per_host else "no",
                "is_hard": "yes" if each.is_hard else "no",
                "source": each.source,
            }


def _offer_rows(viewer: Actor) -> Rows:
    names = {row.id: row.name for row in programmes_for(viewer)}
    for host in hosts_for(viewer):
        for offer in host.offers:
            terms = as_terms(offer)
            yield {
                "site": host.site.code,
                "name": terms.name,
                "discipline": terms.discipline.label,
                "programmes": "; ".join(names[each] for each in terms.programmes),
                "settings": ", ".join(setting.label for setting in terms.settings),
                "opens_on": terms.opens_on,
                "closes_on": terms.closes_on,
                "least": terms.least,
                "most": terms.most,
                "minutes": terms.minutes,
                "notes": terms.notes,
            }


def _read_me() -> Sheet:
    lines: list[Sequence[Value | Styled]] = [
        (None, None, Styled(line, WRAPPED)) for line in template().read_me
    ]
    for sheet, columns in template().sheets.items():
        lines.append(())
        lines += [(sheet, column.heading, Styled(column.hint, WRAPPED)) for column in columns.values()]
    return Sheet(["Sheet", "Column", "How to fill it in"], lines, [14, 24, 100])


def _sheet(sheet: TrainingSheet, rows: Rows, offers: dict[str, tuple[str, ...]]) -> Sheet:
    columns = list(template().sheets[sheet].items())
    return Sheet(
        [column.heading for _, column in columns],
        [[row.get(key) for key, _ in columns] for row in rows],  # type: ignore[misc]  # cells are plain values
        [column.width for _, column in columns],
        questions={
            at: Question(offers.get(column.offers, ()), column.hint) for at, (_, column) in enumerate(columns)
        },
    )
