"""The rota as an Excel workbook."""

import uuid

from flask import Blueprint, Response

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.rate_limits import EXPORTS
from network.plumbing.spreadsheets import write_workbook
from rota.sheets.commands import note_taken_out
from rota.sheets.queries import printed_for
from rota.sheets.wording import sheets_of

sheets = Blueprint("sheets", __name__, url_prefix="/rota/versions/<uuid:version_id>")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@sheets.get("/rota.xlsx")
@guarded(Permission.SEE_ROTA)
@EXPORTS
def download(version_id: uuid.UUID) -> Response:
    """Give the rota as a workbook: a tab by person, one for each site, and what the codes mean."""
    note_taken_out(current_actor(), version_id)
    printed = printed_for(current_actor(), version_id)
    name = f"rota-{printed.by_person.weeks[0].monday:%Y-%m-%d}-version-{printed.version}.xlsx"
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}
    return Response(write_workbook(sheets_of(printed)), mimetype=XLSX, headers=headers)
