"""How the rule of case finding, and why somebody was found by it, is told."""

from collections.abc import Mapping

from mdt.casefinding.rules import Criterion, Weighed
from mdt.findings.rules import Column, CountsWhen, Said
from mdt.findings.wording import fact_said

TABS = {
    "queue": "To look at",
    "others": "Below the rule",
    "later": "Not now",
    "no": "No",
    "referred": "Referred",
}


def because_said(
    weighed: Weighed, facts: Mapping[str, Said], columns: Mapping[str, Column]
) -> tuple[str, ...]:
    """Say what counts for somebody."""
    return tuple(fact_said(columns[key], facts[key]) for key in weighed.keys)


def criterion_said(each: Criterion, columns: Mapping[str, Column]) -> str:
    """Say one thing that counts."""
    column = columns[each.key]
    if column.counts_when is None or column.counts_when is CountsWhen.YES:
        said = column.label
    elif isinstance(each.value, tuple):
        said = f"{column.label}: {' or '.join(each.value)}"
    elif column.counts_when is CountsWhen.OLDER:
        said = f"{column.label}: {each.value:g} months ago or more"
    else:
        said = f"{column.label}: {column.counts_when.label} {each.value:g}"
    return said if each.counts == 1 else f"{said} (counts {each.counts})"
