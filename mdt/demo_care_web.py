"""The demo's care web: who is around one person in the week, and their carer in her own right."""

from datetime import timedelta

from sqlalchemy import select

from mdt.carer_actions.commands import answer_for_carer, ask_carer
from mdt.carer_actions.rules import CarerAnswer
from mdt.carers.commands import CarerWords, note_agreement, note_carer_said
from mdt.carers.rules import AgreementScope, SaidKind, Strain
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.demo_members import Members
from mdt.involvements.commands import add_involvement, say_more
from mdt.involvements.rules import Coming, PartOfDay, Purpose, Rhythm, TieDetails, TieKind, Visit
from mdt.story.records import Carer
from mdt.story.rules import CarerRole
from network.plumbing.database import db, today
from network.vocabulary import Discipline

WORKDAYS, TUESDAY = range(5), (1,)
K, P = TieKind, Purpose


def _on(days: range | tuple[int, ...], part: PartOfDay, every_weeks: int | None = None) -> Coming:
    rhythm = Rhythm.EVERY_WEEKS if every_weeks else Rhythm.WEEKLY
    return Coming(rhythm, frozenset(Visit(day, part) for day in days), every_weeks)


AROUND = (
    TieDetails(
        K.NEIGHBOUR,
        "Mr Placeholder at number 4",
        purpose=P.COMPANY,
        words="Has a key; takes the bins out",
        coming=Coming(Rhythm.AS_NEEDED),
        is_valued=True,
        source="Her own words",
    ),
    TieDetails(
        K.SERVICE,
        "Example Home Care",
        discipline=Discipline.SOCIAL_CARE,
        purpose=P.PERSONAL_CARE,
        words="Washing and breakfast",
        coming=_on(WORKDAYS, PartOfDay.MORNING),
        contact="01632 960211",
        source="Her daughter",
    ),
    TieDetails(
        K.GROUP,
        "Tuesday lunch club",
        discipline=Discipline.VOLUNTARY,
        purpose=P.COMPANY,
        words="A hot lunch; the minibus comes at eleven",
        coming=_on(TUESDAY, PartOfDay.MORNING),
        is_valued=True,
        source="Her own words",
    ),
    TieDetails(
        K.SERVICE,
        "Foot clinic at home",
        discipline=Discipline.COMMUNITY_NURSING,
        purpose=P.NURSING,
        coming=_on(TUESDAY, PartOfDay.MORNING, 6),
        source="Her daughter",
    ),
)


def draw_care_web(members: Members) -> None:
    """Put people and services around the first person of today's list who has a carer as a partner."""
    actor = members.coordinator
    carer, case = db.session.execute(
        select(Carer, Case)
        .join(Case, Case.patient_id == Carer.patient_id)
        .where(Case.state == CaseState.LISTED, Carer.role == CarerRole.PARTNER)
        .order_by(Case.number)
        .limit(1)
    ).one()
    for details in AROUND:
        add_involvement(actor, carer.patient_id, details)
    evenings = TieDetails(
        K.CARER, words="Supper and the evening tablets", coming=_on(WORKDAYS, PartOfDay.EVENING)
    )
    say_more(actor, carer.patient_id, f"carer:{carer.id}", evenings)
    _hear(members, carer, case)


def _hear(members: Members, carer: Carer, case: Case) -> None:
    actor, lately = members.coordinator, today() - timedelta(days=6)
    note_agreement(
        actor, carer.id, AgreementScope.KEEP, agrees=True, how="On the phone, before her shift", on_day=lately
    )
    for said in (
        CarerWords(SaidKind.NEED, "One night of sleep in the week, and somebody to ring on Sundays.", lately),
        CarerWords(SaidKind.STRAIN, "I love her, and I am so tired.", lately, Strain.STRUGGLING),
        CarerWords(
            SaidKind.OTHER,
            "I may have to give it up in spring. She must not hear it yet.",
            lately,
            None,
            True,
        ),
    ):
        note_carer_said(actor, carer.id, said)
    due_on = today() + timedelta(days=7)
    agreed = ask_carer(actor, case.id, carer.id, "Bring all her glasses to the clinic", due_on)
    answer_for_carer(actor, agreed, CarerAnswer.AGREED)
    ask_carer(actor, case.id, carer.id, "Write down on which evenings she eats", due_on)
