from rota.rotation_grid.wording import breach_said
from rota.solver.rotation_plan import Breach


def test_why_somebody_cannot_be_somewhere_is_for_those_alone_who_may_know() -> None:
    said = "Amy and Ben, who are kept apart, are both with Elm in week 1."
    apart = Breach("P29", "H0", 1, "Amy", said, "Not available.")
    assert breach_said(apart, is_trusted=True) == said
    assert breach_said(apart, is_trusted=False) == "A placement of Amy has to change."
    full = Breach("P10", "H0", 1, "Elm", "Elm has 3 learners for 2 places.", "Not available.")
    assert breach_said(full, is_trusted=False) == full.said
