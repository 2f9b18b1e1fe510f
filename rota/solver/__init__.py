"""The solver: pure planning, on the standard library, numpy and OR-Tools alone. No clock of the trade, no
records, no pages.
"""
