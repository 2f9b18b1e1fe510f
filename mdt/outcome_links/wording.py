"""How links read."""

from mdt.outcome_links.rules import LinkState

STATES: dict[LinkState, tuple[str, str, str]] = {
    LinkState.OPEN: ("Can be used", "plain", ""),
    LinkState.USED: ("Used", "good", "\N{CHECK MARK}"),
    LinkState.ENDED: ("Taken back", "done", "\N{MULTIPLICATION SIGN}"),
    LinkState.EXPIRED: ("Out of date", "warning", "!"),
}
