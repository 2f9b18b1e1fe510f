"""How programmes and what they require are told."""

from collections.abc import Iterable

from rota.programmes.rules import MONTHS, ProgrammeDesign, RequirementDesign

LOCAL = "Local"


def state_of(is_retired: bool, troubles: Iterable[str]) -> tuple[str, str, str]:
    """Say the state of a programme: words, tone and mark."""
    if is_retired:
        return "Retired", "plain", "–"
    if any(troubles):
        return "Cannot be planned yet", "warning", "▲"
    return "Can be planned", "good", "✓"


def weeks_said(least: int, most: int) -> str:
    """Say how many weeks: '13 to 26 weeks'."""
    return _weeks(most) if least == most else f"{least} to {_weeks(most)}"


def run_said(requirement: RequirementDesign) -> str:
    """Say how long a stay at one host lasts, and how often there may be one."""
    said = f"{weeks_said(requirement.shortest_run, requirement.longest_run)} at a host"
    return f"{said}, once" if requirement.once_per_host else said


def conditions_said(requirement: RequirementDesign, names: dict[str, str]) -> list[str]:
    """Say what comes before and after, by the names of the other requirements."""
    said = [f"After {_weeks(weeks)} of {names.get(key, key)}" for key, weeks in requirement.after]
    said += [f"Not right after {names.get(key, key)}" for key in requirement.not_after]
    if requirement.next_must_be:
        said.append(f"{names.get(requirement.next_must_be, requirement.next_must_be)} follows")
    return said


def moves_said(design: ProgrammeDesign) -> str:
    """Say how its learners move."""
    if design.has_fixed_base:
        return "None: done at the base"
    return f"Every {_weeks(design.block_weeks)} or later"


def notice_said(design: ProgrammeDesign) -> str:
    """Say how long before learners are told."""
    return (
        f"{_weeks(design.notice_weeks)} for the placement, {design.rota_notice_weeks} for the rota, "
        f"{design.duty_notice_weeks} for the duty roster"
    )


def breadth_said(design: ProgrammeDesign) -> str:
    """Say which other disciplines its learners see."""
    if not design.breadth and not design.disciplines:
        return "None asked"
    named = ", ".join(each.label for each in design.disciplines)
    count = max(design.breadth, len(design.disciplines))
    return f"{count} of them" + (f", with {named}" if named else "")


def exposure_said(design: ProgrammeDesign) -> str:
    """Say how many half-days are spent with other disciplines."""
    parts = []
    if design.exposure_weekly:
        parts.append(f"{_half_days(design.exposure_weekly)} a week")
    if design.exposure_total:
        parts.append(f"{_half_days(design.exposure_total)} in all")
    return " and ".join(parts) or "None asked"


def protected_said(design: ProgrammeDesign) -> str:
    """Name the half-days kept for learning."""
    return ", ".join(session.said for session in design.protected) or "None"


def windows_said(design: ProgrammeDesign) -> str:
    """Name the weeks that a move must not split."""
    said = [
        f"{window.name}: week {window.first_week}"
        + ("" if window.first_week == window.last_week else f" to {window.last_week}")
        for window in design.windows
    ]
    return "; ".join(said) or "None"


def intake_said(design: ProgrammeDesign) -> str:
    """Name the months in which it takes people in."""
    return ", ".join(MONTHS[month - 1] for month in sorted(design.intake_months)) or "Any month"


def _weeks(weeks: int) -> str:
    return "1 week" if weeks == 1 else f"{weeks} weeks"


def _half_days(number: int) -> str:
    return "1 half-day" if number == 1 else f"{number} half-days"
