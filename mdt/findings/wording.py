"""How whom a risk search found, and what became of that, is told."""

from collections.abc import Mapping, Sequence
from datetime import date

from mdt.cases.rules import LONGEST_QUESTION
from mdt.findings.rules import Column, FindingState, Kind, Said, Value, Who, efi_band
from mdt.panels.rules import is_old
from mdt.patients.rules import said_day, said_nhs_number

TONES = {
    FindingState.WAITING: ("plain", ""),
    FindingState.NOT_NOW: ("draft", "◷"),
    FindingState.NO: ("done", "✕"),
    FindingState.REFERRED: ("good", "→"),
}
LEGAL_BASIS = (
    "Case finding is direct care only where those who look are themselves in charge of the person's care:"
    " their own practice, and the care coordinator who works for it. Planning, research and commissioning"
    " are not, and the national data opt-out applies to them. Have your data protection officer agree to the"
    " search before you bring its list in."
)


def value_said(column: Column, value: Value) -> str:
    """Say what a list said: a score of the eFI with its band."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if column.key == "efi_score" and isinstance(value, int | float):
        return f"{value:.2f} ({efi_band(value)})"
    return f"{value:g}" if column.kind is Kind.NUMBER and isinstance(value, int | float) else str(value)


def fact_said(column: Column, said: Said) -> str:
    """Say what a list said of somebody in one phrase."""
    if said.value is True:
        return column.label
    return f"{column.label}: {value_said(column, said.value)}"


def who_said(who: Who) -> str:
    """Name somebody as a list names them."""
    born = f"born {said_day(who.born_on)}" if who.born_on else "date of birth not known"
    return f"{who.name or 'Name not known'}, {born}, NHS No. {said_nhs_number(who.nhs_number or None)}"


def facts_told(
    facts: Mapping[str, Said], columns: Mapping[str, Column], today: date
) -> list[tuple[str, str, date, bool]]:
    """Tell what lists said in the order of their columns: what, as of when, and whether that is old."""
    return [
        (
            column.label,
            value_said(column, facts[key].value),
            facts[key].as_at,
            is_old(facts[key].as_at, today),
        )
        for key, column in columns.items()
        if key in facts
    ]


def source_said(list_name: str) -> str:
    """Name a list as the source of a fact."""
    return f"List “{list_name}”"


def question_for(because: Sequence[str]) -> str:
    """Suggest a question for the team, which whoever refers makes their own."""
    ask = "What could the team change for this person?"
    for said in range(len(because), 0, -1):
        question = f"Found by a risk search ({'; '.join(because[:said])}). {ask}"
        if len(question) <= LONGEST_QUESTION:
            return question
    return f"Found by a risk search. {ask}"


def summary_of(
    facts: Mapping[str, Said], columns: Mapping[str, Column], list_name: str, listed_on: date
) -> str:
    """Write what lists said of somebody as the summary of a referral."""
    lines = [f"{fact_said(columns[key], said)} (as at {said.as_at:%d/%m/%Y})" for key, said in facts.items()]
    return "\n".join([f"From the list “{list_name}” of {listed_on:%d/%m/%Y}:", *lines])
