"""What a neighbourhood may be."""

LONGEST_NAME = 80


def wrong_with_name(name: str) -> str:
    """Say what is wrong with a neighbourhood's name, or nothing."""
    if not name.strip():
        return "Enter the name of the neighbourhood, such as Elm and Oak."
    return f"Shorten the name to {LONGEST_NAME} characters." if len(name.strip()) > LONGEST_NAME else ""
