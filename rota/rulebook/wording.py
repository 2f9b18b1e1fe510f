"""How rules are told."""

from network.vocabulary import ContractType
from rota.rulebook.rules import CHOICES, Parameter, ParameterKind, RuleEdit, Severity, Value

# A rule's severity: the tag's tone, and the mark that says the same without colour.
TAGS = {
    Severity.LAW: ("done", "\N{BLACK SQUARE}"),
    Severity.HARD: ("warning", "\N{BLACK UP-POINTING TRIANGLE}"),
    Severity.SOFT: ("plain", "\N{WHITE CIRCLE}"),
}
# Units stand in the plural; one of most of them goes without its s.
ONE = {"people": "person"}
OFF = ("Off", "draft", "\N{MULTIPLICATION SIGN}")


def severity_tag(edit: RuleEdit) -> tuple[str, str, str]:
    """Say how a rule holds: text, tone and mark."""
    return (edit.severity.label, *TAGS[edit.severity]) if edit.is_on else OFF


def value_said(parameter: Parameter, value: Value) -> str:
    """Say one number or word of a rule: '11 hours', 'AM and PM', 'any'."""
    if parameter.kind is ParameterKind.NUMBER:
        unit = parameter.unit
        return f"{value} {ONE.get(unit, unit.removesuffix('s')) if value == 1 else unit}"
    if parameter.kind is ParameterKind.SWITCH:
        return "yes" if value else "no"
    words = [word for word in str(value).split(",") if word]
    if parameter.kind in CHOICES:
        words = [CHOICES[parameter.kind](word).label for word in words]
    return ", ".join(parameter.of.get(word, word) for word in words) or "none"


def contracts_said(edit: RuleEdit) -> str:
    """Say whom a rule binds."""
    if edit.contracts is None:
        return "Everybody"
    left_out = [contract.label for contract in ContractType if contract not in edit.contracts]
    if not left_out:
        return "Everybody"
    if len(left_out) <= len(edit.contracts):
        return f"Everybody except: {', '.join(left_out)}"
    return ", ".join(contract.label for contract in ContractType if contract in edit.contracts)
