"""The one place that runs CP-SAT. It knows cells, rows and tiers, and no word of any trade."""
