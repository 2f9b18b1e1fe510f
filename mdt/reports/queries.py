"""What people are like, as far as evidence asks: their practice, deprivation and ethnicity; nobody's name."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, true

from mdt.patients.records import Patient
from mdt.patients.rules import ETHNIC_GROUPS, NOT_KNOWN, EthnicCategory, quintile_of
from mdt.reports.rules import Split
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for
from network.plumbing.database import db
from network.vocabulary import OrganisationKind

OTHER_PRACTICE = "Another practice, or none"
QUINTILES = {
    1: "1: most deprived fifth",
    2: "2",
    3: "3",
    4: "4",
    5: "5: least deprived fifth",
    None: NOT_KNOWN,
}
DEPRIVATION = Split("deprivation", "By deprivation of where people live", tuple(QUINTILES.values()))
ETHNICITY = Split("ethnicity", "By ethnicity", ETHNIC_GROUPS)
Groups = Mapping[str, str]


@dataclass(frozen=True)
class Counted:
    """Whose care is counted for a viewer, and the groups each person belongs to."""

    people: Mapping[uuid.UUID, Groups]
    splits: tuple[Split, ...]


def counted_for(viewer: Actor) -> Counted:
    """Return the people who are counted: all of the network's, or those of the viewer's own practice."""
    require(viewer.may_somewhere(Permission.SEE_EVIDENCE))
    practices = [one for one in organisations_for(viewer) if one.kind is OrganisationKind.GP_PRACTICE]
    names = {one.id: one.name for one in practices}
    rows = db.session.execute(
        select(Patient.id, Patient.practice_id, Patient.ethnicity, Patient.imd_decile).where(own(viewer))
    )
    people = {
        patient_id: {
            "practice": (names.get(practice_id) if practice_id else None) or OTHER_PRACTICE,
            "deprivation": QUINTILES[quintile_of(decile)],
            "ethnicity": EthnicCategory(ethnicity).group if ethnicity else NOT_KNOWN,
        }
        for patient_id, practice_id, ethnicity, decile in rows
    }
    by_practice = Split(
        "practice",
        "By practice",
        (*sorted(set(names.values())), OTHER_PRACTICE),
        sizes={one.name: one.list_size for one in practices if one.list_size},
        leaves_out_empty=True,
    )
    sees_all = viewer.organisations_for(Permission.SEE_EVIDENCE) is None
    return Counted(people, (*([by_practice] if sees_all else []), DEPRIVATION, ETHNICITY))


def own(viewer: Actor) -> ColumnElement[bool]:
    """Match the people whom a viewer's evidence is about."""
    reach = viewer.organisations_for(Permission.SEE_EVIDENCE)
    return true() if reach is None else Patient.practice_id.in_(reach)
