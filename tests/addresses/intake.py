from network.access.rules import Role
from rota.intake.commands import upload_rota_sheet
from tests.addresses import address
from tests.addresses.rotas import draft
from tests.attempts.intake import sheet_of
from tests.cast import Cast


@address("intake.start")
def _version(cast: Cast):
    return {"version_id": draft(cast).id}


@address("intake.preview")
def _sheet(cast: Cast):
    version_id = draft(cast).id
    content = sheet_of("Nobody Known", "ELM", None)
    sheet_id = upload_rota_sheet(cast[Role.WORKFORCE_MANAGER], version_id, "rota.xlsx", content)
    return {"version_id": version_id, "sheet_id": sheet_id}
