"""Clinics on the calendar as the problem of a rota takes them: held anyway, with rooms and equipment."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from network.access.rules import SYSTEM
from network.vocabulary import SessionKind
from rota.clinic_series.queries import clinics_between
from rota.clinic_series.records import ClinicSession
from rota.clinics.queries import as_kind
from rota.premises.queries import means_for_planning
from rota.premises.rules import Means
from rota.rotas.records import DemandLine, RotaPeriod
from rota.solver.staff_rota.clinics import ClinicKind, Clinics, Opening
from rota.standing.rules import Laid, as_laid


@dataclass(frozen=True)
class Held:
    """A clinic on the calendar: where and when, its kind, and the line of demand of each of its seats."""

    site_id: uuid.UUID
    day: date
    session_kind: SessionKind
    kind: ClinicKind
    lines: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class Standing:
    """The clinics of some weeks, and what there is for them."""

    held: tuple[Held, ...] = ()
    means: Means = field(default_factory=Means)

    def clinics(
        self,
        numbers: Mapping[uuid.UUID, int],
        sessions: Mapping[tuple[date, SessionKind], int],
        codes: Mapping[uuid.UUID | None, str],
    ) -> Clinics:
        """Give them for the solver, by the numbers of lines and sessions, and the codes of sites.

        Each has a type and an area of its own: how often it is held and whom it sees was decided.
        """
        found = [each for each in self.held if each.site_id in codes]
        openings = (
            Opening(
                number=number,
                kind=each.kind.key,
                site=codes[each.site_id],
                session=sessions[each.day, each.session_kind],
                area="",
                duties=tuple(numbers[line] for line in each.lines),
                is_fixed=True,
            )
            for number, each in enumerate(found)
        )
        if not found:
            return Clinics()
        known = codes.values()
        return Clinics(
            kinds=tuple(each.kind for each in found),
            openings=tuple(openings),
            kit=tuple(kit for kit in self.means.kit if kit.site is None or kit.site in known),
            licences=self.means.licences,
            step_free=self.means.step_free,
        )


def standing_in(period: RotaPeriod, lines: Iterable[DemandLine]) -> Standing:
    """Return the clinics in the weeks of a rota that want anybody of it."""
    by_clinic: dict[uuid.UUID, list[DemandLine]] = {}
    for line in lines:
        if line.clinic_session_id is not None:
            by_clinic.setdefault(line.clinic_session_id, []).append(line)
    if not by_clinic:
        return Standing()
    clinics = clinics_between(period.starts_on, period.ends_on)
    found = (_held(clinic, by_clinic.get(clinic.id, ())) for clinic in clinics)
    return Standing(tuple(each for each in found if each), means_for_planning(SYSTEM))


def _held(clinic: ClinicSession, lines: Sequence[DemandLine]) -> Held | None:
    position = {seat.role_group: seat.position for seat in clinic.clinic_type.seats}
    ordered = sorted(lines, key=lambda line: (position.get(line.role_group, len(position)), line.role_group))
    laid = (
        Laid(line.role_group.label, line.role_group.discipline.label, line.minimum, line.maximum)
        for line in ordered
    )
    kind = as_laid(as_kind(clinic.clinic_type), str(clinic.id), laid)
    if kind is None:
        return None
    return Held(clinic.site_id, clinic.day, clinic.kind, kind, tuple(line.id for line in ordered))
