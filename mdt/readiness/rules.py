"""How well a case is prepared for a list, and what a list-builder should know of it. Pure."""

from dataclasses import dataclass

from network.vocabulary import Word

# A third time in a row somebody has to choose, or a case is carried over for ever.
CHOICE_AFTER = 2


def is_chairs_choice(carried_before: int) -> bool:
    """Say whether only the chair may carry a case over again."""
    return carried_before >= CHOICE_AFTER


class Concern(Word):
    """What a list-builder should know of a case before it is discussed."""

    WITHDRAWN = "withdrawn", "Withdrawn"
    DIED = "died", "Has died"
    REFUSED = "refused", "Does not want to be discussed"
    CHOICE = "choice", "Carried over again and again"
    QUESTION = "question", "No question"
    AWAY = "away", "A discipline it needs is not coming"
    OBJECTION = "objection", "Objection"
    NOT_MET = "not_met", "Nobody who contributed has met the person"
    SILENT = "silent", "No contribution yet"


# These keep a case off a list.
BARS = frozenset({Concern.WITHDRAWN, Concern.DIED, Concern.REFUSED, Concern.QUESTION})


@dataclass(frozen=True)
class Prepared:
    """What is known of how well a case is prepared."""

    has_question: bool = True
    is_withdrawn: bool = False
    has_died: bool = False
    is_refused: bool = False
    objections: tuple[str, ...] = ()
    carried: int = 0
    is_met: bool = False
    # Not so where the network does not use that prompt, or somebody has answered it lately.
    is_asked_to_meet: bool = True
    is_answered: bool = False
    needs: frozenset[str] = frozenset()
    coming: frozenset[str] | None = None

    @property
    def away(self) -> frozenset[str]:
        """The disciplines that this case needs and nobody expected speaks for."""
        return frozenset() if self.coming is None else self.needs - self.coming


def concerns_of(prepared: Prepared) -> list[Concern]:
    """Name what a list-builder should know, the gravest first."""
    found = {
        Concern.WITHDRAWN: prepared.is_withdrawn,
        Concern.DIED: prepared.has_died,
        Concern.REFUSED: prepared.is_refused,
        Concern.CHOICE: is_chairs_choice(prepared.carried),
        Concern.QUESTION: not prepared.has_question,
        Concern.AWAY: bool(prepared.away),
        Concern.OBJECTION: bool(prepared.objections),
        # Before anybody has answered, nobody can have said that they met the person.
        Concern.NOT_MET: prepared.is_answered and not prepared.is_met and prepared.is_asked_to_meet,
        Concern.SILENT: not prepared.is_answered,
    }
    return [concern for concern, holds in found.items() if holds]
