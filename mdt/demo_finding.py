"""The demo's list of a risk search: invented people of the first two practices, and what became of some."""

from datetime import date, timedelta

from mdt.casefinding.queries import placed_for
from mdt.demo_members import Members
from mdt.findings.commands import put_off, say_no
from mdt.invented import nhs_numbers
from mdt.risk_lists.commands import bring_list, take_list_in
from network.plumbing.database import today

FIRST_PLACE = 200
BORN = date(1931, 5, 2)
HEADINGS = (
    "nhs_number,family_name,given_name,dob,efi_score,efi2_category,cfs,repeat_medicines,acb_score,last_smr,"
    "falls_12m,emergency_admissions_12m,discharged_30d,housebound,lives_alone,has_carer,care_home"
)
# What the search says of each, in the order of the columns after the date of birth.
PEOPLE = (
    ("Facsimile", "Nora", "0.38,severe,7,14,4,02/05/2024,3,2,no,yes,yes,no,no"),
    ("Duplicate", "Cyril", "0.27,,6,11,2,,2,1,yes,no,yes,no,no"),
    ("Placeholder", "Ivy", "0.33,moderate,6,9,3,11/09/2025,0,0,no,yes,no,yes,Rose Court"),
    ("Silhouette", "Walter", ",severe,5,16,5,,1,3,no,no,no,yes,no"),
    ("Outlook", "Hilda", "0.26,,5,6,1,20/01/2026,4,0,no,no,yes,no,no"),
    ("Imprint", "Stan", "0.14,mild,3,12,2,,0,0,no,no,no,no,no"),
    ("Tracing", "Maud", "0.22,,4,7,,,1,0,no,no,yes,no,no"),
    ("Allegory", "Reg", "0.41,severe,8,18,6,08/03/2023,2,4,yes,yes,no,yes,no"),
    ("Miniature", "Elsie", "0.09,fit,2,3,,,0,0,no,no,no,no,no"),
    ("Effigy", "Albert", "0.30,,5,10,3,,2,1,no,no,yes,no,no"),
)


def find(members: Members) -> None:
    """Bring a list in for the first practice, and decide about two of those whom it names."""
    actor = members.of_practice(0)
    list_id = bring_list(
        actor,
        "\n".join([HEADINGS, *_rows()]).encode(),
        practice_id=members.made.practices[0],
        name="Frailty and medicines search",
        listed_on=today() - timedelta(days=6),
        is_direct_care=True,
    )
    take_list_in(actor, list_id)
    queue, others = placed_for(actor)
    put_off(
        actor, queue[-1].finding.id, today() + timedelta(days=28), "In hospital; the ward rings on discharge."
    )
    say_no(actor, others[-1].finding.id, "Well, and seen by the nurse every month.")


def _rows() -> list[str]:
    numbers = list(nhs_numbers())[FIRST_PLACE:]
    return [
        f"{number},{family},{given},{BORN + timedelta(days=397 * place):%d/%m/%Y},{said}"
        for place, (number, (family, given, said)) in enumerate(zip(numbers, PEOPLE, strict=False))
    ]
