"""Why something cannot be: sets of rules that exclude each other, and the cheapest of them to let go.

It knows cells, rows and groups of rows, and no word of any trade.
"""
