"""The few words of a letter about a request."""


def subject_of(ref: str) -> str:
    """Give the subject of a letter: whoever sees it over a shoulder learns no more than a reference."""
    return f"Your contribution to {ref}"
