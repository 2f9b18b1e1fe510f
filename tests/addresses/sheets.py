from tests.addresses import address
from tests.addresses.rotas import draft
from tests.attempts import workbook
from tests.cast import Cast


@address("sheets.download")
def _version(cast: Cast):
    return {"version_id": draft(cast).id}


@address("uploads.progress")
def _upload(cast: Cast):
    return {"upload_id": workbook.uploaded(cast)}
