"""Measures of the solver: seeded instances, and one JSON line for each run."""
