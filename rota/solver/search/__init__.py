"""The one place that runs CP-SAT for a plan; conflicts are sought beside it.

It knows cells, rows and tiers, and no word of any trade.
"""
