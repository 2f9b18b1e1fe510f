"""A 'no' is a named exception that carries the sentence its reader gets."""


class Refusal(Exception):
    """What was asked cannot be done; `sentence` says why and what to do. Nothing has been written."""

    status = 409

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Invalid(Refusal):
    """The input is not usable as it stands."""

    status = 422


class NotAllowed(Refusal):
    """The person may look, but not do this."""

    status = 403

    def __init__(
        self, sentence: str = "Your role does not allow this. Ask your network's administrator."
    ) -> None:
        super().__init__(sentence)


class NotFound(Refusal):
    """It does not exist, or the person may not know that it does: the two look the same."""

    status = 404

    def __init__(self, sentence: str = "We could not find that page.") -> None:
        super().__init__(sentence)
