"""The facts that a period's rota depends on: read, and for pages remembered until one changes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from network.access.rules import SYSTEM
from network.audit.records import AuditEntry
from network.organisations.queries import network_of, organisation_ids_in
from network.organisations.records import Organisation
from network.organisations.records import Site as SiteRow
from network.plumbing.database import db
from network.vocabulary import Activity, RoleGroup, SessionKind
from rota.agreed.queries import pairings_for_planning
from rota.agreed.rules import PairingKind, PairingMade
from rota.demand.queries import closures_for_planning
from rota.funding.queries import agreements_for_planning
from rota.funding.rules import Agreement
from rota.past.queries import last_meetings
from rota.roster.queries import Roster, roster_of
from rota.roster.rules import ORDER, Hours
from rota.rotas.records import DemandLine, RotaPeriod
from rota.rulebook.queries import rules_for_planning
from rota.solver.staff_rota import Duty, Memory, Person, RuleChoice, Session
from rota.standing.queries import Standing, standing_in

# What these do changes who is placed where, and nothing that a placing depends on.
NO_FACT = (
    "edit_rota",
    "ask_person",
    "open_to_bank",
    "end_asking",
    "try_out",
    "ask_to_fill",
    "begin_job",
    "stop_job",
    "cancel_job",
    "take_plan",
    "end_job",
    "upload_workbook",
    "rehearse_workbook",
    "refuse_workbook",
    "give_up_workbook",
    "ask_to_import_workbook",
    "confirm_workbook",
    "discard_workbook",
    "upload_rota_sheet",
    "confirm_rota_sheet",
    "discard_rota_sheet",
    "add_programme",
    "change_programme",
    "retire_programme",
    "bring_back_programme",
    "add_requirement",
    "change_requirement",
    "remove_requirement",
    "take_differences",
    "add_training_done",
    "remove_training_done",
    "set_learner_needs",
    "keep_learner_apart",
    "end_keeping_apart",
    "upload_training_book",
    "confirm_training_book",
    "discard_training_book",
    "export_training_book",
    "send_letters",
    "see_notice",
    "confirm_notice",
    "tell_in_person",
    "remind_people",
    "begin_cover",
    "accept_uncovered",
    "leave_cover",
    "make_feed",
    "end_feed",
    "add_host",
    "change_host",
    "remove_host",
    "ask_host",
    "remind_host",
    "end_host_link",
    "open_host_link",
    "answer_placement",
    "export_exchange",
    "export_ledger",
    "export_payroll",
    "copy_version",
    "rename_version",
    "discard_version",
    "restore_version",
    "choose_version",
    "collect_requests",
    "begin_drafting",
    "propose_version",
    "take_back_proposal",
    "approve_part",
    "withdraw_approval",
    "plan_clinic",
    "look_for_plan",
    "keep_proposals",
    "give_up_plan",
    "seat_stand_in",
    "look_at_holds",
    "ask_for_place",
    "withdraw_place",
    "take_place",
    "fill_free_places",
    "note_use",
    "note_exposure",
    "offer_exposure",
    "set_wishes",
    "count_visits",
    "make_rotation_plan",
    "copy_rotation",
    "discard_rotation",
    "restore_rotation",
    "edit_rotation",
    "undo_rotation_edit",
    "take_rotations",
    "accept_rotation_facts",
    "acknowledge_placements",
    "see_placements",
)
MOST_REMEMBERED = 8


@dataclass(frozen=True)
class Facts:
    """All that a period's rota depends on, beside who is placed where."""

    lines: Sequence[DemandLine]
    sites: Sequence[SiteRow]
    roster: Roster
    rules: tuple[RuleChoice, ...]
    agreements: tuple[Agreement, ...]
    pairings: tuple[PairingMade, ...]
    standing: Standing
    # People, duties and the mark of the facts, worked out once for the sessions that a version has.
    people: dict[tuple[Session, ...], tuple[Person, ...]] = field(default_factory=dict)
    duties: dict[tuple[Session, ...], tuple[Duty, ...]] = field(default_factory=dict)
    marks: dict[tuple[Session, ...], str] = field(default_factory=dict)
    # What rules found before, by the same sessions; who stands where in the version that people were told.
    memories: dict[tuple[Session, ...], Memory] = field(default_factory=dict)
    hours: dict[tuple[Session, ...], dict[tuple[uuid.UUID | None, int], Hours]] = field(default_factory=dict)
    told: dict[uuid.UUID, Any] = field(default_factory=dict)

    @cached_property
    def codes(self) -> dict[uuid.UUID | None, str]:
        return {site.id: site.code for site in self.sites}

    @cached_property
    def numbered(self) -> dict[int, DemandLine]:
        """The lines, numbered in an order that only their content decides."""
        return dict(enumerate(sorted(self.lines, key=self._order)))

    def _order(self, line: DemandLine) -> tuple[date, int, str, str, str, str]:
        site = self.codes.get(line.site_id, "")
        return line.day, ORDER[line.kind], site, line.role_group, line.activity, str(line.id)

    @cached_property
    def numbers(self) -> dict[uuid.UUID, int]:
        """The number of each line."""
        return {line.id: number for number, line in self.numbered.items()}

    @cached_property
    def wanted(self) -> frozenset[tuple[date, SessionKind]]:
        """The sessions in which anybody is wanted."""
        return frozenset((line.day, line.kind) for line in self.lines)

    @cached_property
    def groups(self) -> frozenset[RoleGroup]:
        """The groups of roles that are wanted anywhere."""
        return frozenset(line.role_group for line in self.lines)

    @cached_property
    def patients(self) -> int:
        """The patients to whom Enhanced Access is owed; none where the rota has no such lines.

        A network may have its Enhanced Access given by others, which is not recorded here.
        """
        if not any(line.activity is Activity.ENHANCED_ACCESS for line in self.lines):
            return 0
        lists = {site.organisation_id: patients_owed(site.organisation) for site in self.sites}
        return sum(lists.values())


def patients_owed(organisation: Organisation) -> int:
    """Return to how many patients of a practice Enhanced Access is owed: by its list as it was adjusted."""
    if organisation.adjusted_list_size is not None:
        return organisation.adjusted_list_size
    return organisation.list_size or 0


def facts_of(period: RotaPeriod) -> Facts:
    """Read the facts of a period."""
    lines = db.session.scalars(select(DemandLine).where(DemandLine.period_id == period.id)).all()
    return Facts(
        lines=lines,
        sites=_sites(),
        roster=roster_of(period, closures_for_planning(period.starts_on, period.ends_on)),
        rules=rules_for_planning(),
        agreements=agreements_for_planning(),
        pairings=_pairings(period),
        standing=standing_in(period, lines),
    )


_remembered: dict[tuple[uuid.UUID, int], Facts] = {}
_remembering = Lock()


def remembered_facts_of(period: RotaPeriod) -> Facts:
    """Return the facts of a period as read before, unless something has changed since; for pages only.

    What another network changes at a site that is shared is seen with the next change of one's own: what is
    filled and published is always read afresh.
    """
    key = (period.id, last_change_of_facts(network_of(SYSTEM)))
    facts = _remembered.get(key)
    if facts is None:
        # A context of its own has a session of its own: what is remembered must belong to no request.
        with current_app.app_context():
            facts = facts_of(db.session.get_one(RotaPeriod, period.id))
            db.session.expunge_all()
        # Requests run beside each other, and what one remembers may crowd out what another has just read.
        with _remembering:
            while len(_remembered) >= MOST_REMEMBERED:
                del _remembered[next(iter(_remembered))]
            _remembered[key] = facts
    return facts


def last_change_of_facts(network_id: uuid.UUID) -> int:
    """Return the number of the last entry in the trail that may have changed a fact."""
    return (
        db.session.scalar(
            select(AuditEntry.number)
            .where(AuditEntry.network_id == network_id, AuditEntry.verb.not_in(NO_FACT))
            .order_by(AuditEntry.number.desc())
            .limit(1)
        )
        or 0
    )


def _pairings(period: RotaPeriod) -> tuple[PairingMade, ...]:
    """Return the pairings of the network; of those who meet, with when they last did."""
    made = pairings_for_planning()
    last = last_meetings([each.ids for each in made if each.kind is PairingKind.MEETS], period.starts_on)
    return tuple(replace(each, last=last.get(each.ids)) for each in made)


def _sites() -> Sequence[SiteRow]:
    return db.session.scalars(
        select(SiteRow)
        .where(SiteRow.organisation_id.in_(organisation_ids_in(network_of(SYSTEM))))
        .options(
            joinedload(SiteRow.organisation), selectinload(SiteRow.openings), selectinload(SiteRow.rooms)
        )
        .order_by(SiteRow.code)
    ).all()
