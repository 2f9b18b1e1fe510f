"""Who sits in a clinic: its seats in the rota that counts, who is there, and whether that is safe."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor
from network.people.records import Engagement
from network.plumbing.database import db, today
from rota.clinic_series.records import ClinicSession
from rota.clinic_series.rules import ClinicState, Staffing, state_of
from rota.clinics.queries import as_kind
from rota.clinics.records import ClinicSeat
from rota.drafts.queries import counts_as_cover
from rota.leave.queries import absences_for_planning
from rota.leave.rules import Away, keeps_away
from rota.rotas.queries import sees_drafts
from rota.rotas.records import Assignment, DemandLine, RotaVersion
from rota.rotas.rules import VersionState
from rota.solver.staff_rota.clinics import ClinicKind, Level, level_of, missing_from
from rota.staff.records import RotaMember

TOLD = (VersionState.CHOSEN, VersionState.SUPERSEDED)


@dataclass(frozen=True)
class Sitter:
    """Somebody in a seat; `is_away` says that they cannot come, and never why."""

    member: RotaMember
    is_away: bool
    is_pinned: bool

    @property
    def name(self) -> str:
        return self.member.name

    @property
    def counts(self) -> bool:
        """Say whether they make up the team: who learns beside it does not."""
        return not self.is_away and counts_as_cover(self.member.engagement.role)


@dataclass(frozen=True)
class SeatTaken:
    """A seat of a clinic's type, its line of demand where a rota has one, and who sits there."""

    seat: ClinicSeat
    line: DemandLine | None
    sitters: tuple[Sitter, ...]

    @property
    def present(self) -> int:
        return sum(sitter.counts for sitter in self.sitters)

    @property
    def missing(self) -> int:
        return max(0, self.seat.needed - self.present)


@dataclass(frozen=True)
class Team:
    """A clinic with its people, as they were told or as a draft has them."""

    clinic: ClinicSession
    version: RotaVersion | None
    staffing: Staffing
    seats: tuple[SeatTaken, ...]

    @cached_property
    def kind(self) -> ClinicKind:
        return as_kind(self.clinic.clinic_type)

    @cached_property
    def present(self) -> Mapping[str, int]:
        return {taken.seat.role_group.label: taken.present for taken in self.seats}

    @property
    def level(self) -> Level:
        return level_of(self.kind, self.present)

    @property
    def missing(self) -> tuple[str, ...]:
        return missing_from(self.kind, self.present)

    @property
    def state(self) -> ClinicState:
        has_all = not any(taken.missing for taken in self.seats)
        is_safe = self.level is Level.SAFE
        return state_of(self.clinic.is_closed, self.staffing, has_all, is_safe, self.clinic.day, today())

    @property
    def people(self) -> list[str]:
        return [sitter.name for taken in self.seats for sitter in taken.sitters]


def may_open(viewer: Actor, version: RotaVersion | None) -> bool:
    """Say whether somebody may look at the rota in which a clinic's people are."""
    return version is not None and (version.state is VersionState.CHOSEN or sees_drafts(viewer))


def team_of(clinic: ClinicSession) -> Team:
    """Return the people of one clinic."""
    return teams_of([clinic])[0]


def teams_of(clinics: Sequence[ClinicSession]) -> list[Team]:
    """Return the people of some clinics, in the same few statements however many there are."""
    lines = _lines(clinics)
    told = _told(lines)
    versions = _versions({line.period_id for each in lines.values() for line in each})
    rows = _placed({version.id for version in versions.values()}, lines)
    chosen = {clinic.id: _counting(lines[clinic.id], versions, rows, clinic.id in told) for clinic in clinics}
    absences = _absences(clinics)
    found = []
    for clinic in clinics:
        version = chosen[clinic.id]
        by_group = {line.role_group: line for line in lines[clinic.id]}
        seats = (
            SeatTaken(seat, line := by_group.get(seat.role_group), _sitters(version, line, rows, absences))
            for seat in clinic.clinic_type.seats
        )
        found.append(Team(clinic, version, _staffing(version), tuple(seats)))
    return found


def seated_in(clinic: ClinicSession) -> dict[RotaVersion, list[Assignment]]:
    """Return who sits in a clinic, in each draft and in the published version, which are locked."""
    rows = db.session.scalars(
        select(Assignment)
        .join(Assignment.version)
        .join(DemandLine, DemandLine.id == Assignment.line_id)
        .where(
            DemandLine.clinic_session_id == clinic.id,
            RotaVersion.state.in_((VersionState.CHOSEN, VersionState.DRAFT)),
        )
        .options(joinedload(Assignment.version))
        .order_by(RotaVersion.number)
        .with_for_update(of=RotaVersion)
        .execution_options(populate_existing=True)
    ).all()
    found: dict[RotaVersion, list[Assignment]] = {}
    for row in rows:
        found.setdefault(row.version, []).append(row)
    return found


def _staffing(version: RotaVersion | None) -> Staffing:
    if version is None:
        return Staffing.OPEN
    return Staffing.TOLD if version.state is VersionState.CHOSEN else Staffing.DRAFTED


def _lines(clinics: Sequence[ClinicSession]) -> dict[uuid.UUID, list[DemandLine]]:
    found: dict[uuid.UUID, list[DemandLine]] = {clinic.id: [] for clinic in clinics}
    rows = db.session.scalars(select(DemandLine).where(DemandLine.clinic_session_id.in_(found)))
    for line in rows:
        assert line.clinic_session_id is not None
        found[line.clinic_session_id].append(line)
    return found


def _told(lines: Mapping[uuid.UUID, Sequence[DemandLine]]) -> set[uuid.UUID]:
    """Return the clinics whose people were ever told: even if nobody of them is left."""
    of_line = {line.id: clinic_id for clinic_id, each in lines.items() for line in each}
    rows = db.session.scalars(
        select(Assignment.line_id)
        .join(Assignment.version)
        .where(Assignment.line_id.in_(of_line), RotaVersion.state.in_(TOLD))
        .distinct()
    )
    return {of_line[line_id] for line_id in rows if line_id is not None}


def _versions(period_ids: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, VersionState], RotaVersion]:
    """Return the published version and the draft at work of each period; a trial is neither."""
    rows = db.session.scalars(
        select(RotaVersion)
        .where(
            RotaVersion.period_id.in_(period_ids),
            or_(
                RotaVersion.state == VersionState.CHOSEN,
                (RotaVersion.state == VersionState.DRAFT)
                & ((RotaVersion.label == "") | RotaVersion.proposed_at.is_not(None)),
            ),
        )
        .order_by(RotaVersion.proposed_at.is_not(None), RotaVersion.number)
    )
    return {(row.period_id, row.state): row for row in rows}


def _counting(
    lines: Sequence[DemandLine],
    versions: Mapping[tuple[uuid.UUID, VersionState], RotaVersion],
    rows: Mapping[tuple[uuid.UUID, uuid.UUID], Sequence[Assignment]],
    is_told: bool,
) -> RotaVersion | None:
    """Choose the version that says who sits in a clinic: the one people were told of, else the draft.

    A clinic that is put or moved into a published rota lacks its people, unless a draft has found some.
    """
    if not lines:
        return None
    period_id = lines[0].period_id
    chosen, draft = (versions.get((period_id, state)) for state in (VersionState.CHOSEN, VersionState.DRAFT))
    found = draft and any(rows.get((draft.id, line.id)) for line in lines)
    return draft if found and not is_told else chosen or draft


def _placed(
    version_ids: Collection[uuid.UUID], lines: Mapping[uuid.UUID, Sequence[DemandLine]]
) -> dict[tuple[uuid.UUID, uuid.UUID], list[Assignment]]:
    """Return who stands on some lines of some versions, by version and line."""
    rows = db.session.scalars(
        select(Assignment)
        .where(
            Assignment.version_id.in_(version_ids),
            Assignment.line_id.in_({line.id for each in lines.values() for line in each}),
        )
        .options(
            joinedload(Assignment.member)
            .joinedload(RotaMember.engagement)
            .options(joinedload(Engagement.person), joinedload(Engagement.employer))
        )
    )
    found: dict[tuple[uuid.UUID, uuid.UUID], list[Assignment]] = {}
    for row in rows:
        assert row.line_id is not None
        found.setdefault((row.version_id, row.line_id), []).append(row)
    return found


def _absences(clinics: Sequence[ClinicSession]) -> Mapping[uuid.UUID, tuple[Away, ...]]:
    days = [clinic.day for clinic in clinics]
    return absences_for_planning(min(days), max(days)) if days else {}


def _sitters(
    version: RotaVersion | None,
    line: DemandLine | None,
    rows: Mapping[tuple[uuid.UUID, uuid.UUID], Sequence[Assignment]],
    absences: Mapping[uuid.UUID, tuple[Away, ...]],
) -> tuple[Sitter, ...]:
    if version is None or line is None:
        return ()
    sitters = (
        Sitter(
            row.member,
            keeps_away(absences.get(row.member_id, ()), row.day, row.kind) is not None,
            row.is_pinned,
        )
        for row in rows.get((version.id, line.id), ())
    )
    return tuple(sorted(sitters, key=lambda sitter: sitter.name))
