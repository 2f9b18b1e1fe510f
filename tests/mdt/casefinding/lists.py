"""Lists of a risk search as tests bring them in."""

import uuid
from datetime import timedelta

from mdt.findings.records import Finding
from mdt.risk_lists.commands import bring_list, take_list_in
from network.access.rules import Role
from network.plumbing.database import db, today
from tests.cast import Cast

HEADINGS = "nhs_number,family_name,given_name,dob,efi_score,cfs,repeat_medicines,falls_12m"
EDITH = "999 000 0018,Specimen,Edith,04/03/1941,0.31,6,12,2"
SAM = "999 000 0026,Example,Sam,01/02/1938,0.10,2,3,0"
NOBODY = ",Example,Olive,05/06/1933,,,11,3"


def bring(
    cast: Cast, *rows: str, role: Role = Role.CLINICIAN, headings: str = HEADINGS, ago: int = 0, **changes
):
    """Bring a list of the clinician's own practice in, to be looked at."""
    content = "\r\n".join([headings, *rows]).encode("utf-8-sig")
    given = {
        "practice_id": cast.elm.id,
        "name": "Frailty search",
        "listed_on": today() - timedelta(days=ago),
        "is_direct_care": True,
    }
    return bring_list(cast[role], content, **given | changes)


def take_in(cast: Cast, *rows: str, role: Role = Role.CLINICIAN, **changes) -> int:
    """Take a list in."""
    return take_list_in(cast[role], bring(cast, *rows, role=role, **changes))


def found(cast: Cast) -> Finding:
    """Take one person in whom the first rule finds."""
    take_in(cast, EDITH)
    return db.session.query(Finding).one()


def found_id(cast: Cast) -> uuid.UUID:
    return found(cast).id
