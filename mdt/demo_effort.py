"""What the demo shows of effort: a fund that pays some organisations for their time, and preparation told."""

from datetime import timedelta

from mdt.demo_members import Members
from mdt.effort.commands import add_claimant, add_scheme, tell_preparation
from mdt.effort.queries import own_meetings
from mdt.effort.rules import SchemeDetails
from network.access.rules import Role
from network.plumbing.database import today
from network.vocabulary import Discipline

PREPARED = (25, 15, 40)


def give_time(members: Members) -> None:
    """Let a fund pay practices for general practice's time; what others give, nobody pays for."""
    began = today() - timedelta(days=200)
    funds = members.one(Role.FINANCE_VIEWER)
    scheme_id = add_scheme(
        funds,
        SchemeDetails(
            "NB-01", "Neighbourhood team fund", "The integrated care board", began, pays_preparation=True
        ),
    )
    for practice_id in members.made.practices:
        add_claimant(funds, scheme_id, practice_id, Discipline.GENERAL_PRACTICE, began)
    told = [actor for actor in members.actors if own_meetings(actor)][: len(PREPARED)]
    for actor, minutes in zip(told, PREPARED, strict=False):
        tell_preparation(actor, own_meetings(actor)[0].meeting_id, minutes)
