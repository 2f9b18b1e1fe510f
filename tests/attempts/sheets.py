from network.access.rules import Role
from rota.sheets.commands import note_taken_out
from rota.uploads.commands import note_content_taken_out
from tests.addresses.rotas import draft
from tests.attempts import attempt, by
from tests.cast import Cast


@attempt(note_content_taken_out, anywhere=True)
def _note_content_taken_out(cast: Cast):
    return by(cast[Role.WORKFORCE_MANAGER])


@attempt(note_taken_out)
def _note_taken_out(cast: Cast):
    return by(cast[Role.WORKFORCE_MANAGER], draft(cast).id)
