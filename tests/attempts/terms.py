from network.access.rules import Role
from rota.leave.rules import AbsenceKind
from rota.terms import commands
from tests.attempts import attempt, by
from tests.cast import Cast


@attempt(commands.set_terms)
def _set_terms(cast: Cast):
    edit = commands.TermsEdit(28, frozenset({AbsenceKind.ANNUAL}), 1, 1, 60)
    return by(cast[Role.WORKFORCE_MANAGER], cast.network.id, edit)
