"""How questions to a rota, what stands in their way, and ways out are put into words."""

from network.plumbing.templating import listed, plural
from rota.solver.staff_rota.ask import Effect, Way, WayKind

TITLES = {
    WayKind.MOVE: "Move people",
    WayKind.UNPIN: "Take out a pin",
    WayKind.ASK: "Ask somebody",
    WayKind.BANK: "Open to bank and locums",
    WayKind.OVERRIDE: "Set a rule aside",
    WayKind.SHORT: "Leave another duty short",
}
BUTTONS = {
    WayKind.MOVE: "Do this in the draft",
    WayKind.UNPIN: "Take out the pin and do this",
    WayKind.ASK: "Do this in the draft",
    WayKind.BANK: "Open to bank and locums",
    WayKind.OVERRIDE: "Set the rule aside and do this",
    WayKind.SHORT: "Leave it short and do this",
}
# Where the viewer may not know why somebody cannot be there, the rule is not named either.
OF_OTHERS = "People of another practice"
# What a tier weighs, in words; pins and the like have no tier to tell of.
TIERS = {
    "T1": ("safe cover",),
    "TS": ("changes to what people were told",),
    "T2": ("wished cover", "contracts"),
    "T3": ("fairness",),
    "T4": ("wishes", "continuity"),
    "T5": ("cost of bank and locums",),
}


def question_said(number: int, name: str, where: str, is_off: bool) -> str:
    """Put what is asked into a question."""
    if name and is_off:
        return f"Can {name} be off?"
    if name:
        return f"Can {name} be on {where}?"
    return f"Can there be {plural(number, 'person', 'people')} on {where}?"


def effects_said(way: Way) -> list[str]:
    """Say what a way comes to, in sessions and people."""
    effect = way.effect
    people = plural(len(way.people), "person changes", "people change") if way.people else "Nobody changes"
    return [f"{people}.", _short_said(effect), *_tiers_said(effect), *_rules_said(effect)]


def _short_said(effect: Effect) -> str:
    before, after = effect.short_before, effect.short_after
    if before == after:
        return f"The rota stays {plural(before, 'session')} short." if before else "No session is short."
    return f"{plural(after, 'session')} short in all, {before} now."


def _tiers_said(effect: Effect) -> list[str]:
    said = []
    for word, sign in (("Better", -1), ("Worse", 1)):
        named = dict.fromkeys(
            each
            for tier, amount in effect.change_by_tier.items()
            if amount * sign > 0
            for each in TIERS.get(tier, ())
        )
        if named:
            said.append(f"{word}: {listed(list(named))}.")
    return said


def _rules_said(effect: Effect) -> list[str]:
    said = []
    if effect.breaks:
        said.append(f"{plural(len(effect.breaks), 'rule')} newly broken.")
    if effect.mends:
        said.append(f"{plural(len(effect.mends), 'rule')} no longer broken.")
    return said
