"""On what terms each employer gives leave."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select

from network.access.rules import SYSTEM
from network.organisations.queries import network_of
from network.plumbing.database import db
from rota.leave.rules import ASKED_FOR, AbsenceKind
from rota.limits.queries import default_terms
from rota.terms.records import LeaveTerms
from rota.terms.rules import STATUTORY_TENTHS, Terms

APRIL, FIRST = 4, 1
# What of the kinds of leave a rule may approve where nothing else is said.
USUALLY_AUTOMATIC = frozenset({AbsenceKind.ANNUAL, AbsenceKind.STUDY})


class TermsBook:
    """The terms of every employer, read once."""

    def __init__(self) -> None:
        self.rows = terms_rows()
        self.default = default_terms()
        self.network = self.rows.get(network_of(SYSTEM))

    def __call__(self, organisation_id: uuid.UUID) -> Terms:
        rows = [row for row in (self.rows.get(organisation_id), self.network) if row]
        usual = USUALLY_AUTOMATIC if self.default.is_automatic else frozenset()
        kinds = next((row.automatic_kinds for row in rows if row.automatic_kinds is not None), usual)
        start = next(((row.year_month, row.year_day) for row in rows if row.year_month), (APRIL, FIRST))
        return Terms(
            notice_days=_first([row.notice_days for row in rows], self.default.notice_days),
            notice_times=self.default.notice_times,
            automatic=frozenset(kind for kind in ASKED_FOR if kind in kinds)
            if self.default.is_on
            else frozenset(),
            year_month=start[0] or APRIL,
            year_day=start[1] or FIRST,
            tenths_of_weeks=_first([row.tenths_of_weeks for row in rows], STATUTORY_TENTHS),
        )


def terms_of(organisation_id: uuid.UUID) -> Terms:
    """Return an employer's terms: its own, else the network's, else the rulebook's."""
    return TermsBook()(organisation_id)


def terms_rows() -> dict[uuid.UUID, LeaveTerms]:
    """Return what employers and the network have set, by organisation."""
    return {row.organisation_id: row for row in db.session.scalars(select(LeaveTerms))}


def terms_answers(organisation_id: uuid.UUID) -> dict[str, object]:
    """Return what an employer has set, by the names of its questions."""
    row = terms_rows().get(organisation_id)
    if row is None:
        return {}
    return {
        "weeks": row.tenths_of_weeks / 10 if row.tenths_of_weeks else None,
        "year_day": row.year_day,
        "year_month": row.year_month,
        "notice_days": row.notice_days,
        "own_kinds": row.automatic_kinds is not None,
        "automatic": row.automatic_kinds or [],
    }


def _first(values: Iterable[int | None], otherwise: int) -> int:
    return next((value for value in values if value is not None), otherwise)
