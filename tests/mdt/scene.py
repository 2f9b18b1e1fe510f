"""A referral as tests start from it: one person, referred by a clinician of Elm."""

import uuid
from dataclasses import replace
from datetime import date

from mdt.cases.records import Case
from mdt.patients.rules import Identity
from mdt.referrals.commands import refer_patient
from mdt.referrals.rules import Referral
from mdt.sharing.rules import SharingBasis
from network.access.rules import Role
from network.plumbing.database import db
from tests.cast import Cast

# Valid, and never issued to anybody.
NUMBERS = ("9990000018", "9990000026", "9990000034")
EDITH = Identity("Specimen", "Edith", date(1941, 3, 4), NUMBERS[0], title="Mrs")
ASKED = Referral(
    question="Two falls since September: what can we change?",
    wants="To get to the allotment again.",
    basis=SharingBasis.INFORMED,
    how_informed="Told at home on 2 December.",
    pasted="  Problems:\n\tFalls x2  ",
)


def refer(cast: Cast, role: Role = Role.CLINICIAN, identity: Identity = EDITH, **changes: object) -> Case:
    """Refer somebody for the organisation of one of the cast."""
    actor = cast[role]
    case_id = refer_patient(actor, identity, replace(ASKED, **changes), organisation_id=home_of(cast, role))
    return db.session.get_one(Case, case_id)


def home_of(cast: Cast, role: Role) -> uuid.UUID:
    return cast[role].grants[0].organisation_id
