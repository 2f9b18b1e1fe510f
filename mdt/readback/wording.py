"""What the history of a case says of how it ended in the room."""


def discussed_said(where: str) -> str:
    return f"Discussed in {where}: the decision was read back."


def put_right_said(where: str) -> str:
    return f"The decision of {where} was put right and read back again."


def noted_said(where: str) -> str:
    return f"Noted in {where}, without a decision."
